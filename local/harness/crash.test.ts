/**
 * I1, I2, I3 and I6 while the engine dies: the routes that production has, over HTTP, and the engine killed with SIGKILL in the
 * middle of what it does. The clock of the engine is moved by hand, so that nobody waits for leases and pauses.
 */
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { POST as receiveFromProvider } from "../../app/api/webhooks/[connector]/[connectionId]/route.ts";
import { POST as receiveFromClerk } from "../../app/api/webhooks/clerk/route.ts";
import { SeededRandom } from "../engine/runtime/random.ts";
import { type CrashWorld, sentTo, startCrashWorld } from "./crash-world.ts";
import { type Lead, numberedLead, renderLeadMessage } from "./lead-webhooks.ts";
import { deliverAll, type Webhook } from "./sender.ts";

const LIMIT_MS = 120_000; // it must end; how fast a busy machine is proves nothing
const SOON = { timeout: 50_000, interval: 100 };
const QUIET_MS = 9_000; // a little more than the agent waits for quiet
const HASTE_MS = 3_000; // less than a request may wait to be made

type LeadWebhook = Webhook & { lead: Lead; id: string };

let world: CrashWorld;
let aheadMs = 0;

beforeAll(async () => {
  vi.spyOn(process.stderr, "write").mockReturnValue(true); // the routes tell their log that the engine is down
  const now = Date.now;
  vi.spyOn(Date, "now").mockImplementation(() => now() + aheadMs);
  world = await startCrashWorld({
    setVariables: (variables) => {
      for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
    },
    route: async (request, path) => {
      const [connector = "", connectionId = ""] = path.split("/").slice(3);
      if (connector === "clerk") return receiveFromClerk(request);
      return receiveFromProvider(request, { params: Promise.resolve({ connector, connectionId }) });
    },
  });
}, LIMIT_MS);

afterAll(async () => {
  await world.close();
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
}, LIMIT_MS);

describe("one webhook a thousand times", () => {
  it(
    "is one message, one turn and one answer, though the engine is killed meanwhile",
    async () => {
      const lead = numberedLead(1, 1);
      const webhook = webhookOf(lead, { id: "3EB0ONCE", text: "Oi! Quanto custa?" });
      const copies = Array.from({ length: 1_000 }, () => webhook);
      await deliverWhileItDies(copies, { atOnce: 50, killAfter: 400 });
      expect(storedIds().filter((id) => id === webhook.id)).toHaveLength(1);

      moveClock(QUIET_MS);
      await hasten(() => isAnswered(lead));
      expect(spokenRuns(lead)).toHaveLength(1);
      expect(sentTo(world.provider, lead.phone)).toEqual(answersTo(lead).map(({ text }) => text));
    },
    LIMIT_MS,
  );
});

describe("many leads while the engine dies again and again", () => {
  it.each([11, 29])(
    "lose nothing that was acknowledged and hear nothing twice (seed %i)",
    async (seed) => {
      const random = new SeededRandom(seed);
      const leads = Array.from({ length: 6 }, (_, n) => numberedLead(seed * 100 + n, 2));
      const webhooks = leads.flatMap((lead, n) =>
        ["Bom dia!", "Quanto custa?", "Somos 40 pessoas"].map((text, part) =>
          webhookOf(lead, { id: `3EB0S${seed}N${n}P${part}`, text }),
        ),
      );
      await deliverWhileItDies(webhooks, { atOnce: 6, killAfter: 1 + Math.floor(random.next() * webhooks.length) });

      // While it thinks or commits: at any moment after the turns are due.
      moveClock(QUIET_MS);
      await new Promise((resolve) => setTimeout(resolve, random.next() * 200));
      await restart();
      // While it sends: the provider has the request, and its answer finds nobody.
      const killed = killAtSend(1 + Math.floor(random.next() * 4));
      await hasten(() => killed() || leads.every(isAnswered));
      await restart();
      await hasten(() => leads.every(isAnswered));

      const stored = storedIds().filter((id) => id.startsWith(`3EB0S${seed}N`));
      expect(stored.toSorted()).toEqual(webhooks.map(({ id }) => id).toSorted());
      for (const lead of leads) expectNothingTwice(lead);
    },
    LIMIT_MS,
  );
});

function webhookOf(lead: Lead, { id, text }: { id: string; text: string }): LeadWebhook {
  const body = renderLeadMessage({ account: world.account, lead, id, text, at: Date.now() });
  return { ...world.webhook, body, lead, id };
}

/** The engine's clock, and that of everybody else: tokens must not look old to one of them. */
function moveClock(ms: number): void {
  aheadMs += ms;
  world.engine.advance(ms);
}

/**
 * Lets time fly until something is so: leases and pauses pass in seconds. It flies only while nothing happens, so that what is
 * under way on a slow machine does not look late.
 */
async function hasten(isSo: () => boolean): Promise<void> {
  let before = "";
  const look = () => {
    if (isSo()) return true;
    const seen = JSON.stringify([world.rows.turns(), world.rows.deliveries()]);
    if (seen === before) moveClock(HASTE_MS);
    before = seen;
    return false;
  };
  await expect.poll(look, SOON).toBe(true);
}

/** Kills the engine once that many webhooks were taken, and starts it again while the provider goes on. */
async function deliverWhileItDies(
  webhooks: readonly Webhook[],
  { atOnce, killAfter }: { atOnce: number; killAfter: number },
): Promise<void> {
  const before = world.engine.deaths;
  let restarted: Promise<void> | undefined;
  await deliverAll(webhooks, {
    atOnce,
    pause: () => world.engine.serving(),
    onTaken: (taken) => {
      if (taken === killAfter) restarted = restart();
    },
  });
  await restarted;
  expect(world.engine.deaths).toBe(before + 1);
}

async function restart(): Promise<void> {
  await world.engine.kill();
  await world.engine.start();
}

/** Kills the engine at the moment when the provider has its n-th request from now; answers whether that has come. */
function killAtSend(n: number): () => boolean {
  const { provider, engine } = world;
  const count = () => provider.world.state.messages.filter(({ viaApi }) => viaApi).length;
  const goal = count() + n;
  let hasCome = false;
  const stop = provider.world.watch(() => {
    if (hasCome || count() < goal) return;
    hasCome = true;
    void engine.kill();
    stop();
  });
  return () => hasCome;
}

function storedIds(): string[] {
  return world.rows.messages().flatMap(({ externalId }) => externalId ?? []);
}

function conversationOf(lead: Lead): string | undefined {
  const contactId = world.rows.identities().find(({ value }) => value.startsWith(lead.phone))?.contactId;
  return world.rows.conversations().find((conversation) => conversation.contactId === contactId)?._id;
}

function answersTo(lead: Lead) {
  const conversationId = conversationOf(lead);
  return world.rows
    .messages()
    .filter((message) => message.conversationId === conversationId && message.direction === "outbound")
    .toSorted((left, right) => left.seq - right.seq);
}

function deliveriesOf(leads: readonly Lead[]) {
  const conversations = new Set(leads.map(conversationOf));
  return world.rows.deliveries().filter(({ conversationId }) => conversations.has(conversationId));
}

function spokenRuns(lead: Lead) {
  const conversationId = conversationOf(lead);
  return world.rows.runs().filter((run) => run.conversationId === conversationId && run.outcome === "spoke");
}

/** The turn is over, and each of its messages has left or cannot be told to have. */
function isAnswered(lead: Lead): boolean {
  const conversationId = conversationOf(lead);
  const turn = world.rows.turns().find((row) => row.conversationId === conversationId)?.turn;
  const deliveries = deliveriesOf([lead]);
  const isOver = deliveries.every(({ state }) => state === "sent" || state === "unconfirmed");
  return turn?.state === "idle" && deliveries.length > 0 && isOver;
}

/** Each answer was written by one run, and requested once at most; what we call sent is what the lead has. */
function expectNothingTwice(lead: Lead): void {
  const runs = spokenRuns(lead).map(({ throughSeq }) => throughSeq);
  expect(new Set(runs).size).toBe(runs.length);
  const arrived = sentTo(world.provider, lead.phone);
  const written = answersTo(lead).map(({ text }) => text);
  for (const text of new Set(arrived)) expect(timesIn(arrived, text)).toBeLessThanOrEqual(timesIn(written, text));
  const sent = new Set(deliveriesOf([lead]).flatMap(({ state, messageId }) => (state === "sent" ? [messageId] : [])));
  const confirmed = answersTo(lead).flatMap(({ _id, text }) => (sent.has(_id) ? [text] : []));
  expect(confirmed.filter((text) => !arrived.includes(text))).toEqual([]);
}

function timesIn(texts: readonly string[], text: string): number {
  return texts.filter((one) => one === text).length;
}
