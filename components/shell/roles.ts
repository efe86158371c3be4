import type { Role } from "@/lib/domain/permissions.ts";

/** Clerk's name for one of our roles. */
export function clerkRoleOf(role: Role): string {
  return `org:${role}`;
}
