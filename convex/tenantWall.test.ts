/** I7, for every function there is and will be: valid arguments with another tenant's ids find and change nothing. */
import { makeFunctionReference } from "convex/server";
import { type ObjectFieldType, type Value, v, type ValidatorJSON } from "convex/values";
import { describe, expect, it } from "vitest";
import { defaultPlaybook } from "../lib/domain/playbook-default.ts";
import { errorCode } from "../lib/errors.ts";
import { api } from "./_generated/api";
import { userMutation, userQuery } from "./functions.ts";
import schema from "./schema.ts";
import {
  asVisitor,
  type Backend,
  type Caller,
  fillTenant,
  listRegistered,
  makeBackend,
  type Registered,
  VISITOR_ID,
} from "./test.setup.ts";

/** Every text of the other tenant has this in it. */
const MARK = "bravo";

const registered = await listRegistered();
const ofTenants = registered.filter(({ wrapper }) => wrapper?.startsWith("org") || wrapper?.startsWith("user"));
const ofVisitors = registered.filter(({ wrapper }) => wrapper?.startsWith("visitor"));
const ofServices = registered.filter(({ wrapper }) => wrapper?.startsWith("service"));

describe("I7: with another tenant's ids", () => {
  it.each(ofTenants)("$path finds nothing and changes nothing", async (called) => {
    expect(await trespass(called)).toEqual({ leaks: [], changed: false, refusals: [] });
  });

  it.each(ofVisitors)(
    "$path shows a visitor nothing of another organization, though it knows them too",
    async (called) => {
      expect(await trespass(called)).toEqual({
        leaks: [],
        changed: false,
        refusals: expect.not.arrayContaining(["unauthenticated"]),
      });
    },
  );

  it("a visitor's functions are among those that are tried, and would show a thread of their own", async () => {
    expect(ofVisitors.length).toBeGreaterThanOrEqual(4);
    const backend = makeBackend();
    const { ids } = await fillTenant(backend, MARK);
    await openChat(backend, ids);
    const seen = await asVisitor(backend, { orgId: ids.organizations }).query(api.webchat.visitor.thread, { limit: 9 });
    expect(JSON.stringify(seen)).toContain(MARK);
  });

  it.each(ofServices)("$path does not answer a member", async (called) => {
    const refused = await trespass(called);
    expect(refused).toEqual({ leaks: [], changed: false, refusals: expect.arrayContaining(["unauthenticated"]) });
  });

  it("every table of the schema has a row that could leak", async () => {
    const { ids } = await fillTenant(makeBackend(), MARK);
    expect(Object.keys(ids).toSorted()).toEqual(Object.keys(schema.tables).toSorted());
  });

  it("every table of the schema says whose its rows are", () => {
    const tables = Object.entries(schema.tables).filter(([name]) => name !== "organizations");
    const unowned = tables.filter(([, { validator }]) => !Object.hasOwn(validator.fields, "orgId"));
    expect(unowned.map(([name]) => name)).toEqual([]);
  });
});

describe("the test of I7", () => {
  const leaky = {
    read: userQuery({
      args: { memberId: v.id("members") },
      returns: v.string(),
      handler: async (ctx, { memberId }) => (await ctx.db.get("members", memberId))?.name ?? "",
    }),
    list: userQuery({
      args: {},
      returns: v.array(v.id("members")),
      handler: async (ctx) => (await ctx.db.query("members").take(100)).map(({ _id }) => _id),
    }),
    write: userMutation({
      args: { target: v.union(v.null(), v.object({ memberIds: v.array(v.id("members")) })) },
      returns: v.null(),
      handler: async (ctx, { target }) => {
        for (const memberId of target?.memberIds ?? []) await ctx.db.patch("members", memberId, { locale: "en" });
        return null;
      },
    }),
  };
  const planted = { "./planted.ts": async () => leaky };

  it.each([
    { name: "read", found: { leaks: ["text"] } },
    { name: "list", found: { leaks: ["members"] } },
    { name: "write", found: { changed: true } },
  ])("notices a planted function that can $name across the wall", async ({ name, found }) => {
    const all = await listRegistered(planted);
    const called = all.find(({ path }) => path === `planted:${name}`);
    if (called === undefined) throw new Error("The planted function was not found");
    expect(await trespass(called, planted)).toMatchObject(found);
  });
});

/** `leaks` names the tables whose foreign rows were in an answer (`text`: words of them); refusals leave out `not_found`. */
type Trespass = { leaks: string[]; changed: boolean; refusals: string[] };

/** Calls as the owner of one organization, with the ids of another, in as many ways as the arguments allow. */
async function trespass(called: Registered, planted: Parameters<typeof makeBackend>[0] = {}): Promise<Trespass> {
  const backend = makeBackend(planted);
  const own = await fillTenant(backend, "alpha");
  const foreign = await fillTenant(backend, MARK);
  const isVisitors = called.wrapper?.startsWith("visitor") === true;
  if (isVisitors) for (const { ids } of [own, foreign]) await openChat(backend, ids);
  const before = await dumpTenant(backend, foreign.ids.organizations);
  const internal = called.visibility === "internal";
  // A job is told its organization by our own code: that one is its own, everything else is foreign.
  const ids = {
    ...foreign.ids,
    _storage: foreign.storageId,
    ...(internal ? { organizations: own.ids.organizations } : {}),
  };
  const visitor = asVisitor(backend, { orgId: own.ids.organizations });
  const caller = isVisitors ? visitor : internal ? backend : own.as.owner;
  const outcome: Trespass = { leaks: [], changed: false, refusals: [] };
  for (const args of sampleArguments(called.args, ids)) {
    try {
      const answer = JSON.stringify(await invoke(caller, { called, args })) ?? "";
      if (answer.includes(MARK)) outcome.leaks.push("text");
      outcome.leaks.push(...keysOf(foreign.ids).filter((table) => answer.includes(foreign.ids[table])));
    } catch (error) {
      const code = errorCode(error);
      if (code === null) throw error;
      if (code !== "not_found") outcome.refusals.push(code);
    }
  }
  return { ...outcome, changed: before !== (await dumpTenant(backend, foreign.ids.organizations)) };
}

/** The tenant's thread is one of its chat page, with a visitor who is known to both. */
async function openChat(backend: Backend, ids: Awaited<ReturnType<typeof fillTenant>>["ids"]): Promise<void> {
  await backend.run(async (ctx) => {
    const { organizations: orgId, connections, contacts: contactId, conversations } = ids;
    const live = { connector: "webchat" as const, channel: "webchat" as const, liveAccount: orgId, config: {} };
    await ctx.db.patch("connections", connections, live);
    await ctx.db.insert("identities", { orgId, kind: "webchat", scope: "", value: VISITOR_ID, contactId });
    await ctx.db.patch("conversations", conversations, { channel: "webchat" });
  });
}

async function invoke(
  caller: Caller,
  { called, args }: { called: Registered; args: Record<string, Value> },
): Promise<unknown> {
  switch (called.kind) {
    case "query":
      return caller.query(makeFunctionReference<"query">(called.path), args);
    case "mutation":
      return caller.mutation(makeFunctionReference<"mutation">(called.path), args);
    case "action":
      return caller.action(makeFunctionReference<"action">(called.path), args);
  }
}

/** All rows of a tenant and the jobs that name it, as text. */
async function dumpTenant(backend: Backend, orgId: string): Promise<string> {
  return backend.run(async (ctx) => {
    const tables = await Promise.all(keysOf(schema.tables).map((table) => ctx.db.query(table).collect()));
    const jobs = await ctx.db.system.query("_scheduled_functions").collect();
    const mentions = [...tables.flat(), ...jobs].map((row) => JSON.stringify(row)).filter((row) => row.includes(orgId));
    return mentions.toSorted().join("\n");
  });
}

type Ids = Readonly<Record<string, string>>;
type Args = Record<string, Value>;

/** What makes a generated text or number pass the first check of a function, by the name of its field. */
const PLAUSIBLE: Readonly<Record<string, Value>> = {
  timezone: "Europe/Lisbon",
  cursor: null,
  endCursor: null,
  numItems: 10,
  baseUrl: "https://a.test",
  content: defaultPlaybook({ company: "a", sells: "a", tone: "warm", locale: "en", timezone: "Europe/Lisbon" }),
};

/** Ids that a function takes as a text, since people may type them. */
const TYPED_IDS: Readonly<Record<string, string>> = { conversationId: "conversations" };

/** Valid arguments that between them take every branch of every union. */
function sampleArguments(exported: string, ids: Ids): Args[] {
  const json: ValidatorJSON = JSON.parse(exported);
  if (json.type !== "object") throw new Error("Arguments are an object");
  return sampleObject(json.value, ids);
}

function sampleObject(fields: Record<string, ObjectFieldType>, ids: Ids): Args[] {
  const options = Object.entries(fields).map(([name, { fieldType }]) => {
    const typed = fieldType.type === "string" ? ids[TYPED_IDS[name] ?? ""] : undefined;
    const plausible = typed === undefined ? PLAUSIBLE[name] : typed;
    return { name, values: plausible === undefined ? sample(fieldType, ids) : [plausible] };
  });
  const ways = Math.max(1, ...options.map(({ values }) => values.length));
  return Array.from({ length: ways }, (_, way) =>
    Object.fromEntries(options.map(({ name, values }) => [name, values[way % values.length] ?? null])),
  );
}

function sample(json: ValidatorJSON, ids: Ids): Value[] {
  switch (json.type) {
    case "object":
      return sampleObject(json.value, ids);
    case "union":
      return json.value.flatMap((option) => sample(option, ids));
    case "array":
      return sample(json.value, ids).map((item) => [item]);
    case "record":
      return [{}];
    case "id":
      return [ids[json.tableName] ?? `no row of ${json.tableName}`];
    case "literal":
      return [typeof json.value === "object" ? null : json.value];
    case "null":
      return [null];
    case "boolean":
      return [true, false];
    case "bigint":
      return [1n];
    case "bytes":
      return [new ArrayBuffer(1)];
    case "number":
      return [1];
    default:
      return ["text"];
  }
}

function keysOf<T extends object>(object: T): Extract<keyof T, string>[] {
  const keys: Extract<keyof T, string>[] = [];
  for (const key in object) keys.push(key);
  return keys;
}
