import fc from "fast-check";
import { expect, test } from "vitest";
import { roles } from "../../../../components/shell/roles.ts";
import { grantableRoles, whyFixed } from "./member-rules.ts";

const anyRole = fc.constantFrom(...roles);

test("those who do not run the organization can change nobody and grant nothing", () => {
  fc.assert(
    fc.property(fc.constantFrom("sdr" as const, "viewer" as const, null), anyRole, (mine, theirs) => {
      const people = { own: { userId: "a", role: mine }, other: { userId: "b", role: theirs }, owners: 3 };
      expect(whyFixed(people)).toBe("notAllowed");
      expect(grantableRoles(mine)).toEqual([]);
    }),
  );
});

test("the last owner stays, even by their own hand", () => {
  const owner = { userId: "a", role: "owner" as const };
  expect(whyFixed({ own: owner, other: owner, owners: 1 })).toBe("lastOwner");
  expect(whyFixed({ own: owner, other: owner, owners: 2 })).toBeNull();
});

test("an admin changes everyone but owners, and makes no owner", () => {
  const admin = { userId: "a", role: "admin" as const };
  expect(whyFixed({ own: admin, other: { userId: "b", role: "owner" }, owners: 2 })).toBe("ownersOnly");
  expect(whyFixed({ own: admin, other: { userId: "b", role: "sdr" }, owners: 1 })).toBeNull();
  expect(grantableRoles("admin")).not.toContain("owner");
});

test("a role that is not one of ours is left alone", () => {
  const owner = { userId: "a", role: "owner" as const };
  expect(whyFixed({ own: owner, other: { userId: "b", role: null }, owners: 1 })).toBe("unknownRole");
});
