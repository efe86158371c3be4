/** Who asks, by their verified token. Nothing here trusts an argument. */
import { can, type Permission } from "../lib/domain/permissions.ts";
import { fail } from "../lib/errors.ts";
import { parseServiceSubject, parseVisitorSubject, SERVICE_ISSUER, VISITOR_ISSUER } from "../lib/tokens.ts";
import type { Doc } from "./_generated/dataModel";
import type { QueryCtx } from "./_generated/server";
import { parsePerson, type PersonClaims } from "./identity.ts";
import { loadMember, loadOrganization } from "./organizations/model.ts";

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

/** The Next route that calls, by name. Issuer and subject are both checked. */
export async function requireService(ctx: Pick<QueryCtx, "auth">): Promise<string> {
  const identity = await ctx.auth.getUserIdentity();
  if (identity === null || identity.issuer !== SERVICE_ISSUER) return fail("unauthenticated");
  return parseServiceSubject(identity.subject) ?? fail("unauthenticated");
}

export type Visiting = { org: Doc<"organizations">; visitorId: string };

/** Who chats on a public page, and with which organization: the token says both. */
export async function requireVisitor(ctx: Pick<QueryCtx, "auth" | "db">): Promise<Visiting> {
  const identity = await ctx.auth.getUserIdentity();
  if (identity === null || identity.issuer !== VISITOR_ISSUER) return fail("unauthenticated");
  const visitor = parseVisitorSubject(identity.subject) ?? fail("unauthenticated");
  const orgId = ctx.db.normalizeId("organizations", visitor.orgId);
  const org = orgId === null ? null : await ctx.db.get("organizations", orgId);
  if (org === null || org.status !== "active") return fail("not_found", { what: "organization" });
  return { org, visitorId: visitor.visitorId };
}

/** The person's place in the organization that the token names; null when there is none, or no longer. */
async function loadMembership(ctx: Pick<QueryCtx, "db">, person: PersonClaims): Promise<Membership | null> {
  const { clerkOrgId, clerkUserId } = person;
  const org = clerkOrgId === null ? null : await loadOrganization(ctx, clerkOrgId);
  if (org === null || org.status !== "active") return null;
  const member = await loadMember(ctx, { orgId: org._id, clerkUserId });
  return member === null || member.status !== "active" ? null : { org, member };
}
