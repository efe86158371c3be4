import type { Clock } from "../types.ts";
import { textOf } from "./columns.ts";
import type { Connection } from "./connection.ts";

/** A client that was away for longer does not send its mutations again. */
const KEPT_MS = 24 * 60 * 60 * 1000;

/** Responses to mutations by the client's own name for them, kept in the mutation's transaction: a second delivery finds the first's. */
export class Responses {
  readonly #connection: Connection;
  readonly #clock: Clock;

  constructor(connection: Connection, clock: Clock) {
    this.#connection = connection;
    this.#clock = clock;
  }

  recall(sessionId: string, requestId: number): string | null {
    const row = this.#connection.get(
      "SELECT response FROM responses WHERE session = ? AND request = ?",
      sessionId,
      requestId,
    );
    return row === undefined ? null : textOf(row["response"]);
  }

  remember({ sessionId, requestId, response }: { sessionId: string; requestId: number; response: string }): void {
    const now = this.#clock.now();
    this.#connection.run("DELETE FROM responses WHERE at < ?", now - KEPT_MS);
    this.#connection.run(
      "INSERT INTO responses(session, request, response, at) VALUES (?, ?, ?, ?)",
      sessionId,
      requestId,
      response,
      now,
    );
  }
}
