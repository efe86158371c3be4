/** `npm run bench:engine`: what the local engine costs on this machine, in one run. See ../README.md. */
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { measureHttp, measureSockets } from "./clients.ts";
import { measureFanOut } from "./fan-out.ts";
import { runKills } from "./kills.ts";
import { measureMutations } from "./mutations.ts";
import { DIRECTORY } from "./opened.ts";
import { judgeEngine, renderEngineReport, type EngineFigures } from "./report.ts";
import { serve, type Served } from "./served.ts";
import { measureSlowReader } from "./slow-reader.ts";
import { runSoak } from "./soak.ts";
import { measureSubscriptions } from "./subscriptions.ts";
import { measureVolume } from "./volume.ts";

const FULL = { rounds: 15, mockEach: 4, many: 1_000_000, seconds: 5, writes: 100 };
const QUICK = { rounds: 5, mockEach: 2, many: 200_000, seconds: 2, writes: 30 };
const HTTP_CLIENTS = 12;

const KILLS = 300;
const SOAK_MINUTES = 10;
const QUICK_SOAK_MINUTES = 1;

const { values, positionals } = parseArgs({
  options: { quick: { type: "boolean", default: false } },
  allowPositionals: true,
});
const extent = values.quick ? QUICK : FULL;

mkdirSync(DIRECTORY, { recursive: true });
if (positionals[0] === "kills") await runKills(KILLS);
else if (positionals[0] === "soak") await runSoak(values.quick ? QUICK_SOAK_MINUTES : SOAK_MINUTES);
else {
  const figures = await measureAll();
  console.log(`\n${renderEngineReport(figures)}\n`);
  write(figures);
}

async function measureAll(): Promise<EngineFigures> {
  const { rounds, mockEach, many } = extent;
  const mutations = {
    few: await step("mutations among 1,000", () => measureMutations({ notes: 1000, rounds, mockEach: 20 })),
    many: await step("mutations among 50,000", () => measureMutations({ notes: 50_000, rounds, mockEach })),
  };
  const volume = await step(`volume of ${many}`, () => measureVolume({ few: 10_000, many }, rounds));
  const engine = await serve();
  try {
    return { mutations, volume, ...(await measureNetwork(engine)) };
  } finally {
    await engine.stop();
  }
}

async function measureNetwork(engine: Served): Promise<Omit<EngineFigures, "mutations" | "volume">> {
  const { seconds, writes, rounds } = extent;
  const load = (clients: number) => step(`${clients} clients`, () => measureSockets(engine, clients, seconds));
  const sockets = [await load(1), await load(50), await load(500)];
  const http = await step("HTTP", () => measureHttp(engine, HTTP_CLIENTS, seconds));
  const fanOut = (distinct: boolean) =>
    step(`fan-out, ${distinct ? "a query each" : "one query"}`, () =>
      measureFanOut(engine, { few: 100, many: 1_000, distinct, writes: writes / 2 }),
    );
  const pairs = [await fanOut(false), await fanOut(true)];
  const watching = await step("live subscriptions", () =>
    measureSubscriptions(engine, { few: 100, many: 10_000, writes: writes * 5 }),
  );
  const slowReader = await step("slow reader", () => measureSlowReader(engine, { writes, rounds: rounds / 5 }));
  return { sockets, http, fanOut: pairs, watching, slowReader };
}

async function step<T>(name: string, run: () => Promise<T>): Promise<T> {
  const startedAt = performance.now();
  const result = await run();
  console.log(`${name}: ${((performance.now() - startedAt) / 1000).toFixed(0)} s`);
  return result;
}

function write(measured: EngineFigures): void {
  const at = new Date().toISOString();
  const machine = { cpus: cpus().length, model: cpus()[0]?.model, load: loadavg(), node: process.version };
  const path = join(DIRECTORY, `${at.replaceAll(/[:.]/g, "-")}.json`);
  const aims = judgeEngine(measured);
  writeFileSync(path, `${JSON.stringify({ at, quick: values.quick, machine, aims, figures: measured }, null, 2)}\n`);
  console.log(`Written to ${path}`);
}
