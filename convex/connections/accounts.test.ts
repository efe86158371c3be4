/** Accounts against the provider's emulator, over real sockets: what an admin does, and what the provider then sends us. */
import { createServer, type Server } from "node:http";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { findConnector } from "../../lib/connectors/registry.ts";
import { open, parseKeyRing } from "../../lib/crypto.ts";
import { LEAD, OWNER, post, SERVER_KEY, startTestBed, type TestBed } from "../../local/emulators/evolution/test-bed.ts";
import { api, internal } from "../_generated/api";
import type { Id } from "../_generated/dataModel";
import { asService, type Backend, makeBackend, makeOrg, receive } from "../test.setup.ts";

const KEYS = `test:${btoa("0123456789abcdef0123456789abcdef")}`;
const connector = findConnector("evolution");

let bed: TestBed;
let hook: { server: Server; url: string; heard: { path: string; headers: Headers; body: Uint8Array }[] };

beforeEach(async () => {
  bed = await startTestBed();
  hook = await startHook();
  vi.stubEnv("QIFY_ENCRYPTION_KEYS", KEYS);
  vi.stubEnv("QIFY_PUBLIC_URL", hook.url);
  vi.stubEnv("QIFY_OUTBOUND_ALLOW", new URL(bed.url).host);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  vi.useRealTimers();
  await bed.close();
  hook.server.closeAllConnections();
  await new Promise((done) => hook.server.close(done));
});

/** An address for webhooks that keeps what it hears. */
async function startHook(): Promise<typeof hook> {
  const heard: (typeof hook)["heard"] = [];
  const server = createServer((request, response) => {
    const chunks: Uint8Array[] = [];
    request.on("data", (chunk) => chunks.push(new Uint8Array(Buffer.from(chunk))));
    request.on("end", () => {
      const headers = new Headers();
      for (const [name, value] of Object.entries(request.headers)) headers.set(name, String(value));
      heard.push({ path: request.url ?? "", headers, body: new Uint8Array(Buffer.concat(chunks)) });
      response.end();
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has a port");
  return { server, heard, url: `http://127.0.0.1:${address.port}` };
}

async function setUp(name = "acme") {
  const backend = makeBackend();
  return { backend, ...(await draft(backend, name)) };
}

async function draft(backend: Backend, name: string) {
  const org = await makeOrg(backend, name);
  const fields = { connector: "evolution", name: "Vendas", baseUrl: bed.url } as const;
  const connectionId = await org.as.admin.mutation(api.connections.connections.create, fields);
  const only = async () => (await org.as.admin.query(api.connections.connections.list, {}))[0];
  return { ...org, connectionId, only };
}

/** What the webhook route does with all that was heard: load, open, verify, parse, ingest. Answers which secret was used. */
async function deliver(backend: Backend, connectionId: Id<"connections">): Promise<string[]> {
  await bed.emulator.settled();
  const used: string[] = [];
  for (const { headers, body } of hook.heard.splice(0)) {
    const known = await asService(backend).query(api.connections.webhooks.load, {
      connector: "evolution",
      connectionId,
    });
    if (known === null || connector === undefined) throw new Error("The connection is known");
    const ring = parseKeyRing(KEYS);
    const place = { orgId: known.orgId, connectionId, kind: "webhook" };
    const texts = await Promise.all(known.secrets.map((sealed) => open(ring, { sealed, place })));
    const [current = "", previous] = texts;
    const verified = await connector.verify({ headers, body, secrets: { current, previous }, now: bed.clock.now() });
    const parsed = connector.parse(body);
    if (!verified.ok || !parsed.ok) throw new Error("The webhook is refused");
    const secret = known.secrets[verified.secret === "current" ? 0 : 1];
    if (secret === undefined) throw new Error("The secret is known");
    await receive(backend, { connectionId, secretId: secret.secretId }, parsed.events);
    used.push(verified.secret);
  }
  return used;
}

/** Runs jobs until none is left; those of the far future are not waited for. */
async function work(backend: Backend): Promise<void> {
  await vi.waitFor(async () => {
    const jobs = await backend.run(async (ctx) => ctx.db.system.query("_scheduled_functions").collect());
    const due = jobs.filter(({ state, scheduledTime }) => {
      return (state.kind === "pending" && scheduledTime <= Date.now() + 100) || state.kind === "inProgress";
    });
    expect(due).toEqual([]);
  }, 5_000);
}

async function pair(backend: Backend, { as, connectionId }: Awaited<ReturnType<typeof draft>>): Promise<void> {
  await as.admin.action(api.connections.accounts.create, { connectionId, account: "vendas", serverKey: SERVER_KEY });
  const pairing = await as.admin.query(api.connections.connections.pairing, { connectionId });
  await post(bed, "/_phone/scan", { code: pairing?.code, phone: OWNER, profileName: "Acme" });
  await deliver(backend, connectionId);
}

describe("a new account", () => {
  it("is made, shows its code to admins alone, and is connected once a phone has scanned", async () => {
    const { backend, ...org } = await setUp();
    const { as, connectionId, only } = org;
    expect(await only()).toMatchObject({ state: "draft", account: null });
    await as.admin.action(api.connections.accounts.create, { connectionId, account: "vendas", serverKey: SERVER_KEY });
    expect(await only()).toMatchObject({ state: "pairing", account: "vendas" });
    const pairing = await as.admin.query(api.connections.connections.pairing, { connectionId });
    expect(pairing?.code).toMatch(/\S/);
    await expect(as.sdr.query(api.connections.connections.pairing, { connectionId })).rejects.toThrow("forbidden");
    await post(bed, "/_phone/scan", { code: pairing?.code, phone: OWNER, profileName: "Acme" });
    await deliver(backend, connectionId);
    expect(await only()).toMatchObject({ state: "connected", reason: null, address: OWNER });
    expect(await as.admin.query(api.connections.connections.pairing, { connectionId })).toBeNull();
  });

  it("hears what a lead writes, with the bytes of what they attach", async () => {
    const { backend, ...org } = await setUp();
    await pair(backend, org);
    await post(bed, "/_phone/messages", { instance: "vendas", chat: LEAD, text: "Oi, quero saber mais" });
    const png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
    const image = { kind: "image", media: { base64: png, mimeType: "image/png" } };
    const sent = await post(bed, "/_phone/messages", { instance: "vendas", chat: LEAD, ...image });
    expect(sent.status).toBeLessThan(300);
    await deliver(backend, org.connectionId);
    await work(backend);
    const messages = await backend.run(async (ctx) => ctx.db.query("messages").collect());
    expect(messages).toMatchObject([{ text: "Oi, quero saber mais" }, { kind: "image", media: { state: "stored" } }]);
    const stored = await backend.run(async (ctx) => {
      const id = messages[1]?.media?.storageId;
      const blob = id === undefined ? null : await ctx.storage.get(id);
      return blob === null ? "" : btoa(String.fromCharCode(...new Uint8Array(await blob.arrayBuffer())));
    });
    expect(stored).toBe(png);
  });

  it("is refused with a key that everybody knows, and where the server refuses", async () => {
    const { as, connectionId, only } = await setUp();
    const create = (serverKey: string, account = "vendas") =>
      as.admin.action(api.connections.accounts.create, { connectionId, account, serverKey });
    await expect(create("429683C4C977415CAAFCCE10F7D57E11")).rejects.toThrow("published");
    await expect(create("wrong")).rejects.toThrow("refused");
    await expect(create(SERVER_KEY, "../etc")).rejects.toThrow('"field":"account"');
    expect(await only()).toMatchObject({ state: "draft", account: null });
    await expect(
      as.sdr.action(api.connections.accounts.create, { connectionId, account: "x", serverKey: "x" }),
    ).rejects.toThrow("forbidden");
  });

  it("calls no address inside our own network", async () => {
    const { as, connectionId } = await setUp();
    vi.stubEnv("QIFY_OUTBOUND_ALLOW", "");
    const create = as.admin.action(api.connections.accounts.create, {
      connectionId,
      account: "vendas",
      serverKey: SERVER_KEY,
    });
    await expect(create).rejects.toThrow('"reason":"private_address"');
  });

  it("tells a server that is silent from an address that leads elsewhere", async () => {
    const { as, connectionId } = await setUp();
    const create = async (baseUrl: string) => {
      await as.admin.mutation(api.connections.connections.configure, { connectionId, name: "Vendas", baseUrl });
      const fields = { connectionId, account: "vendas", serverKey: SERVER_KEY };
      await as.admin.action(api.connections.accounts.create, fields);
    };
    vi.stubEnv("QIFY_OUTBOUND_ALLOW", `${new URL(bed.url).host},${new URL(hook.url).host},127.0.0.1:9`);
    await expect(create("http://127.0.0.1:9")).rejects.toThrow('"reason":"silent"');
    await expect(create(hook.url)).rejects.toThrow('"reason":"other_server"');
    await expect(create(`${bed.url}/wrong`)).rejects.toThrow('"reason":"other_server"');
    await create(bed.url);
    await expect(create("https://thief.example")).rejects.toThrow("conflict");
  });
});

describe("I7 one live connection per account", () => {
  it("an account belongs to one organization until that one lets it go", async () => {
    const { backend, ...acme } = await setUp();
    await pair(backend, acme);
    const token = await instanceToken(backend, acme);
    const beta = await draft(backend, "beta");
    const attach = () =>
      beta.as.owner.action(api.connections.accounts.attach, {
        connectionId: beta.connectionId,
        account: "vendas",
        token,
      });
    await expect(attach()).rejects.toThrow("conflict");
    expect(await beta.only()).toMatchObject({ state: "draft" });
    await acme.as.owner.mutation(api.connections.connections.remove, { connectionId: acme.connectionId });
    await attach();
    expect(await beta.only()).toMatchObject({ state: "connected", account: "vendas" });
    expect(await acme.as.owner.query(api.connections.connections.list, {})).toEqual([]);
  });

  it("nobody takes an account without its key", async () => {
    const { backend, ...acme } = await setUp();
    const beta = await draft(backend, "beta");
    const attach = () =>
      beta.as.owner.action(api.connections.accounts.attach, {
        connectionId: beta.connectionId,
        account: "vendas",
        token: "guessed",
      });
    await expect(attach()).rejects.toThrow('"reason":"missing"');
    await pair(backend, acme);
    await expect(attach()).rejects.toThrow('"reason":"refused"');
    expect(await acme.only()).toMatchObject({ state: "connected" });
  });
});

describe("I8 secrets", () => {
  it("are sealed where they rest, and in no answer, job or audit", async () => {
    const { backend, ...org } = await setUp();
    await pair(backend, org);
    const token = await instanceToken(backend, org);
    const secret = await webhookSecret(backend, org);
    const everything = await backend.run(async (ctx) => {
      const tables = ["connections", "connectionSecrets", "audit", "receipts", "pairings"] as const;
      const rows = await Promise.all(tables.map((table) => ctx.db.query(table).collect()));
      return JSON.stringify([rows, await ctx.db.system.query("_scheduled_functions").collect()]);
    });
    const shown = JSON.stringify([await org.only(), everything]);
    for (const word of [token, secret, SERVER_KEY]) {
      expect(word.length).toBeGreaterThan(8);
      expect(shown).not.toContain(word);
    }
  });

  it("of a webhook rotate with an overlap in which both are good", async () => {
    const { backend, ...org } = await setUp();
    await pair(backend, org);
    const before = await webhookSecret(backend, org);
    await post(bed, "/_phone/messages", { instance: "vendas", chat: LEAD, text: "com o segredo antigo" });
    await bed.emulator.settled();
    await org.as.admin.action(api.connections.accounts.rotateSecret, { connectionId: org.connectionId });
    expect(await webhookSecret(backend, org)).not.toBe(before);
    await post(bed, "/_phone/messages", { instance: "vendas", chat: LEAD, text: "com o novo" });
    expect(await deliver(backend, org.connectionId)).toEqual(["previous", "current"]);
    const ends = await backend.run(async (ctx) => {
      const secrets = await ctx.db.query("connectionSecrets").collect();
      return secrets.filter(({ kind }) => kind === "webhook").map(({ validUntil }) => validUntil !== undefined);
    });
    expect(ends).toEqual([true, false]);
  });

  it("stay as they are when the provider does not hear of the new one", async () => {
    const { backend, ...org } = await setUp();
    await pair(backend, org);
    const before = await webhookSecret(backend, org);
    vi.stubEnv("QIFY_OUTBOUND_ALLOW", "");
    const rotate = org.as.admin.action(api.connections.accounts.rotateSecret, { connectionId: org.connectionId });
    await expect(rotate).rejects.toThrow("unavailable");
    expect(await webhookSecret(backend, org)).toBe(before);
  });
});

describe("an account that was lost", () => {
  it("says so, and is paired again", async () => {
    const { backend, ...org } = await setUp();
    await pair(backend, org);
    await org.as.admin.action(api.connections.accounts.disconnect, { connectionId: org.connectionId });
    await deliver(backend, org.connectionId);
    expect(["disconnected", "action_needed"]).toContain((await org.only())?.state);
    await org.as.admin.action(api.connections.accounts.connect, { connectionId: org.connectionId });
    expect(await org.only()).toMatchObject({ state: "pairing" });
  });

  it("by a person who disconnected it says so at once, twice as well", async () => {
    const { backend, ...org } = await setUp();
    await pair(backend, org);
    const disconnect = () =>
      org.as.admin.action(api.connections.accounts.disconnect, { connectionId: org.connectionId });
    await disconnect();
    expect(await org.only()).toMatchObject({ state: "action_needed", reason: "logged_out" });
    await disconnect();
    expect(await org.only()).toMatchObject({ state: "action_needed", reason: "logged_out" });
  });

  it("is known by asking, when the news of it never came", async () => {
    const { backend, ...org } = await setUp();
    await pair(backend, org);
    const { connectionId } = org;
    const check = () => org.as.admin.action(api.connections.accounts.check, { connectionId });
    await check();
    expect(await org.only()).toMatchObject({ state: "connected" });
    await post(bed, "/_phone/unpair", { instance: "vendas" });
    await check();
    expect(await org.only()).toMatchObject({ state: "action_needed", reason: "other" });
    await fetch(`${bed.url}/instance/delete/vendas`, { method: "DELETE", headers: { apikey: SERVER_KEY } });
    await expect(check()).rejects.toThrow('"reason":"missing"');
    expect(await org.only()).toMatchObject({ state: "action_needed", reason: "removed" });
  });

  it("that is gone at the provider is made again with its history", async () => {
    const { backend, ...org } = await setUp();
    const { connectionId } = org;
    await pair(backend, org);
    await post(bed, "/_phone/unpair", { instance: "vendas" });
    await fetch(`${bed.url}/instance/delete/vendas`, { method: "DELETE", headers: { apikey: SERVER_KEY } });
    await deliver(backend, connectionId);
    expect(await org.only()).toMatchObject({ state: "action_needed", reason: "removed" });
    bed.clock.advance(1_000);
    await pair(backend, org);
    expect(await org.only()).toMatchObject({ _id: connectionId, state: "connected", address: OWNER });
  });
});

describe("codes to pair with", () => {
  it("come with one to type once the phone's number is known, also when codes are shown already", async () => {
    const { as, connectionId } = await setUp();
    await as.admin.action(api.connections.accounts.create, { connectionId, account: "vendas", serverKey: SERVER_KEY });
    const pairing = () => as.admin.query(api.connections.connections.pairing, { connectionId });
    expect(await pairing()).toMatchObject({ pairingCode: null, count: 1 });
    const connect = (phone: string) => as.admin.action(api.connections.accounts.connect, { connectionId, phone });
    await connect("(11) 98765-4321");
    expect((await pairing())?.pairingCode).toMatch(/^[0-9A-F]{8}$/);
    await expect(connect("123")).rejects.toThrow('"field":"phone"');
  });

  it("count, live a minute and then shorter, and are no news when they come twice", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: 1_000_000 });
    const { backend, as, orgId, connectionId } = await setUp();
    const show = async (code: string) => {
      const job = { orgId, connectionId, code, pairingCode: null };
      await backend.mutation(internal.connections.secrets.notePairing, job);
      const shown = await as.admin.query(api.connections.connections.pairing, { connectionId });
      return { count: shown?.count, livesMs: (shown?.expiresAt ?? 0) - Date.now() };
    };
    expect(await show("a")).toEqual({ count: 1, livesMs: 60_000 });
    vi.setSystemTime(1_010_000);
    expect(await show("a")).toEqual({ count: 1, livesMs: 50_000 });
    expect(await show("b")).toEqual({ count: 2, livesMs: 20_000 });
    vi.setSystemTime(1_120_000);
    expect(await show("c")).toEqual({ count: 3, livesMs: 60_000 });
  });
});

async function instanceToken(backend: Backend, { orgId, connectionId }: { orgId: string; connectionId: string }) {
  return secretText(backend, { orgId, connectionId, kind: "token" });
}

async function webhookSecret(backend: Backend, { orgId, connectionId }: { orgId: string; connectionId: string }) {
  return secretText(backend, { orgId, connectionId, kind: "webhook" });
}

/** The newest secret of a kind, opened. */
async function secretText(
  backend: Backend,
  place: { orgId: string; connectionId: string; kind: string },
): Promise<string> {
  const secrets = await backend.run(async (ctx) => ctx.db.query("connectionSecrets").collect());
  const newest = secrets
    .filter(({ kind, connectionId }) => kind === place.kind && connectionId === place.connectionId)
    .at(-1);
  if (newest === undefined) throw new Error("There is a secret");
  const { keyId, ciphertext } = newest;
  return open(parseKeyRing(KEYS), { sealed: { keyId, ciphertext }, place });
}
