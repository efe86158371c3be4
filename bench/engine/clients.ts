import { Latencies, type Percentiles } from "../latencies.ts";
import { fireAllAlong } from "../load.ts";
import { post } from "../post.ts";
import { keyOf, NOTE_TEXT } from "./notes.ts";
import type { Served } from "./served.ts";
import { Wire } from "./wire.ts";

/** `cpuMs` is the engine's own processor time for one mutation: the one figure that the load's own hunger does not touch. */
export type Load = { clients: number; perSecond: number; cpuMs: number; answers: Percentiles };

const SECONDS_WARM = 1;

/** Clients that each send their next mutation as soon as the one before is answered. */
export async function measureSockets(engine: Served, clients: number, seconds: number): Promise<Load> {
  const wires = await Wire.openMany(engine.url, clients);
  try {
    return await measure(engine, { clients, seconds }, async (n, worker) => {
      await wires[worker]?.mutate("notes:write", { key: keyOf(n, engine.notes), text: NOTE_TEXT });
      return true;
    });
  } finally {
    for (const wire of wires) wire.close();
  }
}

/** The same by HTTP, one call a request. */
export async function measureHttp(engine: Served, clients: number, seconds: number): Promise<Load> {
  const headers = { "content-type": "application/json" };
  return measure(engine, { clients, seconds }, async (n) => {
    const args = { key: keyOf(n, engine.notes), text: NOTE_TEXT };
    const body = JSON.stringify({ path: "notes:write", args, format: "json" });
    return (await post(`${engine.url}/api/mutation`, { headers, body })) === 200;
  });
}

async function measure(
  engine: Served,
  { clients, seconds }: { clients: number; seconds: number },
  fire: (n: number, worker: number) => Promise<boolean>,
): Promise<Load> {
  const answers = new Latencies();
  const idle = Array.from({ length: clients }, (_, worker) => worker);
  const timed = async (n: number) => {
    const worker = idle.pop() ?? 0;
    const startedAt = performance.now();
    const ok = await fire(n, worker);
    idle.push(worker);
    if (ok) answers.record(performance.now() - startedAt);
    else answers.fail();
    return ok;
  };
  await fireAllAlong({ workers: clients, seconds: SECONDS_WARM, fire: timed });
  answers.restart();
  const before = await engine.usage();
  const { perSecond } = await fireAllAlong({ workers: clients, seconds, fire: timed });
  const after = await engine.usage();
  const percentiles = answers.percentiles();
  return { clients, perSecond, cpuMs: (after.cpuMs - before.cpuMs) / percentiles.count, answers: percentiles };
}
