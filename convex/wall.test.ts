import { describe, expect, it } from "vitest";
import type { Id } from "./_generated/dataModel";
import type { MutationCtx } from "./_generated/server";
import { fillTenant, makeBackend } from "./test.setup.ts";
import { wall } from "./wall.ts";

type Db = MutationCtx["db"];

/** Runs with the walled `db` of one organization and the ids of another. */
async function behind<T>(run: (db: Db, rows: { own: Rows; foreign: Rows }) => Promise<T>): Promise<T> {
  const backend = makeBackend();
  const { ids: own } = await fillTenant(backend, "alpha");
  const { ids: foreign } = await fillTenant(backend, "bravo");
  return backend.run(async (ctx) => run(wall(ctx.db, own.organizations), { own, foreign }));
}

type OrgId = Id<"organizations">;
type Query = ReturnType<typeof queryAudit>;
type Rows = Awaited<ReturnType<typeof fillTenant>>["ids"];

describe("behind the tenant wall", () => {
  it("own rows are read, changed and removed as ever", async () => {
    const found = await behind(async (db, { own }) => {
      await db.patch("members", own.members, { name: "renamed" });
      const read = await db.get("members", own.members);
      const listed = [];
      for await (const row of queryAudit(db, own.organizations)) listed.push(row);
      await db.delete("audit", own.audit);
      return { name: read?.name, listed: listed.length, audit: await db.get("audit", own.audit) };
    });
    expect(found).toEqual({ name: "renamed", listed: 1, audit: null });
  });

  it("a write to a row that was seen to be its own reads nothing again, and any other is looked at", async () => {
    let reads = 0;
    const writing = behind(async (db, { own, foreign }) => {
      const counted = wall(
        countReads(db, () => (reads += 1)),
        own.organizations,
      );
      await counted.get("members", own.members);
      await counted.patch("members", own.members, { name: "one" });
      await counted.patch("members", own.members, { name: "two" });
      expect(reads).toBe(1);
      await counted.delete("members", own.members);
      await expect(counted.patch("members", own.members, { name: "gone" })).rejects.toThrow("not_found");
      await counted.patch("members", foreign.members, { name: "taken" });
    });
    await expect(writing).rejects.toThrow("not_found");
  });

  it("a foreign row does not exist", async () => {
    const found = await behind(async (db, { foreign }) => [
      await db.get("members", foreign.members),
      await db.get("organizations", foreign.organizations),
    ]);
    expect(found).toEqual([null, null]);
  });

  it.each([
    { way: "patch", write: (db: Db, id: Id<"members">) => db.patch("members", id, { name: "taken" }) },
    { way: "delete", write: (db: Db, id: Id<"members">) => db.delete("members", id) },
    { way: "replace", write: (db: Db, id: Id<"members">, orgId: OrgId) => db.replace("members", id, memberOf(orgId)) },
  ])("a foreign row is not found by $way", async ({ write }) => {
    const writing = behind(async (db, { own, foreign }) => write(db, foreign.members, own.organizations));
    await expect(writing).rejects.toThrow("not_found");
  });

  it.each([
    { way: "first", read: (query: Query) => query.first() },
    { way: "unique", read: (query: Query) => query.unique() },
    { way: "take", read: (query: Query) => query.take(10) },
    { way: "collect", read: (query: Query) => query.collect() },
    { way: "paginate", read: (query: Query) => query.paginate({ cursor: null, numItems: 10 }) },
    { way: "an iteration", read: (query: Query) => iterate(query) },
    { way: "order and first", read: (query: Query) => query.order("desc").first() },
  ])("a query that meets a foreign row by $way fails", async ({ read }) => {
    const reading = behind(async (db, { foreign }) => read(queryAudit(db, foreign.organizations)));
    await expect(reading).rejects.toThrow("met a row of another organization");
  });

  it("no row is made for another organization, and no organization is made", async () => {
    const entry = { actor: { kind: "service" as const, name: "x" }, action: "x", target: "x", at: 1 };
    const planting = behind(async (db, { foreign }) => db.insert("audit", { ...entry, orgId: foreign.organizations }));
    await expect(planting).rejects.toThrow("not of this organization");
    const founding = behind(async (db, { own }) => {
      const org = await db.get("organizations", own.organizations);
      if (org === null) return;
      const { _id, _creationTime, ...fields } = org;
      await db.insert("organizations", fields);
    });
    await expect(founding).rejects.toThrow("cannot make another");
  });

  it.each([
    { way: "patch", move: (db: Db, id: Id<"members">, orgId: OrgId) => db.patch("members", id, { orgId }) },
    { way: "replace", move: (db: Db, id: Id<"members">, orgId: OrgId) => db.replace("members", id, memberOf(orgId)) },
  ])("no row moves to another organization by $way", async ({ move }) => {
    const moving = behind(async (db, { own, foreign }) => move(db, own.members, foreign.organizations));
    await expect(moving).rejects.toThrow("stays with its organization");
  });

  it("what could see all tenants is not there", async () => {
    const found = await behind(async (db) => {
      const query: object = db.query("members");
      const names = (object: object, all: readonly string[]) =>
        all.filter((name) => Reflect.get(object, name) !== undefined);
      return [names(db, ["system", "table", "query"]), names(query, ["count", "fullTableScan", "limit", "withIndex"])];
    });
    expect(found).toEqual([["query"], ["withIndex"]]);
  });
});

function queryAudit(db: Db, orgId: OrgId) {
  return db.query("audit").withIndex("by_org_and_at", (q) => q.eq("orgId", orgId));
}

async function iterate(query: Query): Promise<void> {
  for await (const row of query) expect(row).toBe("never reached");
}

function memberOf(orgId: OrgId) {
  const person = { clerkUserId: "taken", name: "taken", email: "taken", role: "owner" as const };
  return { ...person, orgId, status: "active" as const, clerkUpdatedAt: 1, profileUpdatedAt: 1 };
}

/** `db` that says when a row is read by its id. */
function countReads(db: Db, onRead: () => void): Db {
  return new Proxy(db, {
    get: (target, name) => {
      if (name === "get") onRead();
      return Reflect.get(target, name);
    },
  });
}
