import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { fingerprintMessage } from "../../lib/connectors/fingerprint.ts";
import type { SendResult } from "../../lib/domain/lane-outcome.ts";
import { MAX_ATTEMPTS } from "../../lib/domain/lane-state.ts";
import { api, internal } from "../_generated/api";
import { makeWorld, theConversation, thread, type World } from "./test.setup.ts";

const MINUTE_MS = 60_000;
const UNREACHABLE: SendResult = { kind: "failed", failure: { class: "unreachable", ambiguous: false } };
const UNCLEAR: SendResult = { kind: "failed", failure: { class: "unreachable", ambiguous: true } };

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date", "setTimeout", "clearTimeout"] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** A contact wrote, and a member took over: what leaves is what the test writes. */
async function makeTalk() {
  const world = await makeWorld();
  await world.hear("hello");
  const { _id: conversationId } = await theConversation(world);
  const { sdr } = world.org.as;
  const reply = (text: string) =>
    sdr.mutation(api.inbox.messages.reply, { conversationId, text, clientId: `client ${text}` });
  const states = async () => {
    const sent = (await thread(world)).filter(({ direction }) => direction === "outbound");
    return sent.map(({ text, status }) => `${text}: ${status}`);
  };
  return { ...world, world, conversationId, sdr, reply, states };
}

async function deadLetters({ backend }: World) {
  return backend.run(async (ctx) => ctx.db.query("deadLetters").collect());
}

describe("I3: once out", () => {
  it("an attempt is marked before the request leaves", async () => {
    const { world, reply, jobs } = await makeTalk();
    await reply("one");
    const marked: string[] = [];
    jobs.answer = (text) => ({ kind: "sent", externalId: text });
    const fire = jobs.settle.bind(jobs);
    jobs.settle = async (attempt, result) => {
      const row = await world.backend.run(async (ctx) => ctx.db.get("deliveries", attempt.deliveryId));
      marked.push(`${row?.state} ${row?.attempt}`);
      await fire(attempt, result);
    };
    await jobs.run(MINUTE_MS);
    expect(marked).toEqual(["sending 1"]);
  });

  it("an action that dies leaves its message unconfirmed, and nobody sends it again", async () => {
    const { reply, jobs, states } = await makeTalk();
    await reply("one");
    jobs.answer = () => undefined;
    await jobs.run(20_000);
    expect(await states()).toEqual(["one: sending"]);
    await jobs.run(10 * MINUTE_MS);
    expect(await states()).toEqual(["one: unknown"]);
    expect(jobs.requests).toEqual(["one"]);
  });

  it("after an unclear outcome the lane goes on when a minute is over, and a late answer still settles it", async () => {
    const { reply, jobs, states } = await makeTalk();
    await reply("one");
    await reply("two");
    let first: Parameters<typeof jobs.settle>[0] | undefined;
    jobs.answer = (text, attempt) => {
      if (text === "two") return { kind: "sent", externalId: "two" };
      first = attempt;
      return UNCLEAR;
    };
    await jobs.run(30_000);
    expect(jobs.requests).toEqual(["one"]);
    await jobs.run(2 * MINUTE_MS);
    expect(await states()).toEqual(["one: unknown", "two: sent"]);
    if (first === undefined) throw new Error("There was a request");
    await jobs.settle(first, { kind: "sent", externalId: "one" });
    await jobs.run(MINUTE_MS);
    expect(await states()).toEqual(["one: sent", "two: sent"]);
    expect(jobs.requests).toEqual(["one", "two"]);
  });

  it("the echo comes before the answer: one message, and nobody is silenced", async () => {
    const { world, conversationId, sdr, jobs, hear } = await makeTalk();
    await jobs.run(MINUTE_MS);
    const before = await thread(world);
    const [, ours] = before;
    expect(ours?.author.kind).toBe("agent");
    expect((await theConversation(world)).handler.kind).toBe("agent");
    await sdr.mutation(api.inbox.messages.reply, { conversationId, text: "one", clientId: "1" });
    await sdr.mutation(api.inbox.conversations.giveBack, { conversationId });
    let attempt: Parameters<typeof jobs.settle>[0] | undefined;
    jobs.answer = (_text, given) => {
      attempt = given;
      return undefined;
    };
    await jobs.run(6_000);
    await hear("e1", echoOf("one"));
    if (attempt === undefined) throw new Error("There was a request");
    await jobs.settle(attempt, { kind: "sent", externalId: "e1" });
    const after = await thread(world);
    expect(after.at(-1)).toMatchObject({ text: "one", externalId: "e1", status: "sent" });
    expect(after).toHaveLength(before.length + 1);
    expect((await theConversation(world)).handler.kind).toBe("agent");
  });

  it("the echo comes after a time-out: it is the proof", async () => {
    const { world, reply, jobs, hear, states } = await makeTalk();
    await reply("one");
    jobs.answer = () => undefined;
    await jobs.run(40_000);
    await hear("e1", { ...echoOf("one"), providerAt: Date.now() - 34_000 });
    expect(await states()).toEqual(["one: sent"]);
    expect((await thread(world)).filter(({ text }) => text === "one")).toHaveLength(1);
    await jobs.run(10 * MINUTE_MS);
    expect(jobs.requests).toEqual(["one"]);
  });

  it("an answer that disagrees with the echo wins: the echo was a person on the phone", async () => {
    const { world, reply, jobs, hear } = await makeTalk();
    await reply("one");
    let attempt: Parameters<typeof jobs.settle>[0] | undefined;
    jobs.answer = (_text, given) => {
      attempt = given;
      return undefined;
    };
    await jobs.run(6_000);
    await hear("e1", echoOf("one"));
    if (attempt === undefined) throw new Error("There was a request");
    await jobs.settle(attempt, { kind: "sent", externalId: "other" });
    const said = (await thread(world)).filter(({ text }) => text === "one");
    expect(said.map(({ externalId }) => externalId)).toEqual(["other", "e1"]);
  });

  it("a look-up that finds the message settles it, and the lane goes on", async () => {
    const { world, reply, jobs, states, org, backend } = await makeTalk();
    await reply("one");
    await reply("two");
    jobs.answer = (text, attempt) => {
      if (text === "two") return { kind: "sent", externalId: "two" };
      doubt = attempt;
      return UNCLEAR;
    };
    let doubt: Parameters<typeof jobs.settle>[0] | undefined;
    await jobs.run(6_000);
    if (doubt === undefined) throw new Error("There was a request");
    const job = { ...doubt, orgId: org.orgId };
    const question = await backend.query(internal.inbox.deliveries.loadDoubt, job);
    expect(question).toMatchObject({ chat: { kind: "phone" }, excluded: ["hello"] });
    await backend.mutation(internal.inbox.deliveries.confirm, { ...job, externalId: "one", status: "delivered" });
    await jobs.run(20_000);
    expect(await states()).toEqual(["one: delivered", "two: sent"]);
    expect(await deadLetters(world)).toEqual([]);
  });

  it("a person may send again what was not confirmed", async () => {
    const { world, reply, sdr, jobs, states } = await makeTalk();
    const messageId = await reply("one");
    jobs.answer = () => undefined;
    await jobs.run(5 * MINUTE_MS);
    jobs.answer = () => ({ kind: "sent", externalId: "again" });
    await sdr.mutation(api.inbox.messages.retrySend, { messageId });
    await jobs.run(MINUTE_MS);
    expect(await states()).toEqual(["one: sent"]);
    expect(jobs.requests).toEqual(["one", "one"]);
    await expect(sdr.mutation(api.inbox.messages.retrySend, { messageId })).rejects.toThrow("conflict");
    expect(await thread(world)).toHaveLength(2);
  });

  it("a message is taken back within five seconds, and not later", async () => {
    const { reply, sdr, jobs, states } = await makeTalk();
    const messageId = await reply("one");
    await jobs.run(4_000);
    await sdr.mutation(api.inbox.messages.cancelSend, { messageId });
    const later = await reply("two");
    await jobs.run(MINUTE_MS);
    expect(await states()).toEqual(["one: cancelled", "two: sent"]);
    expect(jobs.requests).toEqual(["two"]);
    await expect(sdr.mutation(api.inbox.messages.cancelSend, { messageId: later })).rejects.toThrow("conflict");
  });
});

describe("I4: order", () => {
  it("the second message waits while the first waits for its retry", async () => {
    const { reply, jobs, states } = await makeTalk();
    await reply("one");
    await reply("two");
    let failures = 0;
    jobs.answer = (text) => {
      if (text === "two" || failures === 3) return { kind: "sent", externalId: text };
      failures += 1;
      return UNREACHABLE;
    };
    await jobs.run(5 * MINUTE_MS);
    expect(jobs.requests).toEqual(["one", "one", "one", "one", "two"]);
    expect(await states()).toEqual(["one: sent", "two: sent"]);
  });

  it("the provider's wish to wait is obeyed", async () => {
    const { reply, jobs } = await makeTalk();
    await reply("one");
    jobs.answer = () => ({ kind: "failed", failure: { class: "rate_limited", retryAfterMs: 2 * MINUTE_MS } });
    await jobs.run(MINUTE_MS);
    jobs.answer = () => ({ kind: "sent", externalId: "one" });
    await jobs.run(MINUTE_MS);
    expect(jobs.requests).toEqual(["one"]);
    await jobs.run(MINUTE_MS);
    expect(jobs.requests).toEqual(["one", "one"]);
  });
});

describe("I6: one voice on the way out", () => {
  it("the agent is switched off with messages queued: none of them leaves", async () => {
    const { world, org, jobs, states } = await makeTalk();
    jobs.answer = () => UNREACHABLE;
    await jobs.run(world.pacing.debounceMs + 1_000);
    expect(jobs.requests.length).toBeGreaterThan(0);
    const tried = jobs.requests.length;
    await org.as.admin.mutation(api.agent.control.setEnabled, { enabled: false });
    jobs.answer = () => ({ kind: "sent", externalId: "too late" });
    await jobs.run(10 * MINUTE_MS);
    expect(jobs.requests).toHaveLength(tried);
    const deliveries = await world.backend.run(async (ctx) => ctx.db.query("deliveries").collect());
    expect(deliveries.map(({ state }) => state)).toEqual(deliveries.map(() => "cancelled"));
    expect((await states()).length).toBe(deliveries.length);
  });

  it("a person who takes over cancels what the agent has queued, in the same transaction", async () => {
    const { world, conversationId, sdr, jobs } = await makeTalk();
    jobs.answer = () => UNREACHABLE;
    await jobs.run(world.pacing.debounceMs + 1_000);
    await sdr.mutation(api.inbox.conversations.takeOver, { conversationId });
    const deliveries = await world.backend.run(async (ctx) => ctx.db.query("deliveries").collect());
    expect(deliveries.map(({ state }) => state)).toEqual(deliveries.map(() => "cancelled"));
    const tried = jobs.requests.length;
    await jobs.run(10 * MINUTE_MS);
    expect(jobs.requests).toHaveLength(tried);
  });
});

describe("I9: outbox", () => {
  it("after its last attempt a message is failed and a dead letter, and the lane goes on", async () => {
    const { world, reply, jobs, states } = await makeTalk();
    const messageId = await reply("one");
    await reply("two");
    jobs.answer = (text) => (text === "one" ? UNREACHABLE : { kind: "sent", externalId: text });
    await jobs.run(30 * MINUTE_MS);
    expect(jobs.requests).toEqual([...Array.from({ length: MAX_ATTEMPTS }, () => "one"), "two"]);
    expect(await states()).toEqual(["one: failed", "two: sent"]);
    expect(await deadLetters(world)).toMatchObject([{ kind: "delivery", ref: messageId, reason: "unreachable" }]);
  });

  it("a dead letter leads to its conversation, and is settled once the message is sent again", async () => {
    const { world, reply, jobs, conversationId } = await makeTalk();
    const messageId = await reply("one");
    jobs.answer = () => UNREACHABLE;
    await jobs.run(30 * MINUTE_MS);
    const { as } = world.org;
    const listed = async () => as.admin.query(api.ops.deadLetters.list, {});
    expect(await listed()).toMatchObject([{ conversationId, isSettled: false }]);
    jobs.answer = (text) => ({ kind: "sent", externalId: text });
    await as.sdr.mutation(api.inbox.messages.retrySend, { messageId });
    await jobs.run(MINUTE_MS);
    expect(await listed()).toMatchObject([{ conversationId, isSettled: true }]);
  });

  it("a lane whose job was lost is found by the sweeper", async () => {
    const { backend, reply, jobs } = await makeTalk();
    await reply("one");
    await backend.run(async (ctx) => {
      for (const { _id } of await ctx.db.system.query("_scheduled_functions").collect())
        await ctx.scheduler.cancel(_id);
    });
    await jobs.run(MINUTE_MS);
    expect(jobs.requests).toEqual([]);
    await backend.mutation(internal.inbox.jobs.sweepLanes, {});
    await jobs.run(MINUTE_MS);
    expect(jobs.requests).toEqual(["one"]);
  });
});

function echoOf(text: string) {
  return { fromMe: true, text, fingerprint: fingerprintMessage({ kind: "text", text }) };
}
