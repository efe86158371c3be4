import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { runTurn } from "../../lib/agent/turn.ts";
import type { FactChange } from "../../lib/domain/qualification-facts.ts";
import { api, internal } from "../_generated/api";
import type { Id } from "../_generated/dataModel";
import { makeWorld, theConversation, type World } from "../inbox/test.setup.ts";
import { makeOrg } from "../test.setup.ts";
import { describeResult } from "./think.ts";

const MINUTE_MS = 60_000;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date", "setTimeout", "clearTimeout"] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** A lead who has said how many they are, and was answered. */
async function makeLead() {
  const world = await makeWorld();
  await world.hear("one", { text: "Oi, sou a Carla da Nexo. Temos 12 vendedores" });
  await world.jobs.run(MINUTE_MS);
  const { _id: conversationId } = await theConversation(world);
  const { sdr } = world.org.as;
  const correct = async (key: string, value: string | number | boolean, factId?: Id<"facts">) =>
    sdr.mutation(api.agent.leads.correct, { conversationId, key, value, ...(factId === undefined ? {} : { factId }) });
  const forget = async (key: string) => sdr.mutation(api.agent.leads.forget, { conversationId, key });
  return { world, conversationId, correct, forget };
}

async function leadOf(world: World, conversationId: Id<"conversations">) {
  const lead = await world.org.as.viewer.query(api.agent.leads.get, { conversationId });
  if (lead === null) throw new Error("There is a playbook");
  return lead;
}

async function factOf(world: World, key: string) {
  const { _id } = await theConversation(world);
  return (await leadOf(world, _id)).facts.find((fact) => fact.key === key);
}

async function runsOf({ backend }: World): Promise<string[]> {
  return (await backend.run(async (ctx) => ctx.db.query("turnRuns").collect())).map(({ outcome }) => outcome);
}

describe("what people see of a lead", () => {
  it("a fact comes with the lead's own words and the message they are in", async () => {
    const { world } = await makeLead();
    const fact = await factOf(world, "teamSize");
    expect(fact).toMatchObject({ value: 12, source: "lead", by: null, type: "number", holds: "one" });
    const message = await world.backend.run(async (ctx) =>
      fact?.messageId === null || fact === undefined ? null : ctx.db.get("messages", fact.messageId),
    );
    expect(message?.text).toContain(fact?.quote);
  });

  it("the score is the sum of its reasons, and the steps say what was asked", async () => {
    const { world, conversationId } = await makeLead();
    const { score, spin, missing, quiet } = await leadOf(world, conversationId);
    expect(score.value).toBe(Math.round(score.reasons.reduce((sum, { points }) => sum + points, 0)));
    expect(Object.values(spin).map(({ state }) => state)).toContain("asked");
    expect(missing.find(({ key }) => key === "decisionMaker")).toMatchObject({ isRequired: true, type: "boolean" });
    expect(missing.map(({ key }) => key)).not.toContain("teamSize");
    expect(quiet).toBeNull();
  });

  it("a hand-off says why, who and what is needed, and a take-over clears it", async () => {
    const { world, conversationId } = await makeLead();
    await world.hear("two", { text: "Quero falar com um atendente humano" });
    await world.jobs.run(MINUTE_MS);
    const { attention, outcome } = await leadOf(world, conversationId);
    expect(outcome).toBe("handed_off");
    expect(attention?.reason).toBe("asked_for_person");
    expect(attention?.summary?.who).toContain("Carla");
    await world.org.as.sdr.mutation(api.inbox.conversations.takeOver, { conversationId });
    expect((await leadOf(world, conversationId)).attention).toBeNull();
  });

  it("a take-over that is taken back leaves the lead waiting as before, with the reason, and nobody's", async () => {
    const { world, conversationId } = await makeLead();
    await world.hear("two", { text: "Quero falar com um atendente humano" });
    await world.jobs.run(MINUTE_MS);
    const { attention } = await leadOf(world, conversationId);
    const { sdr, admin, viewer } = world.org.as;
    await sdr.mutation(api.inbox.conversations.takeOver, { conversationId });
    const back = { conversationId, before: { handler: "none", status: "waiting", isAssigned: false } } as const;
    await expect(admin.mutation(api.inbox.conversations.undoTakeOver, back)).rejects.toThrow("conflict");
    await sdr.mutation(api.inbox.conversations.undoTakeOver, back);
    expect((await leadOf(world, conversationId)).attention).toEqual(attention);
    const row = await viewer.query(api.inbox.conversations.get, { conversationId });
    expect(row).toMatchObject({ status: "waiting", handler: "none", assignee: null });
    const said = await runsOf(world);
    await world.jobs.run(5 * MINUTE_MS);
    expect(await runsOf(world)).toEqual(said);
  });

  it("a take-over from the agent that is taken back gives the agent its say, and takes no assignee away", async () => {
    const { world, conversationId } = await makeLead();
    const { sdr, viewer } = world.org.as;
    const { admin: memberId } = world.org.members;
    await sdr.mutation(api.inbox.conversations.assign, { conversationId, memberId });
    await sdr.mutation(api.inbox.conversations.takeOver, { conversationId });
    await world.hear("two", { text: "Somos de São Paulo" });
    const before = { handler: "agent", status: "open", isAssigned: true } as const;
    await sdr.mutation(api.inbox.conversations.undoTakeOver, { conversationId, before });
    await world.jobs.run(MINUTE_MS);
    expect(await runsOf(world)).toEqual(["spoke", "spoke"]);
    const row = await viewer.query(api.inbox.conversations.get, { conversationId });
    expect(row).toMatchObject({ handler: "agent", assignee: { memberId } });
  });

  it("a turn that ended in silence says so, with its reason", async () => {
    const { world, conversationId } = await makeLead();
    await world.hear("two", { text: "Resposta automática: estou fora do escritório" });
    await world.jobs.run(MINUTE_MS);
    const { quiet, attention } = await leadOf(world, conversationId);
    expect(quiet?.reason).toBe("automatic_reply");
    expect(attention?.reason).toBe("automatic_reply");
    const trace = await world.org.as.viewer.query(api.agent.traces.get, { turnId: quiet?.turnId ?? "" });
    expect(trace).toMatchObject({ ended: "silent", move: "stay_silent", conversationId });
  });
});

describe("a person's correction", () => {
  it("replaces what was read, keeps it as history, and is on record", async () => {
    const { world, conversationId, correct } = await makeLead();
    const factId = await correct("teamSize", 40);
    expect(await factOf(world, "teamSize")).toMatchObject({
      _id: factId,
      value: 40,
      source: "member",
      by: "sdr of acme",
      quote: null,
    });
    const rows = await world.backend.run(async (ctx) => ctx.db.query("facts").collect());
    expect(rows.find(({ value }) => value === 12)).toMatchObject({ supersededBy: factId, source: "lead" });
    const audit = await world.backend.run(async (ctx) => ctx.db.query("audit").collect());
    expect(audit.at(-1)).toMatchObject({
      action: "lead.fact_corrected",
      target: conversationId,
      actor: { kind: "member", memberId: world.org.members.sdr },
    });
  });

  it("of the name is what every list and search calls them, whatever the provider says later", async () => {
    const { world, conversationId, correct, forget } = await makeLead();
    const { viewer } = world.org.as;
    const title = async () => (await viewer.query(api.inbox.conversations.get, { conversationId })).title;
    const before = await title();
    await correct("teamSize", 40);
    expect(await title()).toBe(before);
    await correct("name", "Carla Nogueira");
    expect(await title()).toBe("Carla Nogueira");
    await world.hear("two", { text: "Oi de novo", senderName: "carlinha ✨" });
    expect(await title()).toBe("Carla Nogueira");
    expect(await viewer.query(api.inbox.conversations.search, { text: "nogueira" })).toHaveLength(1);
    await forget("name");
    expect(await title()).toBe("carlinha ✨");
    expect(await viewer.query(api.inbox.conversations.search, { text: "nogueira" })).toHaveLength(0);
  });

  it("of the name, taken back, gives the provider's name back", async () => {
    const { world, conversationId, correct } = await makeLead();
    const title = async () => (await world.org.as.viewer.query(api.inbox.conversations.get, { conversationId })).title;
    const before = await title();
    const factId = await correct("name", "Carla Nogueira");
    await world.org.as.sdr.mutation(api.agent.leads.undo, { conversationId, factId });
    expect(await title()).toBe(before);
  });

  it("is never overwritten by what the agent reads later", async () => {
    const { world, correct } = await makeLead();
    await correct("teamSize", 40);
    await world.hear("two", { text: "Na verdade somos 15 vendedores" });
    await world.jobs.run(MINUTE_MS);
    expect(await runsOf(world)).toEqual(["spoke", "spoke"]);
    expect(await factOf(world, "teamSize")).toMatchObject({ value: 40, source: "member" });
  });

  it("made while a turn runs makes it begin again with what is so", async () => {
    const { world, correct } = await makeLead();
    await world.hear("two", { text: "Na verdade somos 15 vendedores" });
    let thoughts = 0;
    world.jobs.thinks = async () => {
      thoughts += 1;
      if (thoughts > 1) return true;
      const commit = await thinkNow(world);
      await correct("teamSize", 40);
      await commit();
      return false;
    };
    await world.jobs.run(5 * MINUTE_MS);
    expect(await runsOf(world)).toEqual(["spoke", "stale", "spoke"]);
    expect(await factOf(world, "teamSize")).toMatchObject({ value: 40, source: "member" });
  });

  it("wins over a turn that may not begin again, and over its score", async () => {
    const { world, conversationId, correct } = await makeLead();
    await world.hear("two", { text: "Na verdade somos 15 vendedores" });
    const sizes = [41, 42, 43];
    world.jobs.thinks = async () => {
      const commit = await thinkNow(world);
      await correct("teamSize", sizes.shift() ?? 44);
      await commit();
      return false;
    };
    await world.jobs.run(5 * MINUTE_MS);
    expect(await runsOf(world)).toEqual(["spoke", "stale", "stale", "spoke"]);
    expect(await factOf(world, "teamSize")).toMatchObject({ value: 43, source: "member" });
    const { score } = await leadOf(world, conversationId);
    const ofTeam = score.reasons.find(({ subject }) => subject === "Time de duas pessoas ou mais");
    expect(ofTeam).toMatchObject({ points: 10 });
    // The proof of a number that nobody believes is not shown for it.
    expect(ofTeam?.evidence).toBeUndefined();
  });

  it("changes score and outcome at once", async () => {
    const { world, conversationId, correct } = await makeLead();
    const before = await leadOf(world, conversationId);
    await correct("decisionMaker", true);
    const after = await leadOf(world, conversationId);
    expect(after.score.value).toBe(before.score.value + 15);
    expect(after.score.reasons.map(({ subject }) => subject)).toContain("Decide a compra");
  });

  it("of one of many values leaves the others", async () => {
    const { world, conversationId, correct } = await makeLead();
    const first = await correct("problem", "planilha perdida");
    await correct("problem", "demora para responder");
    await correct("problem", "planilhas perdidas", first);
    const { facts } = await leadOf(world, conversationId);
    const problems = facts.filter(({ key }) => key === "problem").map(({ value }) => value);
    expect(new Set(problems)).toEqual(new Set(["demora para responder", "planilhas perdidas"]));
  });

  it("can be taken back: the lead's own words are what is known again", async () => {
    const { world, conversationId, correct } = await makeLead();
    const factId = await correct("teamSize", 40);
    await world.org.as.sdr.mutation(api.agent.leads.undo, { conversationId, factId });
    expect(await factOf(world, "teamSize")).toMatchObject({ value: 12, source: "lead" });
    const again = world.org.as.sdr.mutation(api.agent.leads.undo, { conversationId, factId });
    await expect(again).rejects.toThrow("conflict");
  });

  it("that added a fact can be taken back", async () => {
    const { world, conversationId, correct } = await makeLead();
    const factId = await correct("location", "Recife");
    await world.org.as.sdr.mutation(api.agent.leads.undo, { conversationId, factId });
    expect(await factOf(world, "location")).toBeUndefined();
  });

  it.each([
    { key: "teamSize", value: "doze", reason: "wrong_type" },
    { key: "teamSize", value: -1, reason: "not_a_number" },
    { key: "company", value: "   ", reason: "empty" },
    { key: "email", value: "carla", reason: "not_an_email" },
    { key: "shoeSize", value: 38, reason: "unknown" },
  ])("of $key to $value is refused as $reason", async ({ key, value, reason }) => {
    const { correct } = await makeLead();
    await expect(correct(key, value)).rejects.toThrow(reason);
  });
});

describe("a fact that a person removed", () => {
  it("is gone with the points it gave, and is not read again from the same words", async () => {
    const { world, conversationId, forget } = await makeLead();
    const fact = await factOf(world, "teamSize");
    const before = await leadOf(world, conversationId);
    await forget("teamSize");
    const after = await leadOf(world, conversationId);
    expect(after.facts.map(({ key }) => key)).not.toContain("teamSize");
    expect(after.missing.map(({ key }) => key)).toContain("teamSize");
    expect(after.score.value).toBeLessThan(before.score.value);
    await world.hear("two", { text: "Tudo certo?" });
    world.jobs.thinks = async () => {
      const messageId = fact?.messageId ?? "";
      const again = { key: "teamSize", value: 12, confidence: 1, messageId, quote: "12 vendedores" };
      const commit = await thinkNow(world, [{ kind: "add", fact: again }]);
      await commit();
      return false;
    };
    await world.jobs.run(MINUTE_MS);
    expect(await runsOf(world)).toEqual(["spoke", "spoke"]);
    expect(await factOf(world, "teamSize")).toBeUndefined();
  });

  it("is learned again when the lead says it anew", async () => {
    const { world, forget } = await makeLead();
    await forget("teamSize");
    await world.jobs.run(MINUTE_MS);
    await world.hear("two", { text: "Somos 12 vendedores", providerAt: Date.now() });
    await world.jobs.run(MINUTE_MS);
    expect(await factOf(world, "teamSize")).toMatchObject({ value: 12, source: "lead" });
  });

  it("takes what it had replaced with it, and comes back alone", async () => {
    const { world, conversationId, correct, forget } = await makeLead();
    const factId = await correct("teamSize", 40);
    await forget("teamSize");
    expect(await factOf(world, "teamSize")).toBeUndefined();
    await world.org.as.sdr.mutation(api.agent.leads.undo, { conversationId, factId });
    expect(await factOf(world, "teamSize")).toMatchObject({ value: 40, source: "member" });
    await expect(forget("timeline")).rejects.toThrow("not_found");
  });

  it("does not come back over what was said since", async () => {
    const { world, conversationId, correct, forget } = await makeLead();
    const gone = await factOf(world, "teamSize");
    if (gone === undefined) throw new Error("The lead said it");
    await forget("teamSize");
    await correct("teamSize", 40);
    const undo = world.org.as.sdr.mutation(api.agent.leads.undo, { conversationId, factId: gone._id });
    await expect(undo).rejects.toThrow("conflict");
  });
});

describe("the wall", () => {
  it("a member of another organization finds no lead, no fact and no turn", async () => {
    const { world, conversationId } = await makeLead();
    const other = await makeOrg(world.backend, "bravo");
    const fact = await factOf(world, "teamSize");
    const factId = fact?._id;
    if (factId === undefined) throw new Error("The lead said it");
    const turn = await world.backend.run(async (ctx) => ctx.db.query("turnRuns").first());
    const { owner } = other.as;
    const { leads, traces } = api.agent;
    await expect(owner.query(leads.get, { conversationId })).rejects.toThrow("not_found");
    const one = { conversationId, key: "teamSize" };
    await expect(owner.mutation(leads.correct, { ...one, value: 1 })).rejects.toThrow("not_found");
    await expect(owner.mutation(leads.forget, one)).rejects.toThrow("not_found");
    await expect(owner.mutation(leads.undo, { conversationId, factId })).rejects.toThrow("not_found");
    await expect(owner.query(traces.get, { turnId: turn?._id ?? "" })).rejects.toThrow("not_found");
    await expect(owner.query(traces.get, { turnId: "typed by hand" })).rejects.toThrow("not_found");
  });

  it("a viewer sees and does not change", async () => {
    const { world, conversationId } = await makeLead();
    const { viewer } = world.org.as;
    expect(await viewer.query(api.agent.leads.get, { conversationId })).not.toBeNull();
    const change = viewer.mutation(api.agent.leads.correct, { conversationId, key: "teamSize", value: 1 });
    await expect(change).rejects.toThrow("forbidden");
    await expect(viewer.mutation(api.agent.leads.forget, { conversationId, key: "teamSize" })).rejects.toThrow(
      "forbidden",
    );
  });
});

/** The run that holds the turn reads and decides now; what it answers commits that. */
async function thinkNow(world: World, factChanges?: readonly FactChange[]): Promise<() => Promise<unknown>> {
  const { orgId } = world.org;
  const { _id: conversationId } = await theConversation(world);
  const turn = await world.backend.run(async (ctx) => ctx.db.query("turns").first());
  const held = { orgId, conversationId, token: turn?.turn.token ?? 0 };
  const snapshot = await world.backend.query(internal.agent.turns.snapshot, { ...held, now: Date.now() });
  if (snapshot === null) throw new Error("The run holds the turn");
  const read = await runTurn(snapshot.input);
  const result = describeResult({ ...read, ...(factChanges === undefined ? {} : { factChanges }) });
  return async () =>
    world.backend.mutation(internal.agent.turns.commit, { ...held, read: snapshot.read, startedAt: 1, result });
}
