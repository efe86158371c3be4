import { emptyRouteOf, postToEmptyRoute } from "./acknowledgement.ts";
import { fireAllAlong } from "./load.ts";
import { post } from "./post.ts";
import type { Door, Stage } from "./stage.ts";

const WORKERS = 12;
/** What a lead says before the agent's turn comes. */
const BURST = 5;
const SERIES = { off: 2, on: 3 } as const;
const LEAD_IN_SECONDS = 10; // longer than the agent waits for quiet: its turns are part of what is measured

export type Rate = { perSecond: number; failed: number };
export type Throughput = {
  bytesPerWrite: number;
  bare: Rate;
  /** What Next alone can answer: more webhooks than this there cannot be, whatever they cost. */
  emptyRoute: Rate;
  agentOff: Rate;
  agentOn: Rate & { repliesPerSecond: number };
};

/**
 * The most that can be taken in, with as many requests on their way as keep the server busy: webhooks through Next, agent off
 * and on, and one row of the same bytes written by the bare engine over HTTP. Bursts of five messages, each of a new lead.
 */
export async function measureThroughput(
  stage: Stage,
  { seconds, rounds, countReplies }: { seconds: number; rounds: number; countReplies: () => Promise<number> },
): Promise<Throughput> {
  const bytesPerWrite = Math.round(stage.bytesPerWebhook());
  const bare: Rate[] = [];
  const emptyRoute: Rate[] = [];
  const agentOff: Rate[] = [];
  const emptyUrl = emptyRouteOf(stage);
  const body = stage.quiet.render({ lead: 0, series: SERIES.off, text: "Quanto custa?" });
  const messages = burstsOf(stage.quiet, SERIES.off);
  for (let round = 0; round < rounds; round++) {
    bare.push(await fireAllAlong({ workers: WORKERS, seconds, fire: writeBare(stage.bareUrl, bytesPerWrite) }));
    emptyRoute.push(await fireAllAlong({ workers: WORKERS, seconds, fire: () => postToEmptyRoute(emptyUrl, body) }));
    agentOff.push(await fireAllAlong({ workers: WORKERS, seconds, fire: async () => messages() }));
  }
  const talking = burstsOf(stage.talking, SERIES.on);
  await fireAllAlong({ workers: WORKERS, seconds: LEAD_IN_SECONDS, fire: async () => talking() });
  const before = await countReplies();
  const agentOn = await fireAllAlong({ workers: WORKERS, seconds: seconds * rounds, fire: async () => talking() });
  const repliesPerSecond = ((await countReplies()) - before) / (seconds * rounds);
  return {
    bytesPerWrite,
    bare: meanOf(bare),
    emptyRoute: meanOf(emptyRoute),
    agentOff: meanOf(agentOff),
    agentOn: { ...agentOn, repliesPerSecond },
  };
}

/** Delivers the next message of an endless row of bursts. */
function burstsOf(door: Door, series: number): () => Promise<boolean> {
  let n = 0;
  return () => {
    const lead = Math.floor(n++ / BURST);
    return door.deliver(door.render({ lead, series, text: `Bom dia! Mensagem ${n % BURST}: quanto custa?` }));
  };
}

function writeBare(url: string, bytes: number): () => Promise<boolean> {
  const headers = { "content-type": "application/json" };
  const body = JSON.stringify({ path: "writes:one", args: { text: "x".repeat(bytes) }, format: "json" });
  return async () => (await post(`${url}/api/mutation`, { headers, body })) === 200;
}

function meanOf(rates: readonly Rate[]): Rate {
  const sum = (read: (rate: Rate) => number) => rates.reduce((total, rate) => total + read(rate), 0);
  return { perSecond: sum(({ perSecond }) => perSecond) / rates.length, failed: sum(({ failed }) => failed) };
}
