import { createHmac } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { ConvexHttpClient } from "convex/browser";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { api } from "@/convex/_generated/api";
import { createTokenKeys } from "@/lib/token-keys.ts";
import { startClerkEmulator } from "../../../../local/emulators/clerk/clerk.ts";
import { startEngine, type RunningEngine } from "../../../../local/engine/start.ts";
import { ClerkPerson } from "../../../../local/seed/clerk-person.ts";
import { POST } from "./route.ts";

const SIGNING_SECRET = `whsec_${Buffer.from("a secret of these tests").toString("base64")}`;
const URL_OF_ROUTE = "http://127.0.0.1/api/webhooks/clerk";

let app: Awaited<ReturnType<typeof serveRoute>>;
let clerk: Awaited<ReturnType<typeof startClerkEmulator>>;
let convex: RunningEngine;

beforeAll(async () => {
  const { privateKey, jwks } = await createTokenKeys("k1");
  app = await serveRoute();
  clerk = await startClerkEmulator({
    port: 0,
    directory: mkdtempSync(join(tmpdir(), "clerk-")),
    webhookUrls: [app.url],
    signingSecret: SIGNING_SECRET,
    secretKey: "sk_test_emulator",
  });
  clerk.emulator.seed({
    users: [
      { id: "user_ana", email: "ana@vendas.test", password: "ana-long-secret", firstName: "Ana", lastName: "Lima" },
      { id: "user_rui", email: "rui@vendas.test", password: "rui-long-secret" },
    ],
    organizations: [],
  });
  const variables: Record<string, string> = { CLERK_JWT_ISSUER_DOMAIN: clerk.issuer, QIFY_TOKEN_JWKS: jwks };
  convex = await startEngine({
    directory: "convex",
    file: ":memory:",
    port: 0,
    sitePort: 0,
    adminKey: "test key",
    environment: (name) => variables[name],
    reportFault: () => {},
  });
  vi.stubEnv("QIFY_TOKEN_PRIVATE_KEY", privateKey);
  vi.stubEnv("CLERK_WEBHOOK_SIGNING_SECRET", SIGNING_SECRET);
});
beforeEach(() => {
  vi.stubEnv("CONVEX_URL", convex.url);
  app.answers.length = 0;
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await clerk.close();
  await Promise.all([convex.close(), app.close()]);
});

describe("real deliveries of Clerk", () => {
  it("make members, change their roles, rename the organization and show people out", async () => {
    const { ana, id } = await found("Vendas");
    await addRui(id, "org:viewer");
    expect(await people(ana, id)).toEqual([
      { name: "Ana Lima", email: "ana@vendas.test", role: "owner" },
      { name: "rui@vendas.test", email: "rui@vendas.test", role: "viewer" },
    ]);

    await ana.post(`/v1/organizations/${id}/memberships/user_rui?_method=PATCH`, { role: "org:admin" });
    await ana.post(`/v1/organizations/${id}?_method=PATCH`, { name: "Vendas Ltda" });
    const rui = await signIn("rui");
    await rui.post("/v1/me?_method=PATCH", { first_name: "Rui" });
    expect(await people(ana, id)).toContainEqual({ name: "Rui", email: "rui@vendas.test", role: "admin" });
    expect((await viewer(ana, id))?.organization.name).toBe("Vendas Ltda");

    await ana.post(`/v1/organizations/${id}/memberships/user_rui?_method=DELETE`);
    expect(await people(ana, id)).toHaveLength(1);
    expect(new Set(app.answers)).toEqual(new Set([200]));
  });

  it("bring nobody back when they come again, late", async () => {
    const { ana, id } = await found("Outra");
    await addRui(id, "org:sdr");
    const joining = [...clerk.emulator.store.state.deliveries];
    await ana.post(`/v1/organizations/${id}/memberships/user_rui?_method=DELETE`);
    expect(await people(ana, id)).toHaveLength(1);
    for (const { body } of joining) expect((await deliver(body)).status).toBe(200);
    expect(await people(ana, id)).toHaveLength(1);
  });

  it("show out whoever deletes their account", async () => {
    const { ana, id } = await found("Terceira");
    await addRui(id, "org:sdr");
    expect(await people(ana, id)).toHaveLength(2);
    await (await signIn("rui")).post("/v1/me?_method=DELETE");
    expect(await people(ana, id)).toHaveLength(1);
  });
});

describe("hostile and broken input", () => {
  const good = JSON.stringify({ type: "organization.deleted", data: { id: "org_1" }, timestamp: 1 });

  it("is 401 without a signature, and with another secret, time, id or body", async () => {
    const now = Math.floor(Date.now() / 1000);
    const forged = [
      new Request(URL_OF_ROUTE, { method: "POST", body: good }),
      signed(good, { secret: `whsec_${Buffer.from("another").toString("base64")}` }),
      signed(good, { seconds: now - 301 }),
      signed(good, { seconds: now + 360 }),
      changed(signed(good), { "svix-id": "msg_2" }),
      changed(signed(good), { "svix-timestamp": String(now - 5) }),
      changed(signed(good), { "svix-signature": "v1," }),
      changed(signed(good), { "svix-signature": "v2,AAAA v1a,BBBB" }),
      new Request(URL_OF_ROUTE, { method: "POST", headers: signed(good).headers, body: `${good} ` }),
      changed(signed("not json"), { "svix-id": "msg_2" }),
    ];
    for (const request of forged) {
      const response = await POST(request);
      expect([response.status, await response.json()]).toEqual([401, { ok: false, error: "bad_signature" }]);
    }
  });

  it("is 400 when it is signed and makes no sense", async () => {
    const membership = { role: "org:sdr", updated_at: 1, organization: { id: "o", name: "n", updated_at: 1 } };
    const bodies = [
      "",
      "not json",
      "null",
      "[]",
      JSON.stringify({ data: {} }),
      event("organization.created", {}),
      event("organization.updated", { id: "", name: "n", slug: "s", updated_at: 1 }),
      event("organization.updated", { id: "org_1", name: "n", slug: "s", updated_at: "yesterday" }),
      '{"type":"organization.updated","data":{"id":"org_1","name":"n","updated_at":1e999}}',
      event("organization.deleted", { object: "organization" }),
      event("organizationMembership.created", membership),
      event("user.updated", { id: "user_1", updated_at: 1 }),
      event("user.deleted", { deleted: true }),
    ];
    for (const body of bodies) expect([body, (await deliver(body)).status]).toEqual([body, 400]);
  });

  it("is 413 over 256 KB, whether it says its length or not", async () => {
    const large = "x".repeat(256 * 1024 + 1);
    const chunked = Readable.toWeb(Readable.from([Buffer.from(large), Buffer.from(large)]));
    const unknownLength = new Request(URL_OF_ROUTE, {
      method: "POST",
      body: z.instanceof(ReadableStream).parse(chunked),
      ...HALF,
    });
    expect((await POST(signed(large))).status).toBe(413);
    expect((await POST(changed(signed(good), { "content-length": String(large.length) }))).status).toBe(413);
    expect((await POST(unknownLength)).status).toBe(413);
  });

  it("is 200 and changes nothing when it is of a kind that means nothing here", async () => {
    const response = await deliver(event("session.created", { id: "sess_1" }));
    expect([response.status, await response.json()]).toEqual([200, { ok: true, ignored: "session.created" }]);
  });
});

describe("troubles of ours", () => {
  const news = event("organization.deleted", { id: "org_1" });
  let said: string[];

  beforeEach(() => {
    said = [];
    vi.spyOn(process.stderr, "write").mockImplementation((line) => said.push(String(line)) > 0);
  });
  afterEach(() => {
    vi.restoreAllMocks();
    vi.stubEnv("CLERK_WEBHOOK_SIGNING_SECRET", SIGNING_SECRET);
  });

  it("are 503, so that Clerk tells us again: Convex is away", async () => {
    const away = await serveRoute();
    await away.close();
    vi.stubEnv("CONVEX_URL", new URL(away.url).origin);
    const response = await deliver(news);
    expect([response.status, await response.json()]).toEqual([503, { ok: false, error: "unavailable" }]);
    expect(said.map((line) => JSON.parse(line))).toMatchObject([{ event: "clerk_webhook_not_applied", id: "msg_1" }]);
  });

  it("are 503 when Convex refuses us, and the log holds nothing of the news", async () => {
    const { privateKey } = await createTokenKeys("k2");
    vi.stubEnv("QIFY_TOKEN_PRIVATE_KEY", privateKey);
    expect((await deliver(news)).status).toBe(503);
    expect(said.join("")).not.toContain("org_1");
  });

  it("are 503 when the secret is not set", async () => {
    vi.stubEnv("CLERK_WEBHOOK_SIGNING_SECRET", "");
    expect((await deliver(news)).status).toBe(503);
    expect(said.join("")).toContain("CLERK_WEBHOOK_SIGNING_SECRET is missing");
  });
});

// A request that streams its body has to say so; the DOM's types do not know the field.
const HALF = { duplex: "half" };

function event(type: string, content: unknown): string {
  return JSON.stringify({ type, object: "event", data: content, timestamp: 1_700_000_000_000 });
}

function signed(body: string, { secret = SIGNING_SECRET, seconds = Math.floor(Date.now() / 1000) } = {}): Request {
  const key = Buffer.from(secret.slice("whsec_".length), "base64");
  const signature = createHmac("sha256", key).update(`msg_1.${seconds}.${body}`).digest("base64");
  const headers = { "svix-id": "msg_1", "svix-timestamp": String(seconds), "svix-signature": `v1,${signature}` };
  return new Request(URL_OF_ROUTE, { method: "POST", headers, body });
}

function changed(request: Request, headers: Record<string, string>): Request {
  for (const [name, value] of Object.entries(headers)) request.headers.set(name, value);
  return request;
}

async function deliver(body: string): Promise<Response> {
  return POST(signed(body));
}

async function signIn(name: string): Promise<ClerkPerson> {
  return ClerkPerson.signIn(clerk.url, { email: `${name}@vendas.test`, password: `${name}-long-secret` });
}

/** A new organization of Ana's. */
async function found(name: string): Promise<{ ana: ClerkPerson; id: string }> {
  const ana = await signIn("ana");
  return { ana, id: await ana.found(name) };
}

async function addRui(organizationId: string, role: string): Promise<void> {
  const response = await fetch(`${clerk.url}/bapi/v1/organizations/${organizationId}/memberships`, {
    method: "POST",
    headers: { authorization: "Bearer sk_test_emulator", "content-type": "application/json" },
    body: JSON.stringify({ user_id: "user_rui", role }),
  });
  expect(response.status).toBe(200);
}

async function people(person: ClerkPerson, organizationId: string) {
  const members = await (await convexAs(person, organizationId)).query(api.organizations.members.list, {});
  return members
    .map(({ name, email, role }) => ({ name, email, role }))
    .toSorted((a, b) => a.email.localeCompare(b.email));
}

async function viewer(person: ClerkPerson, organizationId: string) {
  const seen = await (await convexAs(person, organizationId)).query(api.organizations.members.viewer, {});
  return seen?.status === "active" ? seen : null;
}

/** Convex as this person sees it, once all news have arrived. */
async function convexAs(person: ClerkPerson, organizationId: string): Promise<ConvexHttpClient> {
  await clerk.emulator.settled();
  const client = new ConvexHttpClient(convex.url, { logger: false });
  client.setAuth(await person.token(organizationId));
  return client;
}

/** The route on a port of its own, as Next would serve it. */
async function serveRoute() {
  const answers: number[] = [];
  const answer = async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const headers = Object.entries(incoming.headers).map(([name, value]): [string, string] => [name, String(value)]);
    const body = await text(incoming);
    const response = await POST(new Request(URL_OF_ROUTE, { method: "POST", headers, body }));
    answers.push(response.status);
    outgoing.writeHead(response.status).end(await response.text());
  };
  const server = createServer((incoming, outgoing) => void answer(incoming, outgoing));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = z.object({ port: z.number() }).parse(server.address());
  return {
    url: `http://127.0.0.1:${port}/api/webhooks/clerk`,
    answers,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
