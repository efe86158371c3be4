/** `npm run bench`: what Qify costs on this machine, in one run, as ratios and percentiles. See README.md beside this file. */
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { measureAcknowledgement, renderMany } from "./acknowledgement.ts";
import { measureDom } from "./dom.ts";
import { Latencies } from "./latencies.ts";
import { fireInTurn } from "./load.ts";
import { countReplies, measureReply } from "./reply.ts";
import { judge, renderReport, type Figures } from "./report.ts";
import { measureSplit } from "./split.ts";
import { setUpStage, type Stage } from "./stage.ts";
import { measureThroughput } from "./throughput.ts";

const OUTPUT = join(".local", "bench");
const WARM_UP = { webhooks: 300, replies: 8 };

type Extent = { seconds: number; rounds: number; messages: number; replies: number; samples: number };

const FULL: Extent = { seconds: 10, rounds: 3, messages: 200, replies: 60, samples: 300 };
const QUICK: Extent = { seconds: 4, rounds: 2, messages: 40, replies: 16, samples: 100 };

const { values } = parseArgs({ options: { quick: { type: "boolean", default: false } } });

const extent = values.quick ? QUICK : FULL;
const stage = await setUpStage((line) => console.log(line));
try {
  const figures = await measureAll(stage);
  const report = renderReport(figures);
  console.log(`\n${report}\n`);
  write(figures);
} finally {
  await stage.stop();
}

async function measureAll(on: Stage): Promise<Figures> {
  const { seconds, rounds, messages, replies, samples } = extent;
  await step("warming up", () => warmUp(on));
  const dom = await step("message -> DOM", () => measureDom(on, { count: messages }));
  const reply = await step("message -> reply", () => measureReply(on, { count: replies }));
  const split = await step("layers", () => measureSplit(on, { count: samples }));
  const acknowledgement = await step("acknowledgement", () =>
    measureAcknowledgement(on, { perSecond: 100, seconds, rounds }),
  );
  const throughput = await step("throughput", () =>
    measureThroughput(on, { seconds, rounds, countReplies: () => countReplies(on) }),
  );
  return { acknowledgement, throughput, dom, reply, split };
}

/** A first request compiles; nobody waits for that but the first one. */
async function warmUp(on: Stage): Promise<void> {
  const latencies = new Latencies();
  const bodies = renderMany(on.quiet, WARM_UP.webhooks);
  await fireInTurn(latencies, { count: bodies.length, fire: (n) => on.quiet.deliver(bodies[n] ?? "") });
  const { failed } = latencies.percentiles();
  if (failed > 0) throw new Error(`${failed} of the first webhooks were not taken`);
  await measureReply(on, { count: WARM_UP.replies, series: 0 });
}

async function step<T>(name: string, run: () => Promise<T>): Promise<T> {
  const startedAt = performance.now();
  const result = await run();
  console.log(`${name}: ${((performance.now() - startedAt) / 1000).toFixed(0)} s`);
  return result;
}

function write(figures: Figures): void {
  mkdirSync(OUTPUT, { recursive: true });
  const at = new Date().toISOString();
  const machine = { cpus: cpus().length, model: cpus()[0]?.model, load: loadavg(), node: process.version };
  const path = join(OUTPUT, `${at.replaceAll(/[:.]/g, "-")}.json`);
  writeFileSync(
    path,
    `${JSON.stringify({ at, quick: values.quick, machine, aims: judge(figures), figures }, null, 2)}\n`,
  );
  console.log(`Written to ${path}`);
}
