import { Latencies, type Percentiles } from "../latencies.ts";
import type { Served } from "./served.ts";
import { Wire, type Watched } from "./wire.ts";

/** `update`: from the write's answer to the news, over all subscribers. `last`: the same for the last of them. */
export type FanOut = { subscribers: number; distinct: boolean; update: Percentiles; last: Percentiles; cpuMs: number };

const KEY = "key-0";

/** One write that everybody reads: by one question that all share, or by one of their own each. */
export async function measureFanOut(
  engine: Served,
  { subscribers, distinct, writes }: { subscribers: number; distinct: boolean; writes: number },
): Promise<FanOut> {
  const writer = await Wire.open(engine.url);
  const readers = await Wire.openMany(engine.url, subscribers);
  const question = (n: number): Watched => ({ path: "notes:latest", args: { key: KEY, asker: distinct ? n : -1 } });
  const update = new Latencies();
  const last = new Latencies();
  try {
    for (const [n, reader] of readers.entries()) await reader.watch([question(n)]);
    await tell(writer, readers);
    const before = await engine.usage();
    for (let n = 0; n < writes; n++) {
      const waits = await tell(writer, readers);
      for (const wait of waits) update.record(wait);
      last.record(Math.max(...waits));
    }
    const after = await engine.usage();
    const cpuMs = (after.cpuMs - before.cpuMs) / writes;
    return { subscribers, distinct, update: update.percentiles(), last: last.percentiles(), cpuMs };
  } finally {
    for (const wire of [writer, ...readers]) wire.close();
  }
}

/** Writes once; how long after its answer each reader had the news, milliseconds. The news may overtake the answer. */
async function tell(writer: Wire, readers: readonly Wire[]): Promise<number[]> {
  const updates = readers.map((reader) => reader.nextUpdate());
  const answeredAt = await writer.mutate("notes:touch", { key: KEY });
  return (await Promise.all(updates)).map((at) => Math.max(0, at - answeredAt));
}
