import { createServer, type IncomingMessage, type Server } from "node:http";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { parseKeyRing, seal } from "../../lib/crypto.ts";
import { api, internal } from "../_generated/api";
import type { Id } from "../_generated/dataModel";
import { makeWorld, theConversation } from "./test.setup.ts";

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
  server?.close();
  server = undefined;
});

/** A member's message whose request is about to leave for a provider that answers `status` and `body`. */
async function makeAttempt({ status, body }: { status: number; body: unknown }) {
  const seen: { path: string; apikey: unknown; body: unknown }[] = [];
  const port = await listen(async (request) => {
    const sent: unknown = JSON.parse(await readBody(request));
    seen.push({ path: request.url ?? "", apikey: request.headers.apikey, body: sent });
    return { status, body: JSON.stringify(body) };
  });
  vi.stubEnv("QIFY_OUTBOUND_ALLOW", `127.0.0.1:${port}`);
  const { backend, org, connection, hear, jobs } = await makeWorld();
  vi.setSystemTime(realNow);
  const { orgId } = org;
  const { connectionId } = connection;
  const token = await seal(parseKeyRing(KEYS), { text: "account key", place: { orgId, connectionId, kind: "token" } });
  await backend.run(async (ctx) => {
    await ctx.db.patch("connections", connectionId, { config: { baseUrl: `http://127.0.0.1:${port}` } });
    const secrets = await ctx.db.query("connectionSecrets").take(10);
    for (const { _id, kind } of secrets) if (kind === "token") await ctx.db.patch("connectionSecrets", _id, token);
  });
  await hear("hello");
  const { _id: conversationId } = await theConversation({ backend });
  await org.as.sdr.mutation(api.inbox.messages.reply, { conversationId, text: "Bom dia", clientId: "1" });
  let attempt: { deliveryId: Id<"deliveries">; token: number } | undefined;
  jobs.answer = (_text, given) => {
    attempt = given;
    return undefined;
  };
  await jobs.run(5_000);
  if (attempt === undefined) throw new Error("A request was due");
  const job = { ...attempt, orgId };
  const send = async (late = 0) => {
    vi.useRealTimers();
    vi.useFakeTimers({ toFake: ["Date"], now: realNow + 5_000 + late });
    await backend.action(internal.inbox.deliverySend.send, job);
    return backend.run(async (ctx) => ctx.db.get("deliveries", job.deliveryId));
  };
  return { send, seen };
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

async function listen(
  answer: (request: IncomingMessage) => Promise<{ status: number; body: string }>,
): Promise<number> {
  const made = createServer((request, response) => {
    void answer(request).then(({ status, body }) => {
      response.writeHead(status, { "content-type": "application/json" }).end(body);
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
