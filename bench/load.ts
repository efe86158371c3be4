import { setTimeout as sleep } from "node:timers/promises";
import type { Latencies } from "./latencies.ts";

/** The n-th request; answers whether it went well. */
export type Fire = (n: number) => Promise<boolean>;

/**
 * Open loop: request n leaves at n/rate, whether the ones before were answered or not, and its latency counts from the time
 * at which it should have left. A server (or this program) that stalls is charged for all who had to wait.
 */
export async function fireAtRate(
  latencies: Latencies,
  { perSecond, seconds, fire }: { perSecond: number; seconds: number; fire: Fire },
): Promise<void> {
  const startedAt = performance.now();
  const total = Math.round(perSecond * seconds);
  const open: Promise<void>[] = [];
  for (let n = 0; n < total; n++) {
    const dueAt = startedAt + (n * 1000) / perSecond;
    const waitMs = dueAt - performance.now();
    if (waitMs > 0) await sleep(waitMs);
    open.push(timed(latencies, { from: dueAt, answer: fire(n) }));
  }
  await Promise.all(open);
}

/** Closed loop: `workers` requests are always on their way. Answers how many went well per second. */
export async function fireAllAlong({
  workers,
  seconds,
  fire,
}: {
  workers: number;
  seconds: number;
  fire: Fire;
}): Promise<{ perSecond: number; failed: number }> {
  const startedAt = performance.now();
  const endsAt = startedAt + seconds * 1000;
  let next = 0;
  let done = 0;
  let failed = 0;
  async function work(): Promise<void> {
    while (performance.now() < endsAt) {
      const ok = await settled(fire(next++));
      if (!ok) failed++;
      else if (performance.now() <= endsAt) done++;
    }
  }
  await Promise.all(Array.from({ length: workers }, work));
  return { perSecond: done / seconds, failed };
}

/** One after the other. */
export async function fireInTurn(latencies: Latencies, { count, fire }: { count: number; fire: Fire }): Promise<void> {
  for (let n = 0; n < count; n++) await timed(latencies, { from: performance.now(), answer: fire(n) });
}

async function timed(
  latencies: Latencies,
  { from, answer }: { from: number; answer: Promise<boolean> },
): Promise<void> {
  if (await settled(answer)) latencies.record(performance.now() - from);
  else latencies.fail();
}

async function settled(answer: Promise<boolean>): Promise<boolean> {
  return answer.catch(() => false);
}
