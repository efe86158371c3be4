import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { LEASE_MS } from "../../lib/domain/turn-state.ts";
import { api, internal } from "../_generated/api";
import { ofAgent, theConversation, thread, makeWorld, type World } from "../inbox/test.setup.ts";
import { silentResult } from "./test.setup.ts";

const MINUTE_MS = 60_000;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date", "setTimeout", "clearTimeout"] });
});
afterEach(() => {
  vi.useRealTimers();
});

async function runsOf({ backend }: World): Promise<string[]> {
  return (await backend.run(async (ctx) => ctx.db.query("turnRuns").collect())).map(({ outcome }) => outcome);
}

describe("I6: one voice", () => {
  it("a message of the contact is answered once the contact is quiet", async () => {
    const world = await makeWorld();
    await world.hear("one", { text: "Oi, tudo bem?" });
    await world.jobs.run(world.pacing.debounceMs - 1);
    expect(await ofAgent(world)).toEqual([]);
    await world.jobs.run(MINUTE_MS);
    const said = await ofAgent(world);
    expect(said.length).toBeGreaterThan(0);
    expect(said.every(({ status, turnId }) => status === "sent" && turnId !== undefined)).toBe(true);
    const { answeredSeq, inboundSeq } = await theConversation(world);
    expect(answeredSeq).toBe(inboundSeq);
  });

  it("a burst of five is one turn", async () => {
    const world = await makeWorld();
    for (const text of ["Oi", "tudo bem?", "vi o site de vocês", "temos 12 vendedores", "quanto custa?"]) {
      await world.hear(text, { text });
      await world.jobs.run(2_000);
    }
    await world.jobs.run(5 * MINUTE_MS);
    expect(await runsOf(world)).toEqual(["spoke"]);
    const turnIds = new Set((await ofAgent(world)).map(({ turnId }) => turnId));
    expect(turnIds.size).toBe(1);
  });

  it("a message that comes while a run thinks makes it stale, and one answer covers both", async () => {
    const world = await makeWorld();
    await world.hear("one", { text: "Oi" });
    let interruptions = 0;
    world.jobs.thinks = async () => {
      interruptions += 1;
      if (interruptions > 1) return true;
      const { orgId } = world.org;
      const { _id: conversationId } = await theConversation(world);
      const turn = await world.backend.run(async (ctx) => ctx.db.query("turns").first());
      const held = { orgId, conversationId, token: turn?.turn.token ?? 0 };
      const snapshot = await world.backend.query(internal.agent.turns.snapshot, { ...held, now: Date.now() });
      await world.hear("two", { text: "Quanto custa?" });
      if (snapshot === null) throw new Error("The run holds the turn");
      const result = { ...silentResult(snapshot.input.state), messages: ["an answer to the first alone"] };
      await world.backend.mutation(internal.agent.turns.commit, { ...held, read: snapshot.read, startedAt: 1, result });
      return false;
    };
    await world.jobs.run(5 * MINUTE_MS);
    expect(await runsOf(world)).toEqual(["stale", "spoke"]);
    expect((await ofAgent(world)).map(({ text }) => text)).not.toContain("an answer to the first alone");
    const { answeredSeq } = await theConversation(world);
    expect(answeredSeq).toBe(2);
  });

  it("an action that dies is missed when its lease is over, and the run begins again", async () => {
    const world = await makeWorld();
    await world.hear("one", { text: "Oi" });
    let runs = 0;
    world.jobs.thinks = () => {
      runs += 1;
      return runs > 1;
    };
    await world.jobs.run(world.pacing.debounceMs + LEASE_MS - 1);
    expect(await ofAgent(world)).toEqual([]);
    await world.jobs.run(MINUTE_MS);
    expect(await runsOf(world)).toEqual(["died", "spoke"]);
    expect((await ofAgent(world)).length).toBeGreaterThan(0);
  });

  it("after three deaths a person is asked to help", async () => {
    const world = await makeWorld();
    await world.hear("one", { text: "Oi" });
    world.jobs.thinks = () => false;
    await world.jobs.run(10 * MINUTE_MS);
    expect(await runsOf(world)).toEqual(["died", "died", "died"]);
    expect(await theConversation(world)).toMatchObject({ status: "waiting", handler: { kind: "none" } });
    const memory = await world.backend.run(async (ctx) => ctx.db.query("qualifications").first());
    expect(memory?.attention?.reason).toBe("agent_failed");
  });

  it("taken over and given back during a run, the old answer never comes", async () => {
    const world = await makeWorld();
    const { sdr } = world.org.as;
    await world.hear("one", { text: "Oi" });
    let late: (() => Promise<unknown>) | undefined;
    world.jobs.thinks = async () => {
      if (late !== undefined) return true;
      const { orgId } = world.org;
      const { _id: conversationId } = await theConversation(world);
      const turn = await world.backend.run(async (ctx) => ctx.db.query("turns").first());
      const held = { orgId, conversationId, token: turn?.turn.token ?? 0 };
      const snapshot = await world.backend.query(internal.agent.turns.snapshot, { ...held, now: Date.now() });
      if (snapshot === null) throw new Error("The run holds the turn");
      const result = { ...silentResult(snapshot.input.state), messages: ["the old answer"] };
      late = () =>
        world.backend.mutation(internal.agent.turns.commit, { ...held, read: snapshot.read, startedAt: 1, result });
      await sdr.mutation(api.inbox.conversations.takeOver, { conversationId });
      await sdr.mutation(api.inbox.conversations.giveBack, { conversationId });
      return false;
    };
    await world.jobs.run(world.pacing.debounceMs);
    await late?.();
    await world.jobs.run(5 * MINUTE_MS);
    expect((await ofAgent(world)).map(({ text }) => text)).not.toContain("the old answer");
    expect(await runsOf(world)).toEqual(["spoke"]);
  });

  it("a reply typed on the phone itself silences the agent", async () => {
    const world = await makeWorld();
    await world.hear("one", { text: "Oi" });
    await world.jobs.run(1_000);
    await world.hear("two", { text: "Aqui é a Ana, já te respondo", fromMe: true });
    await world.jobs.run(10 * MINUTE_MS);
    expect(await ofAgent(world)).toEqual([]);
    expect(await theConversation(world)).toMatchObject({ handler: { kind: "member" }, answeredSeq: 1 });
  });

  it("a member's reply silences the agent and leaves after the time to take it back", async () => {
    const world = await makeWorld();
    const { sdr } = world.org.as;
    await world.hear("one", { text: "Oi" });
    const { _id: conversationId } = await theConversation(world);
    const reply = { conversationId, text: "Oi, aqui é a Ana", clientId: "c1" };
    await sdr.mutation(api.inbox.messages.reply, reply);
    await sdr.mutation(api.inbox.messages.reply, reply);
    await world.jobs.run(4_999);
    expect(world.jobs.requests).toEqual([]);
    await world.jobs.run(10 * MINUTE_MS);
    expect(world.jobs.requests).toEqual(["Oi, aqui é a Ana"]);
    expect(await ofAgent(world)).toEqual([]);
  });

  it("the switch stops the agent at once, and on again it answers what was said meanwhile", async () => {
    const world = await makeWorld();
    await world.hear("one", { text: "Oi" });
    await world.org.as.admin.mutation(api.agent.control.setEnabled, { enabled: false });
    await world.jobs.run(MINUTE_MS);
    await world.hear("two", { text: "Alguém aí?" });
    await world.jobs.run(10 * MINUTE_MS);
    expect(await ofAgent(world)).toEqual([]);
    await world.org.as.admin.mutation(api.agent.control.setEnabled, { enabled: true });
    await world.jobs.run(MINUTE_MS);
    expect((await ofAgent(world)).length).toBeGreaterThan(0);
  });

  it("only who may edit the agent may switch it", async () => {
    const world = await makeWorld();
    const switching = world.org.as.sdr.mutation(api.agent.control.setEnabled, { enabled: false });
    await expect(switching).rejects.toThrow("forbidden");
  });

  it("a turn whose job was lost is found by the sweeper", async () => {
    const world = await makeWorld();
    await world.hear("one", { text: "Oi" });
    await world.backend.run(async (ctx) => {
      for (const { _id } of await ctx.db.system.query("_scheduled_functions").collect())
        await ctx.scheduler.cancel(_id);
    });
    await world.jobs.run(MINUTE_MS);
    expect(await ofAgent(world)).toEqual([]);
    await world.backend.mutation(internal.agent.jobs.sweep, {});
    await world.jobs.run(MINUTE_MS);
    expect((await ofAgent(world)).length).toBeGreaterThan(0);
  });
});

it("every message of the agent opens the trace of its run", async () => {
  const world = await makeWorld();
  await world.hear("one", { text: "Oi, sou a Carla da Nexo e quero saber o preço" });
  await world.jobs.run(MINUTE_MS);
  const [first] = await ofAgent(world);
  if (first?.turnId === undefined) throw new Error("The agent spoke");
  const trace = await world.org.as.viewer.query(api.agent.traces.get, { turnId: first.turnId });
  expect(trace.brain).toMatch(/^offline/);
  expect(trace.why.length).toBeGreaterThan(0);
  const [heard] = await thread(world);
  expect(trace.understanding?.intents.map(({ messageId }) => messageId)).toContain(heard?._id);
});
