import { expect, it } from "vitest";
import { api } from "../_generated/api";
import type { Id } from "../_generated/dataModel";
import { type Backend, makeBackend, makeConnection, makeOrg, messageEvent, receive } from "../test.setup.ts";

const fields = { connector: "evolution", name: "Vendas", baseUrl: "https://evo.acme.example" } as const;

async function setUp() {
  const backend = makeBackend();
  const org = await makeOrg(backend, "acme");
  const connectionId = await org.as.admin.mutation(api.connections.connections.create, fields);
  return { backend, ...org, connectionId };
}

it("whoever manages connections finds what is needed to go on with a draft", async () => {
  const { backend, as, connectionId } = await setUp();
  const get = (id: string) => as.admin.query(api.connections.connections.get, { connectionId: id });
  const { connector: _connector, ...given } = fields;
  expect(await get(connectionId)).toMatchObject({
    ...given,
    account: null,
    state: "draft",
    hasKey: false,
    isHeard: false,
  });
  await expect(as.sdr.query(api.connections.connections.get, { connectionId })).rejects.toThrow("forbidden");
  expect(await get("no-id")).toBeNull();
  const other = await makeOrg(backend, "beta");
  expect(await other.as.owner.query(api.connections.connections.get, { connectionId })).toBeNull();
  await as.admin.mutation(api.connections.connections.remove, { connectionId });
  expect(await get(connectionId)).toBeNull();
});

it("a draft is corrected by whoever manages connections, with an address that can be called", async () => {
  const { as, connectionId } = await setUp();
  const configure = (by: "admin" | "sdr", name: string, baseUrl: string) =>
    as[by].mutation(api.connections.connections.configure, { connectionId, name, baseUrl });
  await configure("admin", " Suporte ", "https://other.example");
  expect(await as.admin.query(api.connections.connections.get, { connectionId })).toMatchObject({
    name: "Suporte",
    baseUrl: "https://other.example",
  });
  await expect(configure("admin", " ", "https://other.example")).rejects.toThrow('"field":"name"');
  await expect(configure("admin", "Suporte", "ftp://other.example")).rejects.toThrow('"field":"baseUrl"');
  await expect(configure("sdr", "Suporte", "https://other.example")).rejects.toThrow("forbidden");
});

it("the web chat has no server to set up", async () => {
  const { as } = await setUp();
  const connectionId = await as.admin.mutation(api.connections.webchat.enable, {});
  expect(await as.admin.query(api.connections.connections.get, { connectionId })).toBeNull();
  const { name, baseUrl } = fields;
  const configure = as.admin.mutation(api.connections.connections.configure, { connectionId, name, baseUrl });
  await expect(configure).rejects.toThrow("no_accounts");
  expect(await as.viewer.query(api.organizations.settings.onboarding, {})).toMatchObject({ connectedChannel: true });
});

it("what went out of a connection is counted since a time, and no further than a hundred", async () => {
  const { backend, as, orgId } = await setUp();
  const few = await deliver(backend, { orgId, name: "few", states: ["sent", "sent", "dead", "queued"] });
  const many = await deliver(backend, { orgId, name: "many", states: Array.from({ length: 101 }, () => "sent") });
  const traffic = (id: Id<"connections">, since: number) =>
    as.viewer.query(api.connections.connections.traffic, { connectionId: id, since });
  expect(await traffic(few, 0)).toEqual({ sent: 2, failed: 1 });
  expect(await traffic(few, Date.now() + 60_000)).toEqual({ sent: 0, failed: 0 });
  expect(await traffic(many, 0)).toEqual({ sent: 100, failed: 0 });
});

it("a connected channel ticks the step of the first run, until it is lost", async () => {
  const { backend, as, connectionId } = await setUp();
  const ticks = async () => (await as.viewer.query(api.organizations.settings.onboarding, {})).connectedChannel;
  const become = (kind: "connected" | "action_needed") =>
    backend.run(async (ctx) => ctx.db.patch("connections", connectionId, { status: { kind, since: 1 } }));
  expect(await ticks()).toBe(false);
  await become("connected");
  expect(await ticks()).toBe(true);
  await become("action_needed");
  expect(await ticks()).toBe(false);
});

/** A conversation of the connection, with one delivery in each of these states. */
async function deliver(
  backend: Backend,
  { orgId, name, states }: { orgId: Id<"organizations">; name: string; states: ("sent" | "dead" | "queued")[] },
): Promise<Id<"connections">> {
  const connection = await makeConnection(backend, { orgId, name });
  await receive(backend, connection, [messageEvent("hello")]);
  await backend.run(async (ctx) => {
    const { connectionId } = connection;
    const message = await ctx.db
      .query("messages")
      .withIndex("by_connection_and_externalId", (q) => q.eq("connectionId", connectionId))
      .unique();
    if (message === null) throw new Error("The lead has written");
    const { conversationId, _id: messageId } = message;
    const of = { orgId, connectionId, conversationId, messageId, origin: "agent" as const };
    const attempt = { token: 1, attempt: 1, nextAttemptAt: 0, fingerprint: "" };
    for (const [seq, state] of states.entries()) {
      await ctx.db.insert("deliveries", { ...of, ...attempt, seq, state });
    }
  });
  return connection.connectionId;
}
