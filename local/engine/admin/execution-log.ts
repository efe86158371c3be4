import { randomUUID } from "node:crypto";
import { shownPath } from "../functions/addresses.ts";
import { TRUNCATED } from "../logs.ts";
import type { Clock, FunctionKind, JsonObject } from "../types.ts";

/** One call from outside, by the scheduler or by a cron; what it called itself is part of it. */
export type Execution = {
  kind: FunctionKind | "httpAction";
  component: string;
  path: string;
  requestId: string;
  /** Epoch ms. */
  startedAt: number;
  durationMs: number;
  /** In the form that `LogBuffer` gives. */
  logLines: readonly string[];
  error: string | null;
};

/** What `convex logs` gets; `newCursor` asks for what comes after. */
export type ExecutionPage = { entries: JsonObject[]; newCursor: number };

/** How many executions are remembered for who comes late, and how much text of theirs: one may have logged 8 MiB. */
const KEPT = 1_000;
const KEPT_CHARACTERS = 16 * 1024 * 1024;
const TYPES = { query: "Query", mutation: "Mutation", action: "Action", httpAction: "HttpAction" } as const;

/**
 * The newest executions, and who waits for more.
 * Invariant: cursors are times (ms) that only grow, so that one of an earlier process asks this one for all it has.
 */
export class ExecutionLog {
  readonly #clock: Clock;
  readonly #entries: { cursor: number; size: number; entry: () => JsonObject }[] = [];
  readonly #waiting = new Set<() => void>();
  #last: number;
  #size = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#last = clock.now();
  }

  record(execution: Execution): void {
    this.#last = Math.max(this.#clock.now(), this.#last + 1);
    const size = sizeOf(execution);
    this.#entries.push({ cursor: this.#last, size, entry: once(() => describe(execution)) });
    this.#size += size;
    while (this.#entries.length > KEPT || (this.#size > KEPT_CHARACTERS && this.#entries.length > 1)) {
      this.#size -= this.#entries.shift()?.size ?? 0;
    }
    for (const wake of this.#waiting) wake();
  }

  /** What ended after a cursor. When that is nothing, waits for it until the signal says that waiting is over; cursor 0 never waits. */
  async after(cursor: number, signal: AbortSignal): Promise<ExecutionPage> {
    if (cursor === 0 || this.#last > cursor || signal.aborted) return this.#collect(cursor);
    const { promise, resolve } = Promise.withResolvers<void>();
    const wake = () => resolve();
    this.#waiting.add(wake);
    signal.addEventListener("abort", wake, { once: true });
    await promise;
    this.#waiting.delete(wake);
    signal.removeEventListener("abort", wake);
    return this.#collect(cursor);
  }

  /** How many callers wait. */
  get waiting(): number {
    return this.#waiting.size;
  }

  #collect(cursor: number): ExecutionPage {
    const newer = this.#entries.filter((one) => one.cursor > cursor);
    return { entries: newer.map(({ entry }) => entry()), newCursor: Math.max(this.#last, cursor) };
  }
}

/** Characters of text. */
function sizeOf({ logLines, error }: Execution): number {
  return logLines.reduce((size, line) => size + line.length, error?.length ?? 0);
}

/** Most executions are asked for by nobody: each is described when somebody first does. */
function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

function describe({ kind, component, path, requestId, startedAt, durationMs, logLines, error }: Execution): JsonObject {
  return {
    kind: "Completion",
    udfType: TYPES[kind],
    componentPath: component === "" ? null : component,
    identifier: shownPath(path),
    logLines: logLines.map((line) => describeLine(line, startedAt)),
    timestamp: startedAt / 1000,
    cachedResult: false,
    executionTime: durationMs / 1000,
    success: null,
    error,
    requestId,
    executionId: randomUUID(),
  };
}

function describeLine(line: string, timestamp: number): JsonObject {
  const [, level = "LOG", message = line] = /^\[(\w+)\] ?(.*)$/s.exec(line) ?? [];
  const isTruncated = message.endsWith(TRUNCATED);
  const kept = isTruncated ? message.slice(0, -TRUNCATED.length) : message;
  return { messages: [kept], level, timestamp, isTruncated };
}
