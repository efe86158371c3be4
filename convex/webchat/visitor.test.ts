import { makeFunctionReference } from "convex/server";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { defaultPlaybook } from "../../lib/domain/playbook-default.ts";
import { api, internal } from "../_generated/api";
import {
  asVisitor,
  type Backend,
  dump,
  jobPath,
  makeBackend,
  makeOrg,
  type TestOrg,
  VISITOR_ID,
} from "../test.setup.ts";

/** Monday morning in São Paulo. */
const START = Date.UTC(2026, 2, 9, 13, 0);
const OTHER_VISITOR = "0ddba11".padEnd(32, "f");

beforeEach(() => {
  vi.useFakeTimers({ now: START });
});
afterEach(() => {
  vi.useRealTimers();
});

async function openWorld() {
  const backend = makeBackend();
  const org = await makeOrg(backend, "acme");
  await org.as.admin.mutation(api.connections.webchat.enable, {});
  return { backend, org, ...chatOf(backend, org) };
}

function chatOf(backend: Backend, { orgId }: Pick<TestOrg, "orgId">, visitorId = VISITOR_ID) {
  const visitor = asVisitor(backend, { orgId, visitorId });
  const say = (clientId: string, text = `text of ${clientId}`) =>
    visitor.mutation(api.webchat.visitor.say, { clientId, text });
  const thread = async (limit = 50) => visitor.query(api.webchat.visitor.thread, { limit });
  const texts = async () => (await thread())?.rows.map(({ from, text }) => `${from}: ${text}`);
  return { visitor, say, thread, texts };
}

/** Everything that is due within a minute, as production runs it, at its time. */
async function settle(backend: Backend) {
  const until = Date.now() + 60_000;
  const ran = new Set<string>();
  const next = async () => {
    const jobs = await backend.run(async (ctx) => ctx.db.system.query("_scheduled_functions").collect());
    const due = jobs.filter(({ _id, scheduledTime }) => !ran.has(_id) && scheduledTime <= until);
    return due.toSorted((left, right) => left.scheduledTime - right.scheduledTime)[0];
  };
  for (let job = await next(); job !== undefined; job = await next()) {
    ran.add(job._id);
    vi.setSystemTime(Math.max(Date.now(), job.scheduledTime));
    const path = jobPath(job.name);
    const isAction = /^(inbox\/deliverySend|agent\/think):/.test(path);
    if (isAction) await backend.action(makeFunctionReference<"action">(path), job.args[0]);
    else await backend.mutation(makeFunctionReference<"mutation">(path), job.args[0]);
  }
}

async function firstConversation(backend: Backend) {
  const row = await backend.run(async (ctx) => ctx.db.query("conversations").first());
  if (row === null) throw new Error("There is a conversation");
  return row;
}

async function ticks(backend: Backend) {
  const rows = await backend.run(async (ctx) => ctx.db.query("messages").collect());
  return rows.filter(({ direction }) => direction === "outbound").map(({ status }) => status);
}

async function publishPlaybook(backend: Backend, { orgId, members }: TestOrg) {
  const company = { company: "Acme", sells: "Software para times de vendas", tone: "warm" } as const;
  const content = defaultPlaybook({ ...company, locale: "pt-BR", timezone: "America/Sao_Paulo" });
  const playbook = { orgId, version: 1, state: "published" as const, authorId: members.owner, content };
  await backend.run(async (ctx) => ctx.db.insert("playbooks", playbook));
}

describe("a visitor who writes", () => {
  it("is a contact with a thread in the team's inbox, told apart by the end of their id", async () => {
    const { org, say, thread } = await openWorld();
    expect(await thread()).toEqual({ rows: [], hasEarlier: false, isAnswering: false });
    await say("client-1", "  Olá, quanto custa?  ");
    const paginationOpts = { numItems: 10, cursor: null };
    const { page } = await org.as.viewer.query(api.inbox.conversations.list, { filter: "all", paginationOpts });
    expect(page).toMatchObject([
      { title: "Visitante 0000", channel: "webchat", unread: true, lastMessage: { preview: "Olá, quanto custa?" } },
    ]);
    expect(await thread()).toMatchObject({
      rows: [{ from: "visitor", text: "Olá, quanto custa?", clientId: "client-1", at: START }],
    });
  });

  it("I1: the same words sent again under one client id are one message, and cost nothing", async () => {
    const { backend, say, texts } = await openWorld();
    await say("client-1");
    const tables = ["messages", "conversations", "contacts", "visitorLimits", "turns", "inboundKeys"] as const;
    const before = await dump(backend, tables);
    for (let time = 0; time < 20; time += 1) await say("client-1", "other words");
    expect(await dump(backend, tables)).toBe(before);
    expect(await texts()).toEqual(["visitor: text of client-1"]);
  });

  it("cannot use up another visitor's client ids", async () => {
    const { backend, org, say, texts } = await openWorld();
    await chatOf(backend, org, OTHER_VISITOR).say("client-1", "mine");
    await say("client-1", "and mine");
    expect(await texts()).toEqual(["visitor: and mine"]);
  });

  it("too fast is told how long to wait, and nothing of it is kept", async () => {
    const { say, thread } = await openWorld();
    for (let count = 1; count <= 8; count += 1) await say(`client-${count}`);
    await expect(say("client-9")).rejects.toThrow(/rate_limited.*"retryAfterMs":3000/);
    expect((await thread())?.rows).toHaveLength(8);
    vi.setSystemTime(START + 3_000);
    await say("client-9");
    expect((await thread())?.rows).toHaveLength(9);
  });

  it.each([
    { what: "nothing", clientId: "client-1", text: " \n ", reason: '"reason":"empty"' },
    { what: "a book", clientId: "client-1", text: "a".repeat(2_001), reason: '"maxLength":2000' },
    { what: "under no proper id", clientId: "a:b", text: "oi", reason: '"field":"clientId"' },
  ])("$what is refused", async ({ clientId, text, reason }) => {
    const { say } = await openWorld();
    await expect(say(clientId, text)).rejects.toThrow(reason);
  });

  it("sees the newest messages first, and the earlier ones when asked", async () => {
    const { say, thread } = await openWorld();
    for (let count = 1; count <= 3; count += 1) await say(`client-${count}`);
    expect(await thread(2)).toMatchObject({
      rows: [{ clientId: "client-2" }, { clientId: "client-3" }],
      hasEarlier: true,
    });
    expect(await thread(3)).toMatchObject({ rows: [{}, {}, {}], hasEarlier: false });
    expect((await thread(0))?.rows).toHaveLength(1);
  });
});

describe("the wall around a visitor", () => {
  it("a visitor cannot read another visitor's thread", async () => {
    const { backend, org, say } = await openWorld();
    await say("client-1", "a secret");
    const other = chatOf(backend, org, OTHER_VISITOR);
    expect(await other.texts()).toEqual([]);
    await other.say("client-2", "hello");
    expect(await other.texts()).toEqual(["visitor: hello"]);
  });

  it("a visitor token of one organization is nobody in another", async () => {
    const { backend, org, say } = await openWorld();
    const beta = await makeOrg(backend, "beta");
    await beta.as.owner.mutation(api.connections.webchat.enable, {});
    await say("client-1", "for acme");
    const there = chatOf(backend, beta);
    expect(await there.texts()).toEqual([]);
    const paginationOpts = { numItems: 10, cursor: null };
    const list = { filter: "all" as const, paginationOpts };
    expect((await beta.as.owner.query(api.inbox.conversations.list, list)).page).toEqual([]);
    await there.say("client-1", "for beta");
    expect(await chatOf(backend, org).texts()).toEqual(["visitor: for acme"]);
  });

  it("a visitor is nobody's member: the team's functions do not answer", async () => {
    const { backend, visitor, say } = await openWorld();
    await say("client-1");
    const { _id: conversationId } = await firstConversation(backend);
    await expect(visitor.query(api.connections.webchat.get, {})).rejects.toThrow("unauthenticated");
    await expect(
      visitor.mutation(api.inbox.messages.reply, { conversationId, text: "oi", clientId: "1" }),
    ).rejects.toThrow("unauthenticated");
  });
});

describe("an answer", () => {
  it("of the agent reaches the visitor as it reaches anybody: after a turn, through the lane", async () => {
    const { backend, org, say, thread, texts } = await openWorld();
    await publishPlaybook(backend, org);
    await say("client-1", "Olá, quero saber o preço");
    await settle(backend);
    const said = (await texts()) ?? [];
    expect(said.length).toBeGreaterThan(1);
    expect(said.slice(1).every((line) => line.startsWith("agent: "))).toBe(true);
    expect((await thread())?.isAnswering).toBe(false);
    expect(new Set(await ticks(backend))).toEqual(new Set(["sent"]));
  });

  it("of a member reaches the visitor once it has left, under their first name", async () => {
    const { backend, org, say, thread } = await openWorld();
    await say("client-1");
    const { _id: conversationId } = await firstConversation(backend);
    await org.as.sdr.mutation(api.inbox.messages.reply, { conversationId, text: "Bom dia!", clientId: "r1" });
    expect(await thread()).toMatchObject({ rows: [{ from: "visitor" }], isAnswering: true });
    await settle(backend);
    expect(await thread()).toMatchObject({
      rows: [{ from: "visitor" }, { from: "team", name: "sdr", text: "Bom dia!", clientId: null }],
      isAnswering: false,
    });
  });

  it("that was taken back in time was never there", async () => {
    const { backend, org, say, texts } = await openWorld();
    await say("client-1");
    const { _id: conversationId } = await firstConversation(backend);
    const reply = { conversationId, text: "Oops", clientId: "r1" };
    const messageId = await org.as.sdr.mutation(api.inbox.messages.reply, reply);
    await org.as.sdr.mutation(api.inbox.messages.cancelSend, { messageId });
    await settle(backend);
    expect(await texts()).toEqual(["visitor: text of client-1"]);
  });

  it("is delivered when the page has it, read when it is seen, and never less again", async () => {
    const { backend, org, say, visitor } = await openWorld();
    await say("client-1");
    const { _id: conversationId } = await firstConversation(backend);
    await org.as.sdr.mutation(api.inbox.messages.reply, { conversationId, text: "Bom dia!", clientId: "r1" });
    const note = (status: "delivered" | "read", throughSeq = 99) =>
      visitor.mutation(api.webchat.visitor.noteSeen, { throughSeq, status });
    await note("read");
    expect(await ticks(backend)).toEqual(["queued"]);
    await settle(backend);
    await note("delivered", 1);
    expect(await ticks(backend)).toEqual(["sent"]);
    for (const [status, shown] of [
      ["delivered", "delivered"],
      ["read", "read"],
      ["delivered", "read"],
    ] as const) {
      await note(status);
      expect(await ticks(backend)).toEqual([shown]);
    }
  });
});

describe("a visitor who is writing", () => {
  it("shows in the inbox, until they stop or send", async () => {
    const { backend, org, say, visitor } = await openWorld();
    await visitor.mutation(api.webchat.visitor.noteTyping, { isTyping: true });
    await say("client-1");
    const { _id: conversationId } = await firstConversation(backend);
    const shows = () => org.as.viewer.query(api.inbox.typing.get, { conversationId, now: Date.now() });
    expect(await shows()).toEqual({ contact: false });
    await visitor.mutation(api.webchat.visitor.noteTyping, { isTyping: true });
    expect(await shows()).toEqual({ contact: true });
    await visitor.mutation(api.webchat.visitor.noteTyping, { isTyping: false });
    expect(await shows()).toEqual({ contact: false });
  });

  it("is not heard more than once a second for long", async () => {
    const { backend, visitor } = await openWorld();
    for (let time = 0; time < 40; time += 1) await visitor.mutation(api.webchat.visitor.noteTyping, { isTyping: true });
    const rows = await backend.run(async (ctx) => ctx.db.query("visitorLimits").collect());
    expect(rows.map(({ level }) => level)).toEqual([0]);
  });
});

describe("a chat that is off", () => {
  it("shows and takes nothing, and is whole again when it is back on", async () => {
    const { org, say, thread, texts, visitor } = await openWorld();
    await say("client-1");
    await org.as.admin.mutation(api.connections.webchat.disable, {});
    expect(await thread()).toBeNull();
    await expect(say("client-2")).rejects.toThrow("unavailable");
    await expect(visitor.mutation(api.webchat.visitor.noteTyping, { isTyping: true })).rejects.toThrow("unavailable");
    await org.as.admin.mutation(api.connections.webchat.enable, {});
    await say("client-2");
    expect(await texts()).toEqual(["visitor: text of client-1", "visitor: text of client-2"]);
  });

  it("lets nothing out that was on its way, and says so to the team", async () => {
    const { backend, org, say } = await openWorld();
    await say("client-1");
    const { _id: conversationId } = await firstConversation(backend);
    await org.as.sdr.mutation(api.inbox.messages.reply, { conversationId, text: "Bom dia!", clientId: "r1" });
    await org.as.admin.mutation(api.connections.webchat.disable, {});
    await settle(backend);
    expect(await ticks(backend)).toEqual(["failed"]);
  });
});

it("what is known of visitors' pace is kept for a day", async () => {
  const { backend, say } = await openWorld();
  await say("client-1");
  const left = async (at: number) => {
    vi.setSystemTime(at);
    await backend.mutation(internal.webchat.jobs.retireLimits, {});
    return backend.run(async (ctx) => (await ctx.db.query("visitorLimits").collect()).length);
  };
  expect(await left(START + 86_399_000)).toBe(1);
  expect(await left(START + 86_401_000)).toBe(0);
});
