import { Latencies, type Percentiles } from "../latencies.ts";
import { scatteredKeys } from "./notes.ts";
import type { Served } from "./served.ts";
import { Wire } from "./wire.ts";

/** From the sending of a write to the news at the one who reads what it changed. */
export type Watching = { subscriptions: number; news: Percentiles; cpuMs: number };

const SOCKETS = 100;

/** Writes that each touch what one subscription reads, while all the others wait for something else. */
export async function measureSubscriptions(
  engine: Served,
  { subscriptions, writes }: { subscriptions: number; writes: number },
): Promise<Watching> {
  const writer = await Wire.open(engine.url);
  const readers = await Wire.openMany(engine.url, SOCKETS);
  const news = new Latencies();
  // Keys that nobody wrote to before: each is one subscription's own.
  const own = Array.from({ length: subscriptions }, (_, n) => `watched-${subscriptions}-${n}`);
  try {
    for (const key of own) await writer.mutate("notes:write", { key, text: "" });
    for (const [n, reader] of readers.entries()) {
      const keys = own.filter((_, k) => k % SOCKETS === n);
      await reader.watch(keys.map((key) => ({ path: "notes:latest", args: { key, asker: 0 } })));
    }
    const pick = pickIn(subscriptions);
    const before = await engine.usage();
    for (let n = 0; n < writes; n++) {
      const chosen = pick();
      const update = readers[chosen % SOCKETS]?.nextUpdate();
      const sentAt = performance.now();
      await writer.mutate("notes:touch", { key: own[chosen] ?? "" });
      news.record(((await update) ?? 0) - sentAt);
    }
    const after = await engine.usage();
    return { subscriptions, news: news.percentiles(), cpuMs: (after.cpuMs - before.cpuMs) / writes };
  } finally {
    for (const wire of [writer, ...readers]) wire.close();
  }
}

/** Numbers below `count`, scattered, the same each time. */
function pickIn(count: number): () => number {
  const key = scatteredKeys(count * 10);
  return () => Number(key().slice("key-".length));
}
