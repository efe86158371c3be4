/** What a role may do. A wrapper of `convex/functions.ts` names the permission that a function needs. */

export const ROLES = ["owner", "admin", "sdr", "viewer"] as const;
export type Role = (typeof ROLES)[number];

export const PERMISSIONS = [
  "inbox:read",
  "inbox:reply", // send, take over, give back, assign, close
  "leads:edit", // correct what is known of a lead
  "agent:edit", // write the playbook, stop and start the agent
  "connections:manage",
  "organization:manage", // name, language, time zone
  "members:manage", // invite, change roles, remove
  "billing:manage",
] as const;
export type Permission = (typeof PERMISSIONS)[number];

const VIEWER: readonly Permission[] = ["inbox:read"];
const SDR: readonly Permission[] = [...VIEWER, "inbox:reply", "leads:edit"];
const ADMIN: readonly Permission[] = [
  ...SDR,
  "agent:edit",
  "connections:manage",
  "organization:manage",
  "members:manage",
];

const GRANTS: Readonly<Record<Role, readonly Permission[]>> = {
  owner: [...ADMIN, "billing:manage"],
  admin: ADMIN,
  sdr: SDR,
  viewer: VIEWER,
};

export function can(role: Role, permission: Permission): boolean {
  return GRANTS[role].includes(permission);
}

/** Clerk's name for a role (`org:admin`, or `admin` in a token); an unknown one gets the least. */
export function parseRole(clerkRole: string): Role {
  const name = clerkRole.replace(/^org:/, "");
  return ROLES.find((role) => role === name) ?? "viewer";
}
