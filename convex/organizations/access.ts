import { can, type Permission } from "../../lib/domain/permissions.ts";
import { fail } from "../../lib/errors.ts";
import { parseSubject, TOKEN_ISSUER } from "../../lib/tokens.ts";
import type { Doc } from "../_generated/dataModel";
import type { QueryCtx } from "../_generated/server";
import { parsePerson, type PersonClaims } from "./identity.ts";

export type Membership = { org: Doc<"organizations">; member: Doc<"members"> };

/** The person behind the token; a service or a visitor is nobody here. */
export async function requirePerson(ctx: Pick<QueryCtx, "auth">): Promise<PersonClaims> {
  const identity = await ctx.auth.getUserIdentity();
  if (identity === null) return fail("unauthenticated");
  return parsePerson(identity) ?? fail("unauthenticated");
}

/** The member row decides, not the token: a token that outlives a removal is worth nothing. */
export async function requireMember(ctx: Pick<QueryCtx, "auth" | "db">, needs: Permission): Promise<Membership> {
  const person = await requirePerson(ctx);
  const membership = await loadMembership(ctx, person);
  if (membership === null) return fail(person.clerkOrgId === null ? "no_organization" : "not_a_member");
  const { role } = membership.member;
  return can(role, needs) ? membership : fail("forbidden", { needs, role });
}

/** The person's place in the organization that the token names; null when there is none, or no longer. */
export async function loadMembership(ctx: Pick<QueryCtx, "db">, person: PersonClaims): Promise<Membership | null> {
  const { clerkOrgId, clerkUserId } = person;
  if (clerkOrgId === null) return null;
  const org = await ctx.db
    .query("organizations")
    .withIndex("by_clerkOrgId", (q) => q.eq("clerkOrgId", clerkOrgId))
    .unique();
  if (org === null || org.status !== "active") return null;
  const member = await ctx.db
    .query("members")
    .withIndex("by_org_and_clerkUserId", (q) => q.eq("orgId", org._id).eq("clerkUserId", clerkUserId))
    .unique();
  return member === null || member.status !== "active" ? null : { org, member };
}

/** The Next route that calls, by name. Issuer and subject are both checked. */
export async function requireService(ctx: Pick<QueryCtx, "auth">): Promise<string> {
  const identity = await ctx.auth.getUserIdentity();
  if (identity === null || identity.issuer !== TOKEN_ISSUER) return fail("unauthenticated");
  const subject = parseSubject(identity.subject);
  return subject?.kind === "service" ? subject.name : fail("unauthenticated");
}
