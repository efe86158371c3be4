import { once } from "node:events";
import { WebSocket } from "ws";

export type Watched = { path: string; args: Record<string, string | number> };

/**
 * The sync protocol with as little work as can be. A client's mutation promise would not do: it waits for the update by itself, so
 * that the time between the two is always nothing.
 */
export class Wire {
  readonly #socket: WebSocket;
  #requests = 0;
  #acknowledge: (at: number) => void = () => {};
  #update: (at: number) => void = () => {};

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on("message", (bytes: Buffer) => this.#receive(bytes.toString("latin1", 0, 400)));
    socket.send(
      JSON.stringify({
        type: "Connect",
        sessionId: crypto.randomUUID(),
        connectionCount: 0,
        lastCloseReason: null,
        clientTs: Date.now(),
      }),
    );
  }

  static async open(url: string): Promise<Wire> {
    const socket = new WebSocket(`${url.replace("http", "ws")}/api/1.48.0/sync`, { perMessageDeflate: false });
    await once(socket, "open");
    return new Wire(socket);
  }

  static async openMany(url: string, count: number): Promise<Wire[]> {
    const wires: Wire[] = [];
    for (let n = 0; n < count; n++) wires.push(await Wire.open(url));
    return wires;
  }

  /** Subscribes, once for each socket, and waits for the first results. */
  async watch(queries: readonly Watched[]): Promise<void> {
    const modifications = queries.map(({ path, args }, queryId) => ({
      type: "Add",
      queryId,
      udfPath: path,
      args: [args],
    }));
    const first = this.nextUpdate();
    this.#socket.send(JSON.stringify({ type: "ModifyQuerySet", baseVersion: 0, newVersion: 1, modifications }));
    await first;
  }

  /** Sends one mutation and gives the time (`performance.now()`) of its answer. One at a time. */
  async mutate(path: string, args: Record<string, string>): Promise<number> {
    const { promise, resolve } = Promise.withResolvers<number>();
    this.#acknowledge = resolve;
    this.#socket.send(JSON.stringify({ type: "Mutation", requestId: this.#requests++, udfPath: path, args: [args] }));
    return promise;
  }

  /** The time at which the next news of a watched query arrives. */
  async nextUpdate(): Promise<number> {
    const { promise, resolve } = Promise.withResolvers<number>();
    this.#update = resolve;
    return promise;
  }

  /** Takes nothing more from the socket. */
  stopReading(): void {
    this.#socket.pause();
  }

  close(): void {
    this.#socket.terminate();
  }

  /** The beginning of a frame is enough to know it by. */
  #receive(beginning: string): void {
    const at = performance.now();
    if (beginning.startsWith('{"type":"MutationResponse"')) {
      if (!beginning.includes('"success":true')) throw new Error(beginning);
      this.#acknowledge(at);
    } else if (beginning.includes('"type":"QueryUpdated"')) this.#update(at);
    else if (/"type":"(?:QueryFailed|FatalError)"/.test(beginning)) throw new Error(beginning);
  }
}
