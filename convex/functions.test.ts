import { makeFunctionReference } from "convex/server";
import { describe, expect, it } from "vitest";
import { renderVisitorSubject, SERVICE_ISSUER, VISITOR_ISSUER } from "../lib/tokens.ts";
import {
  asPerson,
  asService,
  asVisitor,
  listRegistered,
  makeBackend,
  makeOrg,
  modules,
  readSource,
  VISITOR_ID,
  withToken,
} from "./test.setup.ts";

const registered = await listRegistered();

describe("every registered function", () => {
  it("is seen here", () => {
    expect(registered.length).toBeGreaterThanOrEqual(8);
  });

  it.each(registered)("$path declares what it takes and what it gives back", ({ args, returns }) => {
    expect(JSON.parse(args)).toMatchObject({ type: "object" });
    expect(JSON.parse(returns)).toMatchObject({ type: expect.not.stringMatching(/^any$/) });
  });

  it.each(registered)("$path is built by a wrapper of functions.ts", ({ wrapper }) => {
    expect(wrapper).toMatch(/(Query|Mutation|Action|Job)$/);
  });

  it.each(registered.filter(({ wrapper }) => wrapper?.startsWith("visitor")))(
    "$path, for visitors, names no row at all",
    ({ args }) => {
      expect(args).not.toContain('"type":"id"');
    },
  );

  it.each(registered.filter(({ wrapper }) => wrapper?.startsWith("org")))(
    "$path names no organization",
    ({ args, wrapper }) => {
      if (wrapper?.startsWith("orgJob")) return;
      expect(args).not.toContain('"tableName":"organizations"');
    },
  );
});

it("raw builders are imported by functions.ts alone", () => {
  const raw =
    /import \{[^}]*\b(internal)?(query|mutation|action)(Generic)?\b[^}]*\} from "[^"]*(_generated\/server|convex\/server)"/i;
  const sources = Object.keys(modules).filter((file) => !file.includes("_generated"));
  expect(sources.filter((file) => raw.test(readSource(file)))).toEqual(["./functions.ts"]);
});

describe("who may call", () => {
  const list = makeFunctionReference<"query">("organizations/members:list");
  const viewer = makeFunctionReference<"query">("organizations/members:viewer");
  const update = makeFunctionReference<"mutation">("organizations/settings:update");
  const apply = makeFunctionReference<"mutation">("organizations/clerk:apply");
  const thread = makeFunctionReference<"query">("webchat/visitor:thread");
  const news = { type: "organizationDeleted", clerkOrgId: "org_acme" };

  it("an organization's function answers its members only", async () => {
    const backend = makeBackend();
    const { clerkOrgId, as } = await makeOrg(backend, "acme");
    await expect(backend.query(list, {})).rejects.toThrow("unauthenticated");
    await expect(asPerson(backend, { clerkUserId: "owner_acme" }).query(list, {})).rejects.toThrow("no_organization");
    const stranger = asPerson(backend, { clerkUserId: "stranger", clerkOrgId });
    await expect(stranger.query(list, {})).rejects.toThrow("not_a_member");
    expect(await as.viewer.query(list, {})).toHaveLength(4);
  });

  it("a role that lacks the permission is refused, whatever its token says", async () => {
    const backend = makeBackend();
    const { clerkOrgId, as } = await makeOrg(backend, "acme");
    for (const role of ["sdr", "viewer"] as const) {
      await expect(as[role].mutation(update, { locale: "en" })).rejects.toThrow("forbidden");
    }
    const boaster = asPerson(backend, { clerkUserId: "viewer_acme", clerkOrgId, role: "owner" });
    await expect(boaster.mutation(update, { locale: "en" })).rejects.toThrow("forbidden");
    await as.admin.mutation(update, { locale: "en" });
  });

  it("a service is nobody's member, and a member is no service", async () => {
    const backend = makeBackend();
    const { as } = await makeOrg(backend, "acme");
    await expect(asService(backend).query(list, {})).rejects.toThrow("unauthenticated");
    await expect(asService(backend).query(viewer, {})).rejects.toThrow("unauthenticated");
    await expect(as.owner.mutation(apply, { news })).rejects.toThrow("unauthenticated");
    await expect(backend.mutation(apply, { news })).rejects.toThrow("unauthenticated");
  });

  it("a visitor token is never a service", async () => {
    const backend = makeBackend();
    const { orgId } = await makeOrg(backend, "acme");
    const visitor = asVisitor(backend, { orgId });
    await expect(visitor.mutation(apply, { news })).rejects.toThrow("unauthenticated");
    await expect(visitor.query(list, {})).rejects.toThrow("unauthenticated");
    await expect(visitor.query(viewer, {})).rejects.toThrow("unauthenticated");
    const posing = withToken(backend, { issuer: VISITOR_ISSUER, subject: "service:clerk" });
    await expect(posing.mutation(apply, { news })).rejects.toThrow("unauthenticated");
  });

  it("a service token is never a visitor", async () => {
    const backend = makeBackend();
    const { orgId, as } = await makeOrg(backend, "acme");
    const subject = renderVisitorSubject({ orgId, visitorId: VISITOR_ID });
    const posing = withToken(backend, { issuer: SERVICE_ISSUER, subject });
    const others = [posing, asService(backend), as.owner, backend];
    for (const other of others) await expect(other.query(thread, { limit: 1 })).rejects.toThrow("unauthenticated");
    expect(await asVisitor(backend, { orgId }).query(thread, { limit: 1 })).toBeNull();
  });

  it("a visitor token of an organization that ended, or never was, is worth nothing", async () => {
    const backend = makeBackend();
    const { orgId } = await makeOrg(backend, "acme");
    await backend.run(async (ctx) => ctx.db.patch("organizations", orgId, { status: "deleted" }));
    for (const named of [orgId, "nobody"]) {
      await expect(asVisitor(backend, { orgId: named }).query(thread, { limit: 1 })).rejects.toThrow("not_found");
    }
  });

  it("somebody else's issuer cannot pose as a service", async () => {
    const backend = makeBackend();
    const impostor = withToken(backend, { issuer: "https://clerk.test", subject: "service:clerk" });
    await expect(impostor.mutation(apply, { news })).rejects.toThrow("unauthenticated");
  });
});
