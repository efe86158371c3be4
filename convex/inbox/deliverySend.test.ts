import { createServer, type IncomingMessage, type Server } from "node:http";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { parseKeyRing, seal } from "../../lib/crypto.ts";
import { CONFIRM_MS } from "../../lib/domain/lane-state.ts";
import { api, internal } from "../_generated/api";
import type { Id } from "../_generated/dataModel";
import { makeWorld, theConversation, thread } from "./test.setup.ts";

const KEYS = `test:${btoa("k".repeat(32))}`;
const NOT_THERE = { response: { message: [{ exists: false }] } };
const realNow = Date.now();
let server: Server | undefined;

beforeEach(() => {
  vi.stubEnv("QIFY_ENCRYPTION_KEYS", KEYS);
  vi.stubEnv("QIFY_PUBLIC_URL", "http://127.0.0.1:3000");
  vi.useFakeTimers({ toFake: ["Date", "setTimeout", "clearTimeout"] });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  server?.closeAllConnections();
  server?.close();
  server = undefined;
});

type Answer = { status: number; body: unknown };

/** A world whose connection's server is the suite's own, and answers by path; null never answers. */
async function makeProvider(answer: (path: string) => Answer | null) {
  const seen: { path: string; apikey: unknown; body: unknown }[] = [];
  const port = await listen(async (request) => {
    const sent: unknown = JSON.parse(await readBody(request));
    const path = request.url ?? "";
    seen.push({ path, apikey: request.headers.apikey, body: sent });
    const given = answer(path);
    return given === null ? null : { status: given.status, body: JSON.stringify(given.body) };
  });
  vi.stubEnv("QIFY_OUTBOUND_ALLOW", `127.0.0.1:${port}`);
  const world = await makeWorld();
  vi.setSystemTime(realNow);
  const { orgId } = world.org;
  const { connectionId } = world.connection;
  const token = await seal(parseKeyRing(KEYS), { text: "account key", place: { orgId, connectionId, kind: "token" } });
  await world.backend.run(async (ctx) => {
    await ctx.db.patch("connections", connectionId, { config: { baseUrl: `http://127.0.0.1:${port}` } });
    const secrets = await ctx.db.query("connectionSecrets").take(10);
    for (const { _id, kind } of secrets) if (kind === "token") await ctx.db.patch("connectionSecrets", _id, token);
  });
  await world.hear("hello");
  const { _id: conversationId } = await theConversation(world);
  return { world, conversationId, orgId, seen, ...world };
}

/** Actions use real sockets: only the date stands still for them. */
function standStill(at: number): void {
  vi.useRealTimers();
  vi.useFakeTimers({ toFake: ["Date"], now: at });
}

/** A member's message whose request is about to leave. */
async function makeAttempt(answer: Answer | ((path: string) => Answer)) {
  const provider = await makeProvider(typeof answer === "function" ? answer : () => answer);
  const { org, orgId, jobs, backend, conversationId } = provider;
  await org.as.sdr.mutation(api.inbox.messages.reply, { conversationId, text: "Bom dia", clientId: "1" });
  let attempt: { deliveryId: Id<"deliveries">; token: number } | undefined;
  jobs.answer = (_text, given) => {
    attempt = given;
    return undefined;
  };
  await jobs.run(5_000);
  if (attempt === undefined) throw new Error("A request was due");
  const job = { ...attempt, orgId };
  const state = () => backend.run(async (ctx) => ctx.db.get("deliveries", job.deliveryId));
  const send = async (late = 0) => {
    standStill(realNow + 5_000 + late);
    await backend.action(internal.inbox.deliverySend.send, job);
    return state();
  };
  return { ...provider, send, job, state };
}

it("I3: a request goes to the account's own server with its opened key, and its answer is recorded", async () => {
  const body = { key: { id: "ABC", remoteJid: "5511987654321@s.whatsapp.net", fromMe: true } };
  const { send, seen } = await makeAttempt({ status: 201, body });
  expect(await send()).toMatchObject({ state: "sent", externalId: "ABC" });
  expect(seen).toMatchObject([{ path: "/message/sendText/main", apikey: "account key", body: { text: "Bom dia" } }]);
});

it("I3: an action that starts too late makes no request, and the message waits for its next attempt", async () => {
  const { send, seen } = await makeAttempt({ status: 201, body: {} });
  expect(await send(20_000)).toMatchObject({ state: "queued", attempt: 1 });
  expect(seen).toEqual([]);
});

it.each([
  { name: "says nothing that we understand", status: 201, body: {}, state: "unknown" },
  { name: "no longer knows the account's key", status: 401, body: {}, state: "queued" },
  { name: "knows nobody of this number", status: 400, body: NOT_THERE, state: "dead" },
])("I3: a provider that $name leaves the message $state", async ({ status, body, state }) => {
  const { send, seen } = await makeAttempt({ status, body });
  expect(await send()).toMatchObject({ state });
  expect(seen).toHaveLength(1);
});

describe("I3: a request in doubt is looked up at the provider", () => {
  const inDoubt = async (records: unknown[]) => {
    const attempt = await makeAttempt((path) => {
      const found = { status: 201, body: { messages: { records } } };
      return path.startsWith("/chat/findMessages") ? found : { status: 500, body: {} };
    });
    expect(await attempt.send()).toMatchObject({ state: "unknown", attempt: 1 });
    await attempt.backend.action(internal.inbox.deliverySend.lookUp, attempt.job);
    return attempt;
  };
  const record = (id: string, text: string, sentAt: number) => ({
    key: { id, remoteJid: "5511987654321@s.whatsapp.net", fromMe: true },
    message: { conversation: text },
    messageType: "conversation",
    messageTimestamp: Math.round(sentAt / 1_000),
    MessageUpdate: [{ status: "DELIVERY_ACK" }],
  });

  it("and found: it is sent, with its id and its tick, and never sent again", async () => {
    const { state, world, seen } = await inDoubt([record("FOUND", "Bom dia", realNow + 5_500)]);
    expect(await state()).toMatchObject({ state: "sent", externalId: "FOUND" });
    expect((await thread(world)).at(-1)).toMatchObject({ externalId: "FOUND", status: "delivered" });
    expect(seen.filter(({ path }) => path.startsWith("/message/"))).toHaveLength(1);
  });

  it("and not found: nothing is proven, and after a minute it shows as not confirmed", async () => {
    const { state, world, job, backend } = await inDoubt([
      record("OTHER", "outras palavras", realNow + 5_500),
      record("OLDER", "Bom dia", realNow - 600_000),
    ]);
    expect(await state()).toMatchObject({ state: "unknown" });
    vi.setSystemTime(realNow + 5_000 + CONFIRM_MS);
    await backend.mutation(internal.inbox.deliveries.reconcile, job);
    expect(await state()).toMatchObject({ state: "unconfirmed", attempt: 1 });
    expect((await thread(world)).at(-1)?.status).toBe("unknown");
  });
});

describe("the contact's phone", () => {
  const fine = { status: 201, body: { message: "Read messages", read: "success" } };

  it("shows what was read and that somebody writes, when the agent takes its turn", async () => {
    const { jobs, pacing, orgId, conversationId, backend, seen } = await makeProvider(() => fine);
    await jobs.run(pacing.debounceMs);
    expect(jobs.signals).toEqual([{ after: 0, upTo: 1, typing: true }]);
    standStill(Date.now());
    const [asked] = jobs.signals;
    if (asked === undefined) throw new Error("A signal was asked for");
    await backend.action(internal.inbox.signalSend.show, { orgId, conversationId, ...asked });
    const remoteJid = "5511987654321@s.whatsapp.net";
    expect(seen).toMatchObject([
      { path: "/chat/markMessageAsRead/main", body: { readMessages: [{ id: "hello", fromMe: false, remoteJid }] } },
      { path: "/chat/sendPresence/main", body: { number: remoteJid, presence: "composing" } },
    ]);
  });

  it("shows what a member read, once and only ever more", async () => {
    const { jobs, org, hear, conversationId } = await makeProvider(() => fine);
    await hear("two");
    const read = (role: "viewer" | "sdr", seq: number) =>
      org.as[role].mutation(api.inbox.conversations.markRead, { conversationId, seq });
    await read("viewer", 1);
    await read("sdr", 1);
    await read("sdr", 2);
    await jobs.run(1_000);
    expect(jobs.signals).toEqual([
      { after: 0, upTo: 1, typing: false },
      { after: 1, upTo: 2, typing: false },
    ]);
  });

  it("is shown nothing while the account is away", async () => {
    const { jobs, org, conversationId, backend, connection } = await makeProvider(() => fine);
    const away = { kind: "disconnected" as const, since: 1 };
    await backend.run(async (ctx) => ctx.db.patch("connections", connection.connectionId, { status: away }));
    await org.as.sdr.mutation(api.inbox.conversations.markRead, { conversationId, seq: 1 });
    await jobs.run(60_000);
    expect(jobs.signals).toEqual([]);
  });

  it.each([
    { name: "refuses", answer: { status: 400, body: {} } },
    { name: "no longer knows the account", answer: { status: 401, body: {} } },
    { name: "is down", answer: { status: 500, body: {} } },
    { name: "does not answer", answer: null },
  ])("disturbs nothing when the provider $name", async ({ answer }) => {
    const { orgId, conversationId, backend } = await makeProvider((path) =>
      path.startsWith("/chat/sendPresence") ? answer : (answer ?? fine),
    );
    standStill(realNow);
    const before = await backend.run(async (ctx) => ctx.db.query("connections").collect());
    const asked = { orgId, conversationId, after: 0, upTo: 1, typing: true };
    await expect(backend.action(internal.inbox.signalSend.show, asked)).resolves.toBeNull();
    expect(await backend.run(async (ctx) => ctx.db.query("connections").collect())).toEqual(before);
  });
});

async function listen(
  answer: (request: IncomingMessage) => Promise<{ status: number; body: string } | null>,
): Promise<number> {
  const made = createServer((request, response) => {
    void answer(request).then((given) => {
      if (given === null) return;
      response.writeHead(given.status, { "content-type": "application/json" }).end(given.body);
    });
  });
  server = made;
  await new Promise<void>((resolve) => made.listen(0, "127.0.0.1", resolve));
  const address = made.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

async function readBody(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  return text;
}
