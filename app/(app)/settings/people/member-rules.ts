import { canManage, type Role, roles } from "@/components/shell/roles.ts";

type Person = { userId: string; role: Role | null };

/** Why a member's role stays as it is and the member stays in; null when both can change. */
export type Fixed = "notAllowed" | "ownersOnly" | "lastOwner" | "unknownRole";

/**
 * What `own` may do with `other`. Admins change everyone but owners; an organization always keeps an owner. Clerk and the server have
 * the last word: this only keeps people from trying in vain.
 */
export function whyFixed({ own, other, owners }: { own: Person; other: Person; owners: number }): Fixed | null {
  if (!canManage(own.role)) return "notAllowed";
  if (other.role === null) return "unknownRole";
  if (other.role !== "owner") return null;
  if (own.role !== "owner") return "ownersOnly";
  return owners > 1 ? null : "lastOwner";
}

/** The roles that one may give: nobody can make someone more than they are. */
export function grantableRoles(own: Role | null): readonly Role[] {
  if (own === "owner") return roles;
  return own === "admin" ? roles.filter((role) => role !== "owner") : [];
}
