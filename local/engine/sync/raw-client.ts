/** A socket without a client library, for tests that must see every frame. */
import { once } from "node:events";
import { WebSocket } from "ws";
import type { Json, JsonObject } from "../types.ts";

export class RawClient {
  readonly socket: WebSocket;
  /** Every frame so far, pings left out. */
  readonly frames: JsonObject[] = [];
  /** Resolves with the close code and reason. */
  readonly closed: Promise<{ code: number; reason: string }>;
  readonly #unread: JsonObject[] = [];
  #wake: () => void = () => undefined;

  private constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on("message", (bytes) => {
      const frame: JsonObject = JSON.parse(Buffer.isBuffer(bytes) ? bytes.toString() : "null");
      if (frame["type"] === "Ping") return;
      this.frames.push(frame);
      this.#unread.push(frame);
      this.#wake();
    });
    this.closed = new Promise((resolve) => {
      socket.on("close", (code, reason) => resolve({ code, reason: reason.toString() }));
    });
  }

  /** `url` is the server's http URL. */
  static async open(url: string, path = "/api/1.48.0/sync"): Promise<RawClient> {
    const socket = new WebSocket(`${url.replace("http", "ws")}${path}`);
    const client = new RawClient(socket);
    await once(socket, "open");
    return client;
  }

  connect(sessionId: string = crypto.randomUUID(), more: JsonObject = {}): void {
    this.send({ type: "Connect", sessionId, connectionCount: 0, lastCloseReason: null, clientTs: Date.now(), ...more });
  }

  send(frame: Json): void {
    this.socket.send(JSON.stringify(frame));
  }

  mutate(requestId: number, udfPath: string, args: JsonObject): void {
    this.send({ type: "Mutation", requestId, udfPath, args: [args] });
  }

  watch(queryId: number, udfPath: string, args: JsonObject, baseVersion = 0): void {
    const modifications = [{ type: "Add", queryId, udfPath, args: [args] }];
    this.send({ type: "ModifyQuerySet", baseVersion, newVersion: baseVersion + 1, modifications });
  }

  /** The next frame that nobody took yet. */
  async next(): Promise<JsonObject> {
    for (;;) {
      const frame = this.#unread.shift();
      if (frame) return frame;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  close(): void {
    this.socket.terminate();
  }
}
