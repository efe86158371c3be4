import { Latencies, type Percentiles } from "../latencies.ts";
import { scatteredKeys } from "./notes.ts";
import type { Served } from "./served.ts";
import { Wire } from "./wire.ts";

/** From the sending of a write to the news at the one who reads what it changed. */
export type Watching = { subscriptions: number; news: Percentiles; cpuMs: number };

type Tally = { subscriptions: number; news: Latencies; cpuMs: number };

const SOCKETS = 100;
/** Turns that each of the two have. */
const ROUNDS = 2;

/** Writes that each touch what one subscription reads, while all the others wait for something else: few and many take turns. */
export async function measureSubscriptions(
  engine: Served,
  { few, many, writes }: { few: number; many: number; writes: number },
): Promise<{ few: Watching; many: Watching }> {
  const tallies = {
    few: { subscriptions: few, news: new Latencies(), cpuMs: 0 },
    many: { subscriptions: many, news: new Latencies(), cpuMs: 0 },
  };
  for (let round = 0; round < ROUNDS; round++) {
    for (const tally of [tallies.few, tallies.many]) await watch(engine, tally, writes);
  }
  return { few: resultOf(tallies.few), many: resultOf(tallies.many) };
}

function resultOf({ subscriptions, news, cpuMs }: Tally): Watching {
  const percentiles = news.percentiles();
  return { subscriptions, news: percentiles, cpuMs: cpuMs / percentiles.count };
}

async function watch(engine: Served, tally: Tally, writes: number): Promise<void> {
  const { subscriptions, news } = tally;
  const writer = await Wire.open(engine.url);
  const readers = await Wire.openMany(engine.url, SOCKETS);
  // Keys that nobody else writes to: each is one subscription's own.
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
    tally.cpuMs += (await engine.usage()).cpuMs - before.cpuMs;
  } finally {
    for (const wire of [writer, ...readers]) wire.close();
  }
}

/** Numbers below `count`, scattered, the same each time. */
function pickIn(count: number): () => number {
  const key = scatteredKeys(count * 10);
  return () => Number(key().slice("key-".length));
}
