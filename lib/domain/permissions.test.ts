import { describe, expect, it } from "vitest";
import { can, parseRole, PERMISSIONS, ROLES } from "./permissions.ts";

describe("a role", () => {
  it.each([
    { role: "viewer", may: ["inbox:read"] },
    { role: "sdr", may: ["inbox:read", "inbox:reply", "leads:edit"] },
    { role: "admin", may: PERMISSIONS.filter((permission) => permission !== "billing:manage") },
    { role: "owner", may: [...PERMISSIONS] },
  ] as const)("$role may do this and nothing else: $may", ({ role, may }) => {
    expect(PERMISSIONS.filter((permission) => can(role, permission))).toEqual(may);
  });

  it.each(ROLES)("%s is read from Clerk's key, with or without its prefix", (role) => {
    expect([parseRole(role), parseRole(`org:${role}`)]).toEqual([role, role]);
  });

  it.each(["", "org:", "org:member", "OWNER", "org:owner ", "owner:org"])(
    "that is unknown (%j) gets the least",
    (name) => {
      expect(parseRole(name)).toBe("viewer");
    },
  );
});
