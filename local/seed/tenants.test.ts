import { describe, expect, it } from "vitest";
import { ROLES } from "../../lib/domain/permissions.ts";
import { clerkSeed, SEED_TENANTS } from "./tenants.ts";

describe("the seeded tenants", () => {
  it("are two, each begun by an owner, and the first has people in every role", () => {
    expect(SEED_TENANTS.map(({ members }) => members[0]?.role)).toEqual(["owner", "owner"]);
    expect(new Set(SEED_TENANTS[0]?.members.map(({ role }) => role))).toEqual(new Set(ROLES));
  });

  it("reach Clerk with one account for a person who is in both", () => {
    const { users, organizations } = clerkSeed(SEED_TENANTS);
    expect(new Set(users.map(({ email }) => email)).size).toBe(users.length);
    const places = organizations.flatMap(({ members }) => members.map(({ userId }) => userId));
    expect(new Set(places)).toEqual(new Set(users.map(({ id }) => id)));
    expect(places.length).toBeGreaterThan(users.length);
  });

  it("can never be anybody's real address", () => {
    for (const { email } of clerkSeed(SEED_TENANTS).users) expect(email).toMatch(/\.example$/);
  });
});
