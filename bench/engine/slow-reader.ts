import { Latencies, type Percentiles } from "../latencies.ts";
import type { Served } from "./served.ts";
import { Wire } from "./wire.ts";

/** What others wait for their news, alone and beside a client that reads nothing; how much the engine grew, of what it owed to that client. */
export type SlowReader = { alone: Percentiles; beside: Percentiles; owedBytes: number; grownBytes: number };

const READERS = 20;
const KEY = "key-1";
const ANSWER_LENGTH = 1_000_000;
/** Writes after which the slow reader's part of the operating system's buffers, and of the engine's, is used up. */
const UNTIL_FULL = 20;

export async function measureSlowReader(
  engine: Served,
  { writes, rounds }: { writes: number; rounds: number },
): Promise<SlowReader> {
  const writer = await Wire.open(engine.url);
  const readers = await Wire.openMany(engine.url, READERS);
  const alone = new Latencies();
  const beside = new Latencies();
  let grownBytes = 0;
  try {
    for (const reader of readers) await reader.watch([{ path: "notes:latest", args: { key: KEY, asker: 0 } }]);
    for (let round = 0; round < rounds; round++) {
      await writeAndWait(alone, { writer, readers, writes });
      const slow = await Wire.open(engine.url);
      await slow.watch([{ path: "notes:enlarged", args: { key: KEY, length: ANSWER_LENGTH } }]);
      slow.stopReading();
      await writeAndWait(new Latencies(), { writer, readers, writes: UNTIL_FULL });
      const before = await engine.usage();
      await writeAndWait(beside, { writer, readers, writes });
      grownBytes = Math.max(grownBytes, (await engine.usage()).rss - before.rss);
      slow.close();
    }
  } finally {
    for (const wire of [writer, ...readers]) wire.close();
  }
  const owedBytes = writes * ANSWER_LENGTH;
  return { alone: alone.percentiles(), beside: beside.percentiles(), owedBytes, grownBytes };
}

async function writeAndWait(
  latencies: Latencies,
  { writer, readers, writes }: { writer: Wire; readers: readonly Wire[]; writes: number },
): Promise<void> {
  for (let n = 0; n < writes; n++) {
    const updates = readers.map((reader) => reader.nextUpdate());
    const sentAt = performance.now();
    await writer.mutate("notes:touch", { key: KEY });
    for (const at of await Promise.all(updates)) latencies.record(at - sentAt);
  }
}
