import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { defaultPlaybook } from "../lib/domain/playbook-default.ts";
import { numberedLead } from "../local/harness/lead-webhooks.ts";
import { SEED_TENANTS } from "../local/seed/tenants.ts";
import { Latencies, preciseNow, type Percentiles } from "./latencies.ts";
import type { Stage } from "./stage.ts";

/** Leads of measurements that count. */
const SERIES = 4;
const PER_SECOND = 2;
const PATIENCE_MS = 30_000;
const LOOK_EVERY_MS = 250;

const inspectedSchema = z.object({
  messages: z.array(z.object({ chat: z.string(), viaApi: z.boolean(), at: z.number() })),
});

export type ReplyOverhead = { debounceMs: number; overhead: Percentiles };

/**
 * From the moment a lead's message leaves the provider to the moment the first words of the answer are back there, less the
 * wait for quiet that the playbook asks for. New leads, one after the other.
 */
export async function measureReply(
  stage: Stage,
  { count, series = SERIES }: { count: number; series?: number },
): Promise<ReplyOverhead> {
  const debounceMs = readDebounce();
  const sent = new Map<string, number>();
  for (let n = 0; n < count; n++) {
    const body = stage.talking.render({ lead: n, series, text: "Oi! Quanto custa?" });
    sent.set(numberedLead(n, series).phone, preciseNow());
    if (!(await stage.talking.deliver(body))) throw new Error("A lead's message was not taken");
    await sleep(1000 / PER_SECOND);
  }
  const latencies = new Latencies();
  const answers = await waitForAnswers(stage, sent);
  for (const [phone, sentAt] of sent) {
    const answeredAt = answers.get(phone);
    if (answeredAt === undefined) latencies.fail();
    else latencies.record(answeredAt - sentAt - debounceMs);
  }
  return { debounceMs, overhead: latencies.percentiles() };
}

/** Messages that the provider was asked to send so far. */
export async function countReplies({ ready }: Stage): Promise<number> {
  return (await inspect(ready.emulators.evolution ?? "")).filter(({ viaApi }) => viaApi).length;
}

/** When the first answer reached the provider, by phone. */
async function waitForAnswers({ ready }: Stage, sent: ReadonlyMap<string, number>): Promise<Map<string, number>> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const answers = new Map<string, number>();
    for (const { chat, viaApi, at } of await inspect(ready.emulators.evolution ?? "")) {
      if (viaApi && sent.has(chat) && !answers.has(chat)) answers.set(chat, at);
    }
    if (answers.size === sent.size || Date.now() > deadline) return answers;
    await sleep(LOOK_EVERY_MS);
  }
}

async function inspect(url: string) {
  return inspectedSchema.parse(await (await fetch(`${url}/_inspect`)).json()).messages;
}

function readDebounce(): number {
  const [tenant] = SEED_TENANTS;
  if (tenant === undefined) throw new Error("The seed is empty");
  return defaultPlaybook(tenant.firstRun).pacing.debounceMs;
}
