import { Latencies, type Percentiles } from "../latencies.ts";

/** Something that is done `each` times in its turn. */
export type Contender = { run: () => unknown; each: number; latencies: Latencies };

export function contender(each: number, run: Contender["run"]): Contender {
  return { run, each, latencies: new Latencies() };
}

/** Measures how long each operation takes. They take turns, so that what else this machine does weighs on all of them. */
export async function takeTurns(contenders: readonly Contender[], rounds: number): Promise<void> {
  // The first round compiles, and does not count.
  for (let round = 0; round <= rounds; round++) {
    for (const { run, each, latencies } of contenders) {
      for (let n = 0; n < each; n++) {
        const startedAt = performance.now();
        const result = run();
        if (result instanceof Promise) await result;
        if (round > 0) latencies.record(performance.now() - startedAt);
      }
    }
  }
}

export function percentilesOf({ latencies }: Contender): Percentiles {
  return latencies.percentiles();
}
