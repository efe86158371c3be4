/** What the agent must not do, and what it waits for: through the functions that run in production. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { PlaybookContent } from "../../lib/domain/playbook.ts";
import { internal } from "../_generated/api";
import { makeWorld, ofAgent, theConversation, thread, type World } from "../inbox/test.setup.ts";
import { makeConnection, messageEvent, receive } from "../test.setup.ts";
import { silentResult } from "./test.setup.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date", "setTimeout", "clearTimeout"] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** What the lead says, and everything that follows from it. */
async function say(world: World, text: string): Promise<void> {
  await world.hear(`${text} at ${Date.now()}`, { text });
  await world.jobs.run(2 * MINUTE_MS);
}

async function changePlaybook({ backend }: World, change: (content: PlaybookContent) => Partial<PlaybookContent>) {
  await backend.run(async (ctx) => {
    const row = await ctx.db.query("playbooks").first();
    if (row !== null) await ctx.db.patch("playbooks", row._id, { content: { ...row.content, ...change(row.content) } });
  });
}

async function attentionOf({ backend }: World) {
  return (await backend.run(async (ctx) => ctx.db.query("qualifications").first()))?.attention?.reason;
}

async function runsOf({ backend }: World) {
  return (await backend.run(async (ctx) => ctx.db.query("turnRuns").collect())).map(({ outcome }) => outcome);
}

describe("a lead who opts out", () => {
  it("gets one confirmation and never another message of the agent, and is marked", async () => {
    const world = await makeWorld();
    await say(world, "Oi, tudo bem?");
    const before = (await ofAgent(world)).length;
    await say(world, "Pare de me mandar mensagens, por favor");
    const { handler } = await theConversation(world);
    const contact = await world.backend.run(async (ctx) => ctx.db.query("contacts").first());
    expect([handler.kind, contact?.optedOutAt]).toEqual(["none", expect.any(Number)]);
    expect(await ofAgent(world)).toHaveLength(before + 1);
    for (const text of ["Oi?", "Quanto custa?", "Quero uma demonstração"]) await say(world, text);
    expect(await ofAgent(world)).toHaveLength(before + 1);
  });

  it("is not written to through another phone of ours either", async () => {
    const world = await makeWorld();
    await say(world, "Pare de me mandar mensagens, por favor");
    const before = (await ofAgent(world)).length;
    const other = await makeConnection(world.backend, { orgId: world.org.orgId, name: "other" });
    await receive(world.backend, other, [messageEvent("elsewhere", { text: "Oi, quanto custa?" })]);
    await world.jobs.run(10 * MINUTE_MS);
    const conversations = await world.backend.run(async (ctx) => ctx.db.query("conversations").collect());
    expect(conversations).toHaveLength(2);
    expect(await ofAgent(world)).toHaveLength(before);
  });
});

describe("two machines that talk", () => {
  it("are stopped by their pace, and people are told", async () => {
    const world = await makeWorld();
    await changePlaybook(world, ({ pacing }) => ({ pacing: { ...pacing, debounceMs: 0, maxTurnsPerMinute: 3 } }));
    for (let round = 0; round < 8; round += 1) {
      await world.hear(`round ${round}`, { text: `Temos ${round + 10} vendedores` });
      await world.jobs.run(2_000);
    }
    expect((await runsOf(world)).filter((outcome) => outcome === "spoke").length).toBeLessThanOrEqual(3);
    expect(await theConversation(world)).toMatchObject({ status: "waiting", handler: { kind: "none" } });
    expect(await attentionOf(world)).toBe("too_many_turns");
  });

  it("are stopped by an automatic reply, which gets no answer", async () => {
    const world = await makeWorld();
    await say(world, "Esta é uma mensagem automática. Nosso horário de atendimento é das 8h às 18h.");
    expect(await ofAgent(world)).toEqual([]);
    expect(await theConversation(world)).toMatchObject({ status: "waiting", handler: { kind: "none" } });
    expect(await attentionOf(world)).toBe("automatic_reply");
  });
});

describe("outside working hours", () => {
  /** From START, a Monday at 10:00 in São Paulo, to that evening at 20:00; doors open again at 9:00. */
  const UNTIL_EVENING = 10 * HOUR_MS;
  const UNTIL_OPENING = 13 * HOUR_MS;

  const closedFrom = async (outside: PlaybookContent["workingHours"]["outside"]) => {
    const world = await makeWorld();
    await changePlaybook(world, ({ workingHours }) => ({ workingHours: { ...workingHours, outside } }));
    await world.jobs.run(UNTIL_EVENING);
    return world;
  };

  it("a playbook that waits says nothing until the doors open, and then answers all that was said", async () => {
    const world = await closedFrom("wait");
    await say(world, "Oi, quanto custa?");
    await say(world, "Temos 12 vendedores");
    await world.jobs.run(UNTIL_OPENING - 5 * MINUTE_MS);
    expect(await ofAgent(world)).toEqual([]);
    await world.jobs.run(10 * MINUTE_MS);
    expect((await ofAgent(world)).length).toBeGreaterThan(0);
    const { answeredSeq, inboundSeq } = await theConversation(world);
    expect([answeredSeq, inboundSeq]).toEqual([2, 2]);
  });

  it.each(["answer", "announce"] as const)("a playbook that says %s answers at once", async (outside) => {
    const world = await closedFrom(outside);
    await say(world, "Oi, tudo bem?");
    expect((await ofAgent(world)).length).toBeGreaterThan(0);
  });
});

describe("a lead who is still writing", () => {
  const typing = (world: World) => {
    const chat = { kind: "phone" as const, value: "5511987654321" };
    const key = `presence:${Date.now()}`;
    return world.report({ type: "presence", key, chat, actor: chat, state: "typing" });
  };

  it("is waited for while they type", async () => {
    const world = await makeWorld();
    await world.hear("one", { text: "Oi" });
    for (let seconds = 0; seconds < 24; seconds += 6) {
      await world.jobs.run(6_000);
      await typing(world);
    }
    expect(await runsOf(world)).toEqual([]);
    await world.jobs.run(world.pacing.debounceMs + 1_000);
    expect(await runsOf(world)).toEqual(["spoke"]);
  });

  it("is waited for no longer than the longest wait", async () => {
    const world = await makeWorld();
    await world.hear("one", { text: "Oi" });
    for (let waited = 0; waited < world.pacing.maxWaitMs; waited += 5_000) {
      expect(await runsOf(world)).toEqual([]);
      await world.jobs.run(5_000);
      await typing(world);
    }
    await world.jobs.run(1_000);
    expect(await runsOf(world)).toEqual(["spoke"]);
  });
});

it("an edit of what the lead said makes a running turn stale, and the answer is about the new words", async () => {
  const world = await makeWorld();
  await world.hear("one", { text: "Temos 12 vendedores" });
  let thoughts = 0;
  world.jobs.thinks = async () => {
    thoughts += 1;
    if (thoughts > 1) return true;
    const chat = { kind: "phone" as const, value: "5511987654321" };
    const { orgId } = world.org;
    const { _id: conversationId } = await theConversation(world);
    const turn = await world.backend.run(async (ctx) => ctx.db.query("turns").first());
    const held = { orgId, conversationId, token: turn?.turn.token ?? 0 };
    const snapshot = await world.backend.query(internal.agent.turns.snapshot, { ...held, now: Date.now() });
    if (snapshot === null) throw new Error("The run holds the turn");
    const edit = { key: "edit:one:1", aliases: [], fromMe: false, externalId: "one", providerAt: Date.now() };
    await world.report({ type: "edit", ...edit, chat, text: "Temos 40 vendedores" });
    const result = { ...silentResult(snapshot.input.state), messages: ["about the old words"] };
    await world.backend.mutation(internal.agent.turns.commit, { ...held, read: snapshot.read, startedAt: 1, result });
    return false;
  };
  await world.jobs.run(5 * MINUTE_MS);
  expect(await runsOf(world)).toEqual(["stale", "spoke"]);
  expect((await thread(world)).map(({ text }) => text)).not.toContain("about the old words");
  const facts = await world.backend.run(async (ctx) => ctx.db.query("facts").collect());
  expect(facts.map(({ key, value }) => ({ key, value }))).toContainEqual({ key: "teamSize", value: 40 });
});

it("a newly said fact supersedes the one before, and both are kept with their words", async () => {
  const world = await makeWorld();
  await say(world, "Oi, temos 12 vendedores");
  await say(world, "Na verdade temos 40 vendedores");
  const facts = await world.backend.run(async (ctx) => ctx.db.query("facts").collect());
  const sizes = facts.filter(({ key }) => key === "teamSize");
  expect(sizes).toMatchObject([
    { value: 12, quote: expect.stringContaining("12"), supersededBy: sizes[1]?._id },
    { value: 40, quote: expect.stringContaining("40") },
  ]);
  expect(sizes[1]?.supersededBy).toBeUndefined();
});
