export const roles = ["owner", "admin", "sdr", "viewer"] as const;

export type Role = (typeof roles)[number];

/** Clerk writes `org:sdr`; null for a role that is not one of ours. */
export function roleOf(clerkRole: string | null | undefined): Role | null {
  return roles.find((role) => clerkRole === clerkRoleOf(role)) ?? null;
}

export function clerkRoleOf(role: Role): string {
  return `org:${role}`;
}

/** Owners and admins run the organization: its people, its settings, what the agent says. */
export function canManage(role: Role | null): boolean {
  return role === "owner" || role === "admin";
}
