/** The roles of the product as they are set up in the Clerk dashboard. */
export type Role = { key: string; name: string; description: string; permissions: readonly string[] };

export const MANAGE_PROFILE = "org:sys_profile:manage";
export const DELETE_ORGANIZATION = "org:sys_profile:delete";
export const READ_MEMBERS = "org:sys_memberships:read";
export const MANAGE_MEMBERS = "org:sys_memberships:manage";

/** Clerk demands that someone in every organization holds these; they are also what the creator's role must have. */
export const MINIMUM_PERMISSIONS = [READ_MEMBERS, MANAGE_MEMBERS, DELETE_ORGANIZATION];

export const CREATOR_ROLE = "org:owner";
export const DEFAULT_ROLE = "org:sdr";

const MANAGER_PERMISSIONS = [MANAGE_PROFILE, READ_MEMBERS, MANAGE_MEMBERS];

export const ROLES: readonly Role[] = [
  {
    key: "org:owner",
    name: "Owner",
    description: "Everything, also deleting the organization",
    permissions: [...MANAGER_PERMISSIONS, DELETE_ORGANIZATION],
  },
  { key: "org:admin", name: "Admin", description: "Settings and members", permissions: MANAGER_PERMISSIONS },
  { key: "org:sdr", name: "SDR", description: "Works the inbox", permissions: [READ_MEMBERS] },
  { key: "org:viewer", name: "Viewer", description: "Reads", permissions: [READ_MEMBERS] },
];

export function findRole(key: string): Role | undefined {
  return ROLES.find((role) => role.key === key);
}

export function roleHas(key: string, permission: string): boolean {
  return findRole(key)?.permissions.includes(permission) ?? false;
}
