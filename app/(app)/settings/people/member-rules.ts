import { can, type Role, ROLES } from "@/lib/domain/permissions.ts";

type People = { own: Role; other: Role; owners: number };

/** Why a member's role stays as it is and the member stays in; null when both can change. */
export type Fixed = "notAllowed" | "ownersOnly" | "lastOwner";

/**
 * What `own` may do with `other`. Admins change everyone but owners; an organization always keeps an owner. Clerk and the server have
 * the last word: this only keeps people from trying in vain.
 */
export function whyFixed({ own, other, owners }: People): Fixed | null {
  if (!can(own, "members:manage")) return "notAllowed";
  if (other !== "owner") return null;
  if (own !== "owner") return "ownersOnly";
  return owners > 1 ? null : "lastOwner";
}

/** The roles that one may give: nobody can make someone more than they are. */
export function grantableRoles(own: Role): readonly Role[] {
  if (!can(own, "members:manage")) return [];
  return own === "owner" ? ROLES : ROLES.filter((role) => role !== "owner");
}
