import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { InboundEvent, ReactionEvent } from "../../lib/connectors/events.ts";
import {
  makeBackend,
  makeConnection,
  makeOrg,
  messageEvent,
  receive,
  statusEvent,
  type Backend,
} from "../test.setup.ts";

const NOW = Date.UTC(2026, 0, 15, 12);

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
});
afterEach(() => {
  vi.useRealTimers();
});

async function open() {
  const backend = makeBackend();
  const { orgId } = await makeOrg(backend, "acme");
  const connection = await makeConnection(backend, { orgId });
  const take = (...events: InboundEvent[]) => receive(backend, connection, events);
  return { backend, orgId, connection, take };
}

const rows = (backend: Backend) =>
  backend.run(async (ctx) => ({
    contacts: await ctx.db.query("contacts").collect(),
    identities: await ctx.db.query("identities").collect(),
    conversations: await ctx.db.query("conversations").collect(),
    messages: await ctx.db.query("messages").collect(),
  }));

const phone = (value: string) => ({ kind: "phone", value }) as const;
const lid = (value: string) => ({ kind: "lid", value: `${value}@lid` }) as const;
const WITH_9 = "5511987654321";
const WITHOUT_9 = "551187654321";

describe("who an address belongs to", () => {
  it.each([
    { first: WITH_9, second: WITHOUT_9 },
    { first: WITHOUT_9, second: WITH_9 },
  ])("the 9th-digit pair $first and $second is one contact and one conversation", async ({ first, second }) => {
    const { backend, take } = await open();
    await take(messageEvent("m1", { chat: phone(first) }));
    await take(messageEvent("m2", { chat: phone(second) }));
    await take(messageEvent("m3", { chat: phone(second), fromMe: true }));
    const { contacts, identities, conversations, messages } = await rows(backend);
    expect([contacts.length, conversations.length, messages.length]).toEqual([1, 1, 3]);
    expect(identities.map(({ value }) => value)).toEqual([first, second]);
  });

  it("the pair in one batch is one as well", async () => {
    const { backend, take } = await open();
    await take(messageEvent("m1", { chat: phone(WITH_9) }), messageEvent("m2", { chat: phone(WITHOUT_9) }));
    expect((await rows(backend)).conversations).toHaveLength(1);
  });

  it("landlines that differ by a digit are two contacts", async () => {
    const { backend, take } = await open();
    await take(
      messageEvent("m1", { chat: phone("551133334444") }),
      messageEvent("m2", { chat: phone("5511933334444") }),
    );
    expect((await rows(backend)).contacts).toHaveLength(2);
  });

  it("a hidden id and a phone are kept verbatim, and answered by phone", async () => {
    const { backend, take } = await open();
    await take(messageEvent("m1", { chat: lid("1289"), senderName: "Ana" }));
    const before = await rows(backend);
    expect(before.identities).toMatchObject([{ kind: "lid", value: "1289@lid" }]);
    expect(before.conversations[0]?.replyIdentityId).toBe(before.identities[0]?._id);
    await take(
      messageEvent("m2", { chat: lid("1289"), aliases: [phone(WITH_9)] }),
      messageEvent("m3", { chat: phone(WITH_9) }),
    );
    const { contacts, identities, conversations } = await rows(backend);
    expect(contacts).toMatchObject([{ name: "Ana", phone: WITH_9 }]);
    expect(identities.map(({ kind, value }) => `${kind} ${value}`)).toEqual(["lid 1289@lid", `phone ${WITH_9}`]);
    expect(conversations).toHaveLength(1);
    expect(conversations[0]?.replyIdentityId).toBe(identities[1]?._id);
  });

  it("addresses of two contacts: the chat's wins, the other is marked, no thread moves", async () => {
    const { backend, take } = await open();
    await take(messageEvent("m1", { chat: lid("7") }), messageEvent("m2", { chat: phone(WITH_9) }));
    const [first, second] = (await rows(backend)).contacts;
    await take(messageEvent("m3", { chat: lid("7"), aliases: [phone(WITHOUT_9)] }));
    const { contacts, conversations, messages } = await rows(backend);
    expect(contacts.map(({ duplicateOf }) => duplicateOf)).toEqual([undefined, first?._id]);
    expect(conversations.map(({ contactId }) => contactId)).toEqual([first?._id, second?._id]);
    expect(messages.map(({ conversationId }) => conversations.findIndex(({ _id }) => _id === conversationId))).toEqual([
      0, 1, 0,
    ]);
  });

  it("a contact of one organization is a stranger to another", async () => {
    const { backend, take } = await open();
    const { orgId } = await makeOrg(backend, "beta");
    const theirs = await makeConnection(backend, { orgId, name: "theirs" });
    await take(messageEvent("m1"));
    await receive(backend, theirs, [messageEvent("m1")]);
    const { contacts } = await rows(backend);
    expect(new Set(contacts.map((contact) => contact.orgId)).size).toBe(2);
  });

  it("the provider's name is taken until a member gives one, and an address book makes no leads", async () => {
    const { backend, take } = await open();
    const renamed = (key: string, name: string): InboundEvent => ({
      type: "contact",
      key,
      addresses: [phone(WITHOUT_9)],
      name,
    });
    await take(renamed("c0", "Nobody yet"));
    expect((await rows(backend)).contacts).toEqual([]);
    await take(messageEvent("m1", { senderName: "Ana" }), renamed("c1", "Ana Souza"));
    expect(await rows(backend)).toMatchObject({
      contacts: [{ name: "Ana Souza" }],
      conversations: [{ title: "Ana Souza" }],
    });
    await backend.run(async (ctx) => {
      const [contact] = await ctx.db.query("contacts").collect();
      if (contact !== undefined) await ctx.db.patch("contacts", contact._id, { name: "Dr. Ana", nameSource: "member" });
    });
    await take(renamed("c2", "Ana S."), messageEvent("m2", { senderName: "Aninha" }));
    expect((await rows(backend)).contacts).toMatchObject([{ name: "Dr. Ana" }]);
  });
});

describe("a group", () => {
  const group = { kind: "group", value: "120363@g.us" } as const;

  it("is kept with its senders, and nobody of ours speaks in it", async () => {
    const { backend, take } = await open();
    const inGroup = { chat: group, senders: [phone(WITH_9)], senderName: "Ana" };
    await take(messageEvent("g1", inGroup), messageEvent("g2", { ...inGroup, fromMe: true }));
    const { conversations, messages, contacts } = await rows(backend);
    expect(conversations).toMatchObject([{ isGroup: true, level: "off", handler: { kind: "none" } }]);
    expect(messages[0]?.author).toEqual({ kind: "contact", name: "Ana" });
    expect(contacts).toHaveLength(1);
    expect(contacts[0]?.name).toBeUndefined();
  });
});

describe("I4 order", () => {
  const order = async (backend: Backend) =>
    backend.run(async (ctx) => {
      const [conversation] = await ctx.db.query("conversations").collect();
      if (conversation === undefined) return [];
      const thread = await ctx.db
        .query("messages")
        .withIndex("by_conversation_and_sortAt_and_seq", (q) => q.eq("conversationId", conversation._id))
        .collect();
      return thread.map(({ externalId }) => externalId);
    });

  it("what comes late never slips in above what was shown, and keeps the provider's time", async () => {
    const { backend, take } = await open();
    await take(messageEvent("m1", { providerAt: NOW - 5_000 }));
    await take(messageEvent("m2", { providerAt: NOW - 60_000 }), messageEvent("m3", { providerAt: NOW - 4_000 }));
    expect(await order(backend)).toEqual(["m1", "m2", "m3"]);
    expect((await rows(backend)).messages.map(({ providerAt, sortAt }) => [providerAt, sortAt])).toEqual([
      [NOW - 5_000, NOW - 5_000],
      [NOW - 60_000, NOW - 5_000],
      [NOW - 4_000, NOW - 4_000],
    ]);
  });

  it("a provider whose clock is ahead does not push what follows out of order", async () => {
    const { backend, take } = await open();
    await take(messageEvent("m1", { providerAt: NOW + 3_600_000 }));
    vi.setSystemTime(NOW + 1_000);
    await take(messageEvent("m2", { providerAt: NOW + 1_000 }), messageEvent("m3"));
    expect(await order(backend)).toEqual(["m1", "m2", "m3"]);
  });

  it("two in the same second keep the order in which they came", async () => {
    const { backend, take } = await open();
    await take(...["b", "a", "c"].map((id) => messageEvent(id, { providerAt: NOW - 1_000 })));
    expect(await order(backend)).toEqual(["b", "a", "c"]);
  });
});

describe("I5 ladder, for what was written on the phone", () => {
  const mine = messageEvent("m1", { fromMe: true });
  const statuses = ["sent", "delivered", "read", "played"] as const;

  it.each([
    { order: [...statuses], ends: "played" },
    { order: statuses.toReversed(), ends: "played" },
    { order: ["read", "delivered", "sent"], ends: "read" },
    { order: ["delivered", "failed"], ends: "delivered" },
    { order: ["failed", "sent"], ends: "failed" },
    { order: ["failed", "read"], ends: "read" },
    { order: ["sending"], ends: "sent" },
  ] as const)("after $order it is $ends, before or after the message", async ({ order, ends }) => {
    const ticks = order.map((status) => statusEvent("m1", status));
    for (const events of [
      [mine, ...ticks],
      [...ticks, mine],
    ]) {
      const { backend, take } = await open();
      await take(...events);
      expect((await rows(backend)).messages).toMatchObject([{ status: ends }]);
      expect(await backend.run(async (ctx) => ctx.db.query("earlyStatuses").collect())).toEqual([]);
    }
  });

  it("a failure says why, until it is proven wrong", async () => {
    const { backend, take } = await open();
    await take(mine, { ...statusEvent("m1", "failed"), reason: "blocked" });
    expect((await rows(backend)).messages).toMatchObject([{ status: "failed", error: "blocked" }]);
    await take(statusEvent("m1", "read"));
    expect((await rows(backend)).messages[0]?.error).toBeUndefined();
  });

  it("ticks about the contact's own words change nothing", async () => {
    const { backend, take } = await open();
    await take(messageEvent("m1"), { ...statusEvent("m1", "read"), fromMe: false }, statusEvent("m1", "delivered"));
    expect((await rows(backend)).messages[0]?.status).toBeUndefined();
  });
});

describe("what is changed later", () => {
  const about = { chat: phone(WITH_9), aliases: [], fromMe: false, externalId: "m1" };
  const edit = (text: string, at: number): InboundEvent => ({
    type: "edit",
    key: `edit:m1:${at}`,
    ...about,
    text,
    providerAt: at,
  });
  const remove: InboundEvent = { type: "delete", key: "del:m1", ...about };
  const react = (emoji: string, at: number): ReactionEvent => ({
    type: "reaction",
    key: `react:m1:x:${emoji}:${at}`,
    ...about,
    actor: "x",
    emoji,
    providerAt: at,
  });

  it.each([
    { order: "after the message", events: [messageEvent("m1"), edit("new", 2)] },
    { order: "before the message", events: [edit("new", 2), messageEvent("m1")] },
    { order: "with an older edit coming last", events: [messageEvent("m1"), edit("new", 2), edit("old", 1)] },
  ])("an edit that comes $order is what is shown, and makes older readings stale", async ({ events }) => {
    const { backend, take } = await open();
    await take(...events);
    const { messages, conversations } = await rows(backend);
    expect(messages).toMatchObject([{ text: "new", editedAt: 2 }]);
    expect(conversations).toMatchObject([{ revision: 1, lastMessage: { preview: "new" } }]);
  });

  it.each([
    { order: "after", events: [messageEvent("m1", { text: "secret" }), remove, edit("back", 9)] },
    { order: "before", events: [remove, messageEvent("m1", { text: "secret" }), edit("back", 9)] },
  ])("words that are taken back $order they came are gone for good", async ({ events }) => {
    const { backend, take } = await open();
    await take(...events);
    const { messages, conversations } = await rows(backend);
    expect(messages[0]).toMatchObject({ deletedAt: expect.any(Number) });
    expect(messages[0]?.text).toBeUndefined();
    expect(conversations).toMatchObject([{ revision: 1, lastMessage: { preview: "" } }]);
  });

  it.each([
    { events: [react("👍", 1), react("❤️", 2)], shown: ["❤️"] },
    { events: [react("❤️", 2), react("👍", 1)], shown: ["❤️"] },
    { events: [react("👍", 1), react("", 2)], shown: [] },
    { events: [react("", 2), react("👍", 1)], shown: [] },
    { events: [react("👍", 1), { ...react("🎉", 1), key: "other", actor: "y" }], shown: ["👍", "🎉"] },
  ])("one reaction an actor, the newest: $shown", async ({ events, shown }) => {
    for (const all of [
      [messageEvent("m1"), ...events],
      [...events, messageEvent("m1")],
    ]) {
      const { backend, take } = await open();
      await take(...all);
      const [message] = (await rows(backend)).messages;
      expect(message?.reactions.filter(({ emoji }) => emoji !== "").map(({ emoji }) => emoji)).toEqual(shown);
      expect(await backend.run(async (ctx) => ctx.db.query("earlyChanges").collect())).toEqual([]);
    }
  });
});
