import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { api } from "../_generated/api";
import { makeWorld, theConversation, type World } from "../inbox/test.setup.ts";

const MINUTE_MS = 60_000;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date", "setTimeout", "clearTimeout"] });
});
afterEach(() => {
  vi.useRealTimers();
});

async function eventsOf({ backend }: World) {
  return backend.run(async (ctx) => ctx.db.query("events").collect());
}

describe("what happened is written with the fact", () => {
  it("what was heard and what was said, each once, by whom, and what the webhook was", async () => {
    const world = await makeWorld();
    await world.hear("one", { text: "Oi, temos 12 vendedores" });
    await world.hear("one", { text: "Oi, temos 12 vendedores" });
    await world.jobs.run(MINUTE_MS);
    const events = await eventsOf(world);
    const messages = await world.backend.run(async (ctx) => ctx.db.query("messages").collect());
    const [heard, ...said] = messages.map(({ _id }) => _id);
    const keys = events.map(({ key }) => key);
    expect(keys.filter((key) => key.startsWith("message.received"))).toEqual([`message.received.v1:${heard}`]);
    expect(keys.filter((key) => key.startsWith("message.sent"))).toEqual(said.map((id) => `message.sent.v1:${id}`));
    expect(events[0]).toMatchObject({ correlationId: "correlation", event: { payload: { kind: "text" } } });
    expect(events.map(({ event }) => event.type)).toContain("qualification.changed");
  });

  it("nobody's words are in it", async () => {
    const world = await makeWorld();
    await world.hear("one", { text: "Sou a Carla da Nexo, temos 12 vendedores", senderName: "Carla" });
    await world.jobs.run(MINUTE_MS);
    const text = JSON.stringify(await eventsOf(world));
    for (const word of ["Carla", "Nexo", "vendedores", "5511987654321"]) expect(text).not.toContain(word);
  });

  it("a member takes over, and it is told once", async () => {
    const world = await makeWorld();
    await world.hear("one");
    const { _id: conversationId } = await theConversation(world);
    await world.org.as.sdr.mutation(api.inbox.conversations.takeOver, { conversationId });
    await world.org.as.sdr.mutation(api.inbox.messages.reply, { conversationId, text: "Oi", clientId: "1" });
    const taken = (await eventsOf(world)).filter(({ event }) => event.type === "conversation.taken_over");
    expect(taken).toMatchObject([{ event: { payload: { conversationId, memberId: world.org.members.sdr } } }]);
  });

  it("the agent hands a conversation over, and a lead wants to be left alone", async () => {
    const world = await makeWorld();
    await world.hear("one", { text: "Quero falar com uma pessoa" });
    await world.jobs.run(MINUTE_MS);
    const other = await makeWorld();
    await other.hear("one", { text: "Pare de me mandar mensagens, por favor" });
    await other.jobs.run(MINUTE_MS);
    const types = async (one: World) => (await eventsOf(one)).map(({ event }) => event.type);
    expect(await types(world)).toContain("conversation.handed_off");
    expect(await types(other)).toContain("contact.opted_out");
  });

  it("a message that failed was not sent, and one that a person sends again is told when it is", async () => {
    const world = await makeWorld();
    await world.hear("one");
    const { _id: conversationId } = await theConversation(world);
    const { sdr } = world.org.as;
    const messageId = await sdr.mutation(api.inbox.messages.reply, { conversationId, text: "Oi", clientId: "1" });
    world.jobs.answer = () => ({ kind: "failed", failure: { class: "rejected", reason: "not_on_whatsapp" } });
    await world.jobs.run(MINUTE_MS);
    const sent = async () => (await eventsOf(world)).filter(({ event }) => event.type === "message.sent");
    expect(await sent()).toEqual([]);
    world.jobs.answer = () => ({ kind: "sent", externalId: "again" });
    await sdr.mutation(api.inbox.messages.retrySend, { messageId });
    await world.jobs.run(MINUTE_MS);
    expect(await sent()).toMatchObject([{ event: { payload: { messageId, author: "member" } } }]);
  });
});
