/** What a connection's conversations share: the pace at which they send, and a line that only a person can bring back. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { SendResult } from "../../lib/domain/lane-outcome.ts";
import { paceOf } from "../../lib/domain/pace.ts";
import { api } from "../_generated/api";
import { makeWorld, type World } from "./test.setup.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const LOCKED_OUT: SendResult = { kind: "failed", failure: { class: "auth_expired" } };

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date", "setTimeout", "clearTimeout"] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Conversations of one connection, each taken over by a member who writes to them. */
async function makeTalks(count: number) {
  const world = await makeWorld();
  for (let index = 0; index < count; index += 1) {
    await world.hear(`hello ${index}`, { chat: { kind: "phone", value: `55119876${String(10_000 + index)}` } });
  }
  const conversations = await world.backend.run(async (ctx) => ctx.db.query("conversations").collect());
  const reply = async (index: number, text: string) => {
    const conversationId = conversations[index]?._id;
    if (conversationId === undefined) throw new Error("There are fewer conversations");
    await world.org.as.sdr.mutation(api.inbox.messages.reply, { conversationId, text, clientId: text });
  };
  return { world, reply, ...world };
}

async function deliveriesOf({ backend }: Pick<World, "backend">) {
  return backend.run(async (ctx) => ctx.db.query("deliveries").collect());
}

/** The provider says that a phone is paired, or that it was logged out. */
async function connection(world: World, state: "open" | "closed") {
  const reason = state === "closed" ? { reason: "logged_out" as const } : {};
  await world.report({ type: "connection", key: `connection:${state}:${Date.now()}`, state, ...reason });
}

describe("the connection's limiter", () => {
  it("lets a burst over many conversations leave at its pace, each in order, and loses nothing", async () => {
    const { reply, jobs } = await makeTalks(40);
    const sentAt: number[] = [];
    jobs.answer = (text) => {
      sentAt.push(Date.now());
      return { kind: "sent", externalId: text };
    };
    for (let index = 0; index < 40; index += 1) {
      await reply(index, `${index} first`);
      await reply(index, `${index} second`);
    }
    await jobs.run(MINUTE_MS);
    expect(new Set(jobs.requests).size).toBe(80);
    expect(jobs.requests).toHaveLength(80);
    for (let index = 0; index < 40; index += 1) {
      const own = jobs.requests.filter((text) => text.startsWith(`${index} `));
      expect(own).toEqual([`${index} first`, `${index} second`]);
    }
    const { perSecond, burst } = paceOf("whatsapp") ?? { perSecond: 0, burst: 0 };
    const busiest = Math.max(...sentAt.map((at) => sentAt.filter((other) => other >= at && other < at + 1_000).length));
    expect(busiest).toBeLessThanOrEqual(perSecond + burst);
    const took = Math.max(...sentAt) - Math.min(...sentAt);
    expect(took).toBeGreaterThan(((80 - burst) / perSecond) * 1_000 - 1_000);
    expect(took).toBeLessThan(10_000);
  });

  it("is asked once for each message, and counts no attempt while one waits", async () => {
    const { world, reply, jobs } = await makeTalks(30);
    for (let index = 0; index < 30; index += 1) await reply(index, String(index));
    await jobs.run(MINUTE_MS);
    const rows = await deliveriesOf(world);
    expect(rows.map(({ state, attempt, slotAt }) => ({ state, attempt, slotAt }))).toEqual(
      rows.map(() => ({ state: "sent", attempt: 1, slotAt: undefined })),
    );
  });
});

describe("an account that does not let us in", () => {
  it("asks for a person, and what is queued in all its conversations waits without an attempt", async () => {
    const { world, reply, jobs } = await makeTalks(2);
    jobs.answer = () => LOCKED_OUT;
    await reply(0, "one");
    await jobs.run(6_000);
    await reply(0, "two");
    await reply(1, "three");
    await jobs.run(HOUR_MS);
    const row = await world.backend.run(async (ctx) => ctx.db.query("connections").first());
    expect(row?.status).toMatchObject({ kind: "action_needed", reason: "logged_out" });
    expect(jobs.requests).toEqual(["one"]);
    expect((await deliveriesOf(world)).map(({ state, attempt }) => `${state} ${attempt}`)).toEqual([
      "queued 0",
      "queued 0",
      "queued 0",
    ]);
    expect(await world.backend.run(async (ctx) => ctx.db.query("deadLetters").collect())).toEqual([]);
  });

  it("once it is connected again, everything leaves in its order", async () => {
    const { world, reply, jobs } = await makeTalks(2);
    jobs.answer = () => LOCKED_OUT;
    await reply(0, "one");
    await jobs.run(6_000);
    await reply(0, "two");
    await reply(1, "three");
    await jobs.run(HOUR_MS);
    jobs.answer = (text) => ({ kind: "sent", externalId: text });
    await connection(world, "open");
    await jobs.run(1_000);
    expect(jobs.requests.slice(1).toSorted()).toEqual(["one", "three", "two"]);
    expect(jobs.requests.indexOf("two")).toBeGreaterThan(jobs.requests.lastIndexOf("one"));
    expect((await deliveriesOf(world)).map(({ state }) => state)).toEqual(["sent", "sent", "sent"]);
  });

  it("when it stays so, the writer of a message is told that it was not sent, and nothing leaves later", async () => {
    const { world, reply, jobs } = await makeTalks(1);
    await connection(world, "closed");
    await reply(0, "one");
    await jobs.run(25 * HOUR_MS);
    await connection(world, "open");
    await jobs.run(HOUR_MS);
    expect(jobs.requests).toEqual([]);
    const [message] = await world.backend.run(async (ctx) => {
      const all = await ctx.db.query("messages").collect();
      return all.filter(({ direction }) => direction === "outbound");
    });
    expect(message).toMatchObject({ status: "failed", error: "connection_down" });
    const letters = await world.backend.run(async (ctx) => ctx.db.query("deadLetters").collect());
    expect(letters).toMatchObject([{ kind: "delivery", reason: "connection_down" }]);
  });

  it("what the agent wanted to say is out of place after an hour, and is not said", async () => {
    const world = await makeWorld();
    await connection(world, "closed");
    await world.hear("hello", { text: "Oi" });
    await world.jobs.run(2 * HOUR_MS);
    await connection(world, "open");
    await world.jobs.run(HOUR_MS);
    expect(world.jobs.requests).toEqual([]);
    const states = (await deliveriesOf(world)).map(({ state }) => state);
    expect(states.length).toBeGreaterThan(0);
    expect(new Set(states)).toEqual(new Set(["dead"]));
  });

  it("a person may take back what waits", async () => {
    const { world, reply, jobs } = await makeTalks(1);
    await connection(world, "closed");
    await reply(0, "one");
    await jobs.run(HOUR_MS);
    const [row] = await deliveriesOf(world);
    if (row === undefined) throw new Error("There is a delivery");
    await world.org.as.sdr.mutation(api.inbox.messages.cancelSend, { messageId: row.messageId });
    await connection(world, "open");
    await jobs.run(HOUR_MS);
    expect(jobs.requests).toEqual([]);
  });
});
