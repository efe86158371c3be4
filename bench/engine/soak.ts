import { statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { slopeOf } from "../slope.ts";
import { startProcess } from "./engine-process.ts";
import { DIRECTORY } from "./opened.ts";
import { soakLoad, type Deeds } from "./soak-load.ts";

/** Each look collects the heap first, which stops the engine for a moment. */
const SAMPLE_MS = 5_000;
const MB = 1_000_000;
const MS_PER_MINUTE = 60_000;

/** Growth in the second half, a minute: less is noise. */
const MOST_HEAP_MB = 0.5;
/** SQLite folds its log into the file at 16 MB, and may write one transaction more before it does. */
const MOST_WAL_MB = 32;
const MOST_HANDLES = 50;

const PLACE = z.object({ url: z.string(), siteUrl: z.string(), file: z.string() });
const HELD = z.object({ rss: z.number(), heapUsed: z.number(), external: z.number(), handles: z.number() });

export type Sample = z.infer<typeof HELD> & { atMs: number; fileBytes: number; walBytes: number };
export type Verdict = { isFlat: boolean; lines: string[] };

/** Uses the engine for so many minutes as people do all day, looks again and again at what it holds, and fails when that grows. */
export async function runSoak(minutes: number): Promise<void> {
  const engine = await startEngine();
  const ending = new AbortController();
  const load = soakLoad(engine.place, ending.signal);
  const samples = await Promise.race([sampleFor(minutes, engine), load.then(() => [])]);
  ending.abort();
  const deeds = await load;
  await engine.stop();
  const verdict = judgeSoak(samples);
  for (const line of [...describeDeeds(deeds, minutes), ...verdict.lines]) console.log(line);
  const path = join(DIRECTORY, `soak-${new Date().toISOString().replaceAll(/[:.]/g, "-")}.json`);
  writeFileSync(path, `${JSON.stringify({ minutes, deeds: Object.fromEntries(deeds), verdict, samples }, null, 1)}\n`);
  console.log(`Written to ${path}`);
  if (!verdict.isFlat) process.exitCode = 1;
}

/** By the second half alone: the first fills caches. */
export function judgeSoak(samples: readonly Sample[]): Verdict {
  const half = samples.slice(Math.floor(samples.length / 2));
  const perMinute = (valueOf: (sample: Sample) => number) =>
    slopeOf(half.map((sample) => ({ x: sample.atMs / MS_PER_MINUTE, y: valueOf(sample) })));
  const heap = perMinute(({ heapUsed }) => heapUsed) / MB;
  const external = perMinute(({ external: bytes }) => bytes) / MB;
  const handles = perMinute((sample) => sample.handles);
  const wal = Math.max(...samples.map(({ walBytes }) => walBytes)) / MB;
  const mostHandles = Math.max(...half.map((sample) => sample.handles));
  const checks: [holds: boolean, line: string][] = [
    [heap < MOST_HEAP_MB, `heap after collection ${signed(heap)} MB/min (less than ${MOST_HEAP_MB})`],
    [external < MOST_HEAP_MB, `buffers outside of it ${signed(external)} MB/min (less than ${MOST_HEAP_MB})`],
    [
      mostHandles <= MOST_HANDLES,
      `at most ${mostHandles} handles, ${signed(handles)} a minute (at most ${MOST_HANDLES})`,
    ],
    [wal <= MOST_WAL_MB, `log at most ${wal.toFixed(1)} MB (at most ${MOST_WAL_MB})`],
  ];
  const isFlat = checks.every(([holds]) => holds);
  const [first, last] = [half[0], half.at(-1)];
  const span = (valueOf: (sample: Sample) => number) =>
    first && last ? `${(valueOf(first) / MB).toFixed(1)} -> ${(valueOf(last) / MB).toFixed(1)} MB` : "";
  return {
    isFlat,
    lines: [
      ...checks.map(([holds, line]) => `${holds ? "ok  " : "NOT "} ${line}`),
      `     second half: heap ${span((s) => s.heapUsed)}, resident ${span((s) => s.rss)}, file ${span((s) => s.fileBytes)}`,
      isFlat ? "flat" : "NOT FLAT",
    ],
  };
}

type Soaked = { place: z.infer<typeof PLACE>; look(): Promise<z.infer<typeof HELD>>; stop(): Promise<void> };

async function startEngine(): Promise<Soaked> {
  const { first, ask, stop } = await startProcess("soak-program.ts", ["--expose-gc"]);
  return { place: PLACE.parse(first), look: async () => HELD.parse(await ask("look")), stop };
}

async function sampleFor(minutes: number, engine: Soaked): Promise<Sample[]> {
  const samples: Sample[] = [];
  const startedAt = performance.now();
  for (let atMs = SAMPLE_MS; atMs <= minutes * MS_PER_MINUTE; atMs += SAMPLE_MS) {
    await sleep(Math.max(0, startedAt + atMs - performance.now()));
    const held = await engine.look();
    const [fileBytes, walBytes] = ["", "-wal"].map((ending) => statSync(`${engine.place.file}${ending}`).size);
    samples.push({ ...held, atMs: performance.now() - startedAt, fileBytes: fileBytes ?? 0, walBytes: walBytes ?? 0 });
    if (atMs % MS_PER_MINUTE === 0)
      console.log(`${atMs / MS_PER_MINUTE} min: heap ${(held.heapUsed / MB).toFixed(1)} MB`);
  }
  return samples;
}

function describeDeeds(deeds: Deeds, minutes: number): string[] {
  return [`In ${minutes} minutes:`, ...[...deeds].map(([deed, times]) => `  ${times} ${deed}`)];
}

function signed(value: number): string {
  return `${value < 0 ? "" : "+"}${value.toFixed(2)}`;
}
