/** People who use an engine that dies now and then: official clients, and programs that speak HTTP. None of them gives up. */
import { ConvexClient, ConvexHttpClient } from "convex/browser";
import { makeFunctionReference } from "convex/server";
import type { MortalEngine } from "../../harness/mortal-engine.ts";
import { callMethod, property } from "../runtime/foreign.ts";

const ADD = makeFunctionReference<"mutation", { key: string }>("effects:add");
const NEWEST = makeFunctionReference<"query", { count: number }>("effects:newest");
/** What a client has on its way at any time. */
const LANES = 3;
const WATCHED = { count: 20 };

/** Every key is sent by one call; a client sends its call again by itself when the connection broke. */
export class Crowd {
  readonly sent = new Set<string>();
  readonly acknowledged = new Set<string>();
  readonly #engine: MortalEngine;
  /** Those who stay. */
  readonly #clients: { client: ConvexClient; latest: unknown }[] = [];
  readonly #open = new Set<ConvexClient>();
  readonly #work: Promise<void>[] = [];
  #isOver = false;
  #wake: () => void = () => {};

  constructor(engine: MortalEngine) {
    this.#engine = engine;
  }

  /** A client that stays for all its engine's lives, watches, and always has something on its way. */
  joinForGood(name: string): void {
    const member: { client: ConvexClient; latest: unknown } = { client: this.#openClient(), latest: null };
    this.#clients.push(member);
    member.client.onUpdate(NEWEST, WATCHED, (value: unknown) => (member.latest = value));
    for (let lane = 0; lane < LANES; lane++) {
      this.#keepBusy(`${name}.${lane}`, (key) => member.client.mutation(ADD, { key }));
    }
  }

  /** A client that comes, sends a few calls, and goes when all are answered, however many lives that takes. */
  visit(name: string): void {
    const client = this.#openClient();
    const calls = Array.from({ length: LANES }, (_, n) =>
      this.#call(`${name}.${n}`, (key) => client.mutation(ADD, { key })),
    );
    const leave = () => {
      this.#open.delete(client);
      return client.close();
    };
    this.#work.push(Promise.all(calls).then(leave));
  }

  /** Calls over HTTP, one after the other; whether one that got no answer happened, nobody knows. */
  joinOverHttp(name: string): void {
    this.#keepBusy(`${name}.mutation`, (key) => new ConvexHttpClient(this.#engine.url, HTTP).mutation(ADD, { key }));
    this.#keepBusy(`${name}.action`, async (key) => {
      const response = await fetch(`${this.#engine.siteUrl}/effects`, { method: "POST", body: key });
      if (response.status !== 200) throw new Error(await response.text());
    });
  }

  /**
   * Has everybody connect now, as a browser does when its network is back: by itself a client that is owed answers waits longer after
   * each life, up to 16 seconds, and would miss most of them.
   */
  reconnect(): void {
    for (const { client } of this.#open) callMethod(property(client, "webSocketManager"), "tryReconnectImmediately");
  }

  /** Resolves when that many more calls were acknowledged. */
  async acknowledge(more: number): Promise<void> {
    const goal = this.acknowledged.size + more;
    while (this.acknowledged.size < goal) await new Promise<void>((resolve) => (this.#wake = resolve));
  }

  /** Sends nothing new, and waits for every answer that a client is still owed. */
  async finish(): Promise<void> {
    this.#isOver = true;
    await Promise.all(this.#work);
  }

  /** What those who stayed see now, and how often each of them had to connect. */
  views(): { latest: unknown; connections: number }[] {
    return this.#clients.map(({ client, latest }) => ({
      latest,
      connections: client.client.connectionState().connectionCount,
    }));
  }

  /** What somebody new is told. */
  async look(): Promise<unknown> {
    return new ConvexHttpClient(this.#engine.url, HTTP).query(NEWEST, WATCHED);
  }

  async leave(): Promise<void> {
    this.#isOver = true;
    await Promise.all([...this.#open].map((client) => client.close()));
  }

  #openClient(): ConvexClient {
    const client = new ConvexClient(this.#engine.url, { logger: false, unsavedChangesWarning: false });
    this.#open.add(client);
    return client;
  }

  #keepBusy(name: string, send: (key: string) => Promise<unknown>): void {
    const work = async () => {
      for (let n = 0; !this.#isOver; n++) {
        await this.#call(`${name}.${n}`, send).catch(() => this.#engine.serving());
      }
    };
    this.#work.push(work());
  }

  async #call(key: string, send: (key: string) => Promise<unknown>): Promise<void> {
    this.sent.add(key);
    await send(key);
    this.acknowledged.add(key);
    this.#wake();
  }
}

const HTTP = { logger: false } as const;
