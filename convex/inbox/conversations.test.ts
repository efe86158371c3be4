import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { api } from "../_generated/api";
import type { Doc } from "../_generated/dataModel";
import { type Caller, makeBackend, makeConnection, makeOrg, messageEvent, receive } from "../test.setup.ts";

const NOW = Date.UTC(2026, 0, 15, 12);

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
});
afterEach(() => {
  vi.useRealTimers();
});

const phone = (index: number) => ({ kind: "phone", value: `551198765432${index}` }) as const;

/** An inbox with a conversation for each of `leads`, the last one the newest. */
async function open(leads: Record<string, Partial<Doc<"conversations">>>) {
  const backend = makeBackend();
  const org = await makeOrg(backend, "acme");
  const connection = await makeConnection(backend, { orgId: org.orgId });
  for (const [index, name] of Object.keys(leads).entries()) {
    vi.setSystemTime(NOW + index * 1_000);
    await receive(backend, connection, [messageEvent(`m${index}`, { chat: phone(index), senderName: name })]);
  }
  const ids = await backend.run(async (ctx) => {
    const all = await ctx.db.query("conversations").collect();
    for (const { _id, title } of all) await ctx.db.patch("conversations", _id, leads[title] ?? {});
    return all.map(({ _id, title }) => ({ _id, title }));
  });
  const id = (name: string) => ids.find(({ title }) => title === name)?._id ?? neverEmpty();
  return { backend, connection, id, ...org };
}

function neverEmpty(): never {
  throw new Error("The inbox has a conversation");
}

type Filter = "mine" | "waiting" | "ai" | "all" | "done";

async function titles(as: Caller, filter: Filter, numItems = 10): Promise<string[]> {
  const found: string[] = [];
  let cursor: string | null = null;
  for (;;) {
    const page: { page: { title: string }[]; isDone: boolean; continueCursor: string } = await as.query(
      api.inbox.conversations.list,
      { filter, paginationOpts: { numItems, cursor } },
    );
    found.push(...page.page.map(({ title }) => title));
    if (page.isDone) return found;
    cursor = page.continueCursor;
  }
}

describe("the list", () => {
  const done = { status: "done", active: false } as const;

  it.each([
    { filter: "all", shows: ["Eva", "Davi", "Caio", "Bia", "Ana"] },
    { filter: "waiting", shows: ["Bia"] },
    { filter: "ai", shows: ["Davi", "Ana"] },
    { filter: "done", shows: ["Eva"] },
    { filter: "mine", shows: ["Caio"] },
  ] as const)("of $filter shows $shows, page by page", async ({ filter, shows }) => {
    const { as, id, members } = await open({
      Ana: {},
      Bia: { status: "waiting", handler: { kind: "none" } },
      Caio: { handler: { kind: "member" } },
      Davi: {},
      Eva: done,
    });
    await as.admin.mutation(api.inbox.conversations.assign, { conversationId: id("Caio"), memberId: members.sdr });
    await as.admin.mutation(api.inbox.conversations.assign, { conversationId: id("Eva"), memberId: members.sdr });
    expect(await titles(as.sdr, filter)).toEqual(shows);
    expect(await titles(as.sdr, filter, 2)).toEqual(shows);
  });

  it("counts what there is to look at", async () => {
    const { as } = await open({ Ana: {}, Bia: { status: "waiting", handler: { kind: "none" } }, Caio: done });
    expect(await as.viewer.query(api.inbox.conversations.counts, {})).toEqual({ mine: 0, waiting: 1, ai: 1 });
  });

  it("says what is unread, for each reader apart", async () => {
    const { as, id, backend, connection } = await open({ Ana: {} });
    const unread = async (who: Caller) => {
      const found = await who.query(api.inbox.conversations.get, { conversationId: id("Ana") });
      return found.unread;
    };
    const read = (seq: number) => as.sdr.mutation(api.inbox.conversations.markRead, { conversationId: id("Ana"), seq });
    expect([await unread(as.sdr), await unread(as.owner)]).toEqual([true, true]);
    await read(99);
    expect([await unread(as.sdr), await unread(as.owner)]).toEqual([false, true]);
    await receive(backend, connection, [messageEvent("own", { chat: phone(0), fromMe: true })]);
    expect(await unread(as.sdr)).toBe(false);
    await receive(backend, connection, [messageEvent("next", { chat: phone(0) })]);
    await read(1);
    expect(await unread(as.sdr)).toBe(true);
  });

  it.each([
    "ana",
    "JOÃO",
    "joao",
    "souza",
    "11 98765-4321",
    "+55 11 98765-4321",
    "1187654321",
    "98765",
    "5511987654321",
  ])("finds by %j", async (text) => {
    const { as } = await open({ "Bia Lima": {}, "Ana João Souza": {} });
    const found = await as.viewer.query(api.inbox.conversations.search, { text });
    expect(found.map(({ title }) => title)).toContain("Ana João Souza");
  });

  it("finds nothing for nothing, and nobody by a phone of somebody else", async () => {
    const { as } = await open({ Ana: {} });
    for (const text of ["", "   ", "+44 20", "Zoe"]) {
      expect(await as.viewer.query(api.inbox.conversations.search, { text })).toEqual([]);
    }
  });
});

describe("a conversation", () => {
  it("says who it is with and what it goes through", async () => {
    const { as, id } = await open({ Ana: {} });
    expect(await as.viewer.query(api.inbox.conversations.get, { conversationId: id("Ana") })).toMatchObject({
      title: "Ana",
      level: "auto",
      handler: "agent",
      lastMessage: { preview: "text of m0", author: "contact" },
      connection: { name: "main", connector: "evolution", state: "connected", reason: null },
      contact: { name: "Ana", phone: "+55 11 98765 4320", identities: [{ kind: "phone", value: "5511987654320" }] },
    });
  });

  it("is finished and reopened by people, and by the contact's next words", async () => {
    const { as, id, backend, connection } = await open({ Ana: { handler: { kind: "member" } } });
    const status = async () => (await as.sdr.query(api.inbox.conversations.get, { conversationId: id("Ana") })).status;
    await as.sdr.mutation(api.inbox.conversations.finish, { conversationId: id("Ana") });
    expect([await status(), await titles(as.sdr, "done")]).toEqual(["done", ["Ana"]]);
    await as.sdr.mutation(api.inbox.conversations.reopen, { conversationId: id("Ana") });
    expect(await status()).toBe("open");
    await as.sdr.mutation(api.inbox.conversations.finish, { conversationId: id("Ana") });
    await receive(backend, connection, [messageEvent("again", { chat: phone(0), senderName: "Ana" })]);
    expect([await status(), await titles(as.sdr, "ai")]).toEqual(["open", ["Ana"]]);
  });

  it("whose agent was switched off stays so when it is reopened", async () => {
    const { as, id, backend, connection } = await open({ Ana: { status: "done", active: false, level: "off" } });
    await receive(backend, connection, [messageEvent("again", { chat: phone(0) })]);
    const found = await as.sdr.query(api.inbox.conversations.get, { conversationId: id("Ana") });
    expect([found.level, found.handler]).toEqual(["off", "none"]);
  });

  it("is assigned to people who are there, and to nobody", async () => {
    const { as, id, members, backend } = await open({ Ana: {} });
    const assign = (memberId: typeof members.sdr | null) =>
      as.sdr.mutation(api.inbox.conversations.assign, { conversationId: id("Ana"), memberId });
    const assignee = async () =>
      (await as.sdr.query(api.inbox.conversations.get, { conversationId: id("Ana") })).assignee;
    await assign(members.admin);
    expect(await assignee()).toEqual({ memberId: members.admin, name: "admin of acme", imageUrl: null });
    await assign(null);
    expect(await assignee()).toBeNull();
    await backend.run(async (ctx) => ctx.db.patch("members", members.admin, { status: "removed" }));
    await expect(assign(members.admin)).rejects.toThrow("not_found");
    await expect(
      as.viewer.mutation(api.inbox.conversations.assign, { conversationId: id("Ana"), memberId: null }),
    ).rejects.toThrow("forbidden");
  });

  it("shows that its contact is writing, for a while", async () => {
    const { as, id, backend, connection } = await open({ Ana: {} });
    const presence = (state: "typing" | "idle") =>
      ({ type: "presence", key: `presence:${state}:${Date.now()}`, chat: phone(0), actor: phone(0), state }) as const;
    const typing = async (now: number) =>
      (await as.sdr.query(api.inbox.typing.get, { conversationId: id("Ana"), now })).contact;
    expect(await typing(NOW)).toBe(false);
    await receive(backend, connection, [presence("typing")]);
    expect([await typing(NOW + 10_000), await typing(NOW + 15_000)]).toEqual([true, false]);
    await receive(backend, connection, [presence("idle")]);
    expect(await typing(NOW)).toBe(false);
  });
});

describe("a thread", () => {
  it("is read newest first, page by page, with everything that is shown", async () => {
    const { as, id, backend, connection } = await open({ Ana: {} });
    const quoted = { externalId: "m0", text: "as the provider quotes it" };
    const location = { latitude: -23.5, longitude: -46.6, name: "Escritório", live: false };
    await receive(backend, connection, [
      messageEvent("m1", { chat: phone(0), quoted, providerAt: NOW - 1 }),
      messageEvent("m2", { chat: phone(0), kind: "location", location, text: undefined }),
      messageEvent("m3", { chat: phone(0), fromMe: true, quoted: { externalId: "unknown", text: "words" } }),
    ]);
    const page = async (cursor: string | null) =>
      as.viewer.query(api.inbox.messages.list, { conversationId: id("Ana"), paginationOpts: { numItems: 3, cursor } });
    const first = await page(null);
    expect(first.page.map(({ seq }) => seq)).toEqual([4, 3, 2]);
    expect(first.page).toMatchObject([
      { direction: "outbound", status: "sent", quoted: { messageId: null, text: "words", author: null } },
      { kind: "location", location: { latitude: -23.5, name: "Escritório", address: null }, status: null },
      {
        quoted: { text: "text of m0", author: "contact" },
        providerAt: NOW - 1,
        author: { kind: "contact", name: null },
      },
    ]);
    expect((await page(first.continueCursor)).page.map(({ text }) => text)).toEqual(["text of m0"]);
  });
});
