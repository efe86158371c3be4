import { makeFunctionReference } from "convex/server";
import { describe, expect, it } from "vitest";
import { asPerson, asService, listRegistered, makeBackend, makeOrg, modules, readSource } from "./test.setup.ts";

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

  it("a visitor's token is not a service's", async () => {
    const backend = makeBackend();
    const issuer = "https://tokens.qify.dev";
    const visitor = backend.withIdentity({ issuer, subject: "visitor:1", tokenIdentifier: `${issuer}|visitor:1` });
    await expect(visitor.mutation(apply, { news })).rejects.toThrow("unauthenticated");
    await expect(visitor.query(list, {})).rejects.toThrow("unauthenticated");
  });

  it("somebody else's issuer cannot pose as a service", async () => {
    const backend = makeBackend();
    const issuer = "https://clerk.test";
    const impostor = backend.withIdentity({
      issuer,
      subject: "service:clerk",
      tokenIdentifier: `${issuer}|service:clerk`,
    });
    await expect(impostor.mutation(apply, { news })).rejects.toThrow("unauthenticated");
  });
});
