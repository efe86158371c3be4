import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { InboundEvent } from "../../lib/connectors/events.ts";
import { api } from "../_generated/api";
import {
  asService,
  dump,
  makeBackend,
  makeConnection,
  makeOrg,
  messageEvent,
  receive,
  statusEvent,
  type Backend,
  type TestConnection,
} from "../test.setup.ts";

const NOW = Date.UTC(2026, 0, 15, 12);
const DOMAIN = [
  ...(["contacts", "identities", "conversations", "messages", "deliveries", "earlyStatuses", "earlyChanges"] as const),
  ...(["connections", "pairings", "typing", "inboundKeys", "rawEvents", "deadLetters"] as const),
];

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
});
afterEach(() => {
  vi.useRealTimers();
});

async function open() {
  const backend = makeBackend();
  const { orgId, as } = await makeOrg(backend, "acme");
  return { backend, orgId, as, connection: await makeConnection(backend, { orgId }) };
}

const messagesOf = (backend: Backend) => backend.run(async (ctx) => ctx.db.query("messages").collect());
const chat = { kind: "phone", value: "5511987654321" } as const;
const about = { chat, aliases: [], fromMe: false };

/** One of each kind, in an order in which a provider may send them. */
const EVERYTHING: InboundEvent[] = [
  messageEvent("m1", { senderName: "Ana", media: { ref: "r", mimeType: "image/png", voice: false, viewOnce: false } }),
  messageEvent("m2", { fromMe: true }),
  { type: "edit", key: "edit:m1:1", ...about, externalId: "m1", text: "edited", providerAt: NOW },
  { type: "reaction", key: "react:m2:a:👍:1", ...about, externalId: "m2", actor: chat.value, emoji: "👍" },
  { type: "delete", key: "del:m0", ...about, externalId: "m0" },
  statusEvent("m2", "read"),
  statusEvent("m9", "delivered"),
  { type: "qr", key: "qr:1", code: "code", order: 1 },
  { type: "connection", key: "connection:open:1", state: "open", order: 2 },
  { type: "contact", key: "contact:1", addresses: [chat], name: "Ana Souza" },
  { type: "presence", key: "presence:1", chat, actor: chat, state: "typing" },
  { type: "raw", key: "raw:1", name: "new.event", reason: "unknown_event", raw: "{}" },
];

describe("I1 once in", () => {
  it("every kind of item that comes again changes nothing and starts nothing", async () => {
    const { backend, connection } = await open();
    const total = EVERYTHING.length;
    expect(await receive(backend, connection, EVERYTHING)).toEqual({ total, processed: total, deduped: 0, failed: 0 });
    const jobs = () => backend.run(async (ctx) => (await ctx.db.system.query("_scheduled_functions").collect()).length);
    const [before, started] = [await dump(backend, DOMAIN), await jobs()];
    vi.setSystemTime(NOW + 60_000);
    for (const events of [EVERYTHING, EVERYTHING.toReversed()]) {
      expect(await receive(backend, connection, events)).toEqual({ total, processed: 0, deduped: total, failed: 0 });
    }
    expect([await dump(backend, DOMAIN), await jobs()]).toEqual([before, started]);
  });

  it("an item that comes twice in one batch is taken in once", async () => {
    const { backend, connection } = await open();
    const twice = [messageEvent("m1"), messageEvent("m1")];
    expect(await receive(backend, connection, twice)).toMatchObject({ processed: 1, deduped: 1 });
    expect(await messagesOf(backend)).toHaveLength(1);
  });

  it("the same id under another address is the same message", async () => {
    const { backend, connection } = await open();
    await receive(backend, connection, [
      messageEvent("m1"),
      messageEvent("m1", { chat: { kind: "lid", value: "9@lid" } }),
    ]);
    expect(await messagesOf(backend)).toHaveLength(1);
  });

  it("two connections may use the same ids", async () => {
    const { backend, orgId, connection } = await open();
    const other = await makeConnection(backend, { orgId, name: "second" });
    await receive(backend, connection, [messageEvent("m1")]);
    expect(await receive(backend, other, [messageEvent("m1")])).toMatchObject({ processed: 1 });
    const conversations = await backend.run(async (ctx) => ctx.db.query("conversations").collect());
    expect(conversations.map(({ connectionId }) => connectionId)).toEqual([
      connection.connectionId,
      other.connectionId,
    ]);
  });
});

describe("I2 durable before 2xx", () => {
  /** Two rows where one belongs make look-ups of this address fail: an item that cannot be taken in. */
  async function poison(backend: Backend, orgId: TestOrgId): Promise<void> {
    await backend.run(async (ctx) => {
      const contactId = await ctx.db.insert("contacts", { orgId, searchText: "" });
      const identity = { orgId, kind: "lid" as const, scope: "", value: "poison@lid", contactId };
      await ctx.db.insert("identities", identity);
      await ctx.db.insert("identities", identity);
    });
  }
  type TestOrgId = Awaited<ReturnType<typeof open>>["orgId"];
  const poisoned = messageEvent("bad", { chat: { kind: "lid", value: "poison@lid" }, text: "kept for later" });

  it("an item that fails is rolled back alone, kept, and holds up nobody", async () => {
    const { backend, orgId, connection } = await open();
    await poison(backend, orgId);
    const batch = [messageEvent("m1"), poisoned, messageEvent("m2")];
    expect(await receive(backend, connection, batch)).toEqual({ total: 3, processed: 2, deduped: 0, failed: 1 });
    expect((await messagesOf(backend)).map(({ externalId }) => externalId)).toEqual(["m1", "m2"]);
    const [letter] = await backend.run(async (ctx) => ctx.db.query("deadLetters").collect());
    expect(letter).toMatchObject({ kind: "inbound_item", ref: "msg:bad", correlationId: "correlation" });
    expect(JSON.parse(letter?.payload ?? "")).toMatchObject({ text: "kept for later" });
    const keys = await backend.run(async (ctx) => ctx.db.query("inboundKeys").collect());
    expect(keys.map(({ key }) => key)).toEqual(["msg:m1", "msg:m2"]);
    expect(await backend.run(async (ctx) => ctx.db.query("conversations").collect())).toHaveLength(1);
  });

  it("what failed is played again by a person, once, when its cause is gone", async () => {
    const { backend, orgId, as, connection } = await open();
    await poison(backend, orgId);
    await receive(backend, connection, [poisoned]);
    const [letter] = await as.admin.query(api.ops.deadLetters.list, {});
    if (letter === undefined) throw new Error("There is a dead letter");
    const replay = () => as.admin.mutation(api.ops.deadLetters.replay, { deadLetterId: letter._id });
    await expect(replay()).rejects.toThrow("unique");
    await backend.run(async (ctx) => {
      const [, second] = await ctx.db.query("identities").collect();
      if (second !== undefined) await ctx.db.delete("identities", second._id);
    });
    await replay();
    expect(await messagesOf(backend)).toMatchObject([{ externalId: "bad", text: "kept for later" }]);
    await expect(replay()).rejects.toThrow("conflict");
    await expect(as.sdr.query(api.ops.deadLetters.list, {})).rejects.toThrow("forbidden");
  });

  it("an item that even alone is too much is buried with its reason; a pairing code is not kept", async () => {
    const { backend, connection } = await open();
    const receipt = { bytes: 1, sha256: "digest" };
    const batch = { ...connection, correlationId: "c", receipt, reason: "too large" };
    for (const event of [messageEvent("m1"), EVERYTHING[7]]) {
      if (event !== undefined) await asService(backend).mutation(api.inbox.ingest.bury, { ...batch, event });
    }
    const letters = await backend.run(async (ctx) => ctx.db.query("deadLetters").collect());
    expect(letters).toMatchObject([{ ref: "msg:m1", reason: "too large" }, { ref: "qr:1" }]);
    expect(letters[1]?.payload).toBeUndefined();
  });

  it("more than 20 items are too many", async () => {
    const { backend, connection } = await open();
    const events = Array.from({ length: 21 }, (_, index) => messageEvent(`m${index}`));
    await expect(receive(backend, connection, events)).rejects.toThrow("too_many");
    expect(await receive(backend, connection, events.slice(0, 20))).toMatchObject({ processed: 20 });
  });

  it("the calls of one webhook share a receipt that adds up", async () => {
    const { backend, connection } = await open();
    await receive(backend, connection, [messageEvent("m1")]);
    await receive(backend, connection, [messageEvent("m1"), messageEvent("m2")]);
    const receipts = await backend.run(async (ctx) => ctx.db.query("receipts").collect());
    expect(receipts).toMatchObject([{ summary: { total: 3, processed: 2, deduped: 1, failed: 0 } }]);
  });
});

describe("a webhook's connection", () => {
  const cases: { name: string; spoil: (backend: Backend, connection: TestConnection) => Promise<unknown> }[] = [
    {
      name: "was removed",
      spoil: (backend, { connectionId }) =>
        backend.run(async (ctx) =>
          ctx.db.patch("connections", connectionId, { status: { kind: "removed", since: 1 } }),
        ),
    },
    {
      name: "lost the secret that was used",
      spoil: (backend, { secretId }) => backend.run(async (ctx) => ctx.db.delete("connectionSecrets", secretId)),
    },
    {
      name: "has rotated, and the overlap is over",
      spoil: (backend, { secretId }) =>
        backend.run(async (ctx) => ctx.db.patch("connectionSecrets", secretId, { validUntil: NOW })),
    },
  ];

  it.each(cases)("takes in nothing when it $name", async ({ spoil }) => {
    const { backend, connection } = await open();
    await spoil(backend, connection);
    await expect(receive(backend, connection, [messageEvent("m1")])).rejects.toThrow("not_found");
    expect(await messagesOf(backend)).toEqual([]);
  });

  it("takes in what an older secret verified while both are valid", async () => {
    const { backend, connection } = await open();
    await backend.run(async (ctx) => ctx.db.patch("connectionSecrets", connection.secretId, { validUntil: NOW + 1 }));
    expect(await receive(backend, connection, [messageEvent("m1")])).toMatchObject({ processed: 1 });
  });

  it("takes in nothing with the secret of another connection", async () => {
    const { backend, orgId, connection } = await open();
    const other = await makeConnection(backend, { orgId, name: "second" });
    const mixed = { connectionId: connection.connectionId, secretId: other.secretId };
    await expect(receive(backend, mixed, [messageEvent("m1")])).rejects.toThrow("not_found");
  });

  it("is heard of at most every 15 seconds", async () => {
    const { backend, connection } = await open();
    const heard: (number | undefined)[] = [];
    for (const seconds of [0, 14, 15, 20, 31]) {
      vi.setSystemTime(NOW + seconds * 1_000);
      await receive(backend, connection, [messageEvent(`m${seconds}`)]);
      const [row] = await backend.run(async (ctx) => ctx.db.query("connectionHealth").collect());
      heard.push(row === undefined ? undefined : (row.lastEventAt - NOW) / 1_000);
    }
    expect(heard).toEqual([0, 0, 15, 15, 31]);
  });

  it("is loaded for its route with sealed secrets, and by its own connector's name only", async () => {
    const { backend, orgId, connection } = await open();
    const { connectionId, secretId } = connection;
    const load = (connector: string, id: string) =>
      asService(backend).query(api.connections.webhooks.load, { connector, connectionId: id });
    expect(await load("evolution", connectionId)).toEqual({
      orgId,
      connectionId,
      account: "main",
      secrets: [{ secretId, keyId: "test", ciphertext: "sealed main", validUntil: null }],
    });
    expect(await load("whatsapp-cloud", connectionId)).toBeNull();
    expect(await load("evolution", "no such id")).toBeNull();
  });
});
