import { Latencies, type Percentiles } from "../latencies.ts";
import type { Served } from "./served.ts";
import { Wire, type Watched } from "./wire.ts";

/** `update`: from the write's answer to the news, over all subscribers. `last`: the same for the last of them. */
export type FanOut = { subscribers: number; distinct: boolean; update: Percentiles; last: Percentiles; cpuMs: number };

const KEY = "key-0";
/** Turns that each audience has. */
const ROUNDS = 2;

/** Writes that everybody reads, by one question that all share, or by one of their own each: few and many take turns. */
export async function measureFanOut(
  engine: Served,
  { few, many, distinct, writes }: { few: number; many: number; distinct: boolean; writes: number },
): Promise<{ few: FanOut; many: FanOut }> {
  const audiences = { few: new Audience(few, distinct), many: new Audience(many, distinct) };
  for (let round = 0; round < ROUNDS; round++) {
    for (const audience of [audiences.few, audiences.many]) await audience.watch(engine, writes);
  }
  return { few: audiences.few.result, many: audiences.many.result };
}

class Audience {
  readonly #subscribers: number;
  readonly #distinct: boolean;
  readonly #update = new Latencies();
  readonly #last = new Latencies();
  #cpuMs = 0;

  constructor(subscribers: number, distinct: boolean) {
    this.#subscribers = subscribers;
    this.#distinct = distinct;
  }

  get result(): FanOut {
    const last = this.#last.percentiles();
    return {
      subscribers: this.#subscribers,
      distinct: this.#distinct,
      update: this.#update.percentiles(),
      last,
      cpuMs: this.#cpuMs / last.count,
    };
  }

  /** Comes, hears of so many writes, and goes. */
  async watch(engine: Served, writes: number): Promise<void> {
    const writer = await Wire.open(engine.url);
    const readers = await Wire.openMany(engine.url, this.#subscribers);
    try {
      for (const [n, reader] of readers.entries()) await reader.watch([this.#question(n)]);
      await tell(writer, readers);
      const before = await engine.usage();
      for (let n = 0; n < writes; n++) {
        const waits = await tell(writer, readers);
        for (const wait of waits) this.#update.record(wait);
        this.#last.record(Math.max(...waits));
      }
      this.#cpuMs += (await engine.usage()).cpuMs - before.cpuMs;
    } finally {
      for (const wire of [writer, ...readers]) wire.close();
    }
  }

  #question(n: number): Watched {
    return { path: "notes:latest", args: { key: KEY, asker: this.#distinct ? n : -1 } };
  }
}

/** Writes once; how long after its answer each reader had the news, milliseconds. The news may overtake the answer. */
async function tell(writer: Wire, readers: readonly Wire[]): Promise<number[]> {
  const updates = readers.map((reader) => reader.nextUpdate());
  const answeredAt = await writer.mutate("notes:touch", { key: KEY });
  return (await Promise.all(updates)).map((at) => Math.max(0, at - answeredAt));
}
