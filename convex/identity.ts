import type { UserIdentity } from "convex/server";
import { isOwnIssuer } from "../lib/tokens.ts";

/** What a person's token says. The organization is the one chosen in this session; a member row decides what it is worth. */
export type PersonClaims = {
  clerkUserId: string;
  clerkOrgId: string | null;
  clerkRole: string | null;
  clerkOrgSlug: string | null;
};

/**
 * Clerk's compact `o` claim arrives nested from an OIDC provider and flattened (`o.id`) from a custom one. Null for
 * tokens that are not a person's.
 */
export function parsePerson(identity: UserIdentity): PersonClaims | null {
  if (isOwnIssuer(identity.issuer)) return null;
  const claim = (name: string): string | null => {
    const value = fieldOf(identity.o, name) ?? identity[`o.${name}`];
    return typeof value === "string" && value !== "" ? value : null;
  };
  return {
    clerkUserId: identity.subject,
    clerkOrgId: claim("id"),
    clerkRole: claim("rol"),
    clerkOrgSlug: claim("slg"),
  };
}

function fieldOf(claims: unknown, name: string): unknown {
  if (claims === null || typeof claims !== "object") return undefined;
  return Object.entries(claims).find(([key]) => key === name)?.[1];
}
