import fc from "fast-check";
import { expect, test } from "vitest";
import { ROLES } from "../../../../lib/domain/permissions.ts";
import { grantableRoles, whyFixed } from "./member-rules.ts";

const anyRole = fc.constantFrom(...ROLES);

test("those who do not run the organization can change nobody and grant nothing", () => {
  fc.assert(
    fc.property(fc.constantFrom("sdr" as const, "viewer" as const), anyRole, (own, other) => {
      expect(whyFixed({ own, other, owners: 3 })).toBe("notAllowed");
      expect(grantableRoles(own)).toEqual([]);
    }),
  );
});

test("the last owner stays, even by their own hand", () => {
  expect(whyFixed({ own: "owner", other: "owner", owners: 1 })).toBe("lastOwner");
  expect(whyFixed({ own: "owner", other: "owner", owners: 2 })).toBeNull();
});

test("an admin changes everyone but owners, and makes no owner", () => {
  expect(whyFixed({ own: "admin", other: "owner", owners: 2 })).toBe("ownersOnly");
  expect(whyFixed({ own: "admin", other: "sdr", owners: 1 })).toBeNull();
  expect(grantableRoles("admin")).not.toContain("owner");
});
