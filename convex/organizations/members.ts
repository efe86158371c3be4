import { v } from "convex/values";
import { PERMISSIONS, can } from "../../lib/domain/permissions.ts";
import { fail } from "../../lib/errors.ts";
import { orgMutation, orgQuery, userMutation, userQuery } from "../functions.ts";
import { applyMember, applyOrganization, loadMember, loadOrganization } from "./model.ts";
import { localeValidator, memberStatusValidator, roleValidator } from "./validators.ts";

const activeViewer = v.object({
  status: v.literal("active"),
  memberId: v.id("members"),
  role: roleValidator,
  permissions: v.array(v.string()),
  name: v.string(),
  locale: v.union(localeValidator, v.null()),
  organization: v.object({
    _id: v.id("organizations"),
    name: v.string(),
    slug: v.string(),
    locale: localeValidator,
    timezone: v.string(),
    agentEnabled: v.boolean(),
  }),
});

/**
 * Who asks, in the organization of their token. Null: Qify has not heard of the membership yet (`ensureMember` makes
 * it). Removed: they were a member, and a token that is still good for a minute changes nothing.
 */
export const viewer = userQuery({
  args: {},
  returns: v.union(v.null(), v.object({ status: v.literal("removed") }), activeViewer),
  handler: async (ctx) => {
    const { clerkOrgId, clerkUserId } = ctx.person;
    if (clerkOrgId === null) return fail("no_organization");
    const org = await loadOrganization(ctx, clerkOrgId);
    const member = org === null ? null : await loadMember(ctx, { orgId: org._id, clerkUserId });
    if (org?.status === "deleted" || member?.status === "removed") return { status: "removed" as const };
    if (org === null || member === null) return null;
    const { _id, name, slug, locale, timezone, agentEnabled } = org;
    return {
      status: "active" as const,
      memberId: member._id,
      role: member.role,
      permissions: PERMISSIONS.filter((permission) => can(member.role, permission)),
      name: member.name,
      locale: member.locale ?? null,
      organization: { _id, name, slug, locale, timezone, agentEnabled },
    };
  },
});

/** Makes what the verified token says true at first use, when it comes before Clerk's webhook. Changes nothing else. */
export const ensureMember = userMutation({
  args: {},
  returns: v.null(),
  handler: async (ctx) => {
    const { clerkOrgId, clerkOrgSlug, clerkUserId, clerkRole } = ctx.person;
    if (clerkOrgId === null) return fail("no_organization");
    const label = clerkOrgSlug ?? clerkOrgId;
    const orgId = await applyOrganization(ctx, { clerkOrgId, name: label, slug: label, updatedAt: 0 });
    const news = { orgId, clerkUserId, clerkRole: clerkRole ?? "", profile: null, updatedAt: 0 };
    await applyMember(ctx, { ...news, status: "active" });
    return null;
  },
});

export const list = orgQuery({
  needs: "inbox:read",
  args: {},
  returns: v.array(
    v.object({
      _id: v.id("members"),
      clerkUserId: v.string(),
      name: v.string(),
      email: v.string(),
      imageUrl: v.union(v.string(), v.null()),
      role: roleValidator,
      status: memberStatusValidator,
    }),
  ),
  handler: async (ctx) => {
    const rows = await ctx.db
      .query("members")
      .withIndex("by_org_and_status", (q) => q.eq("orgId", ctx.org._id).eq("status", "active"))
      .take(500);
    return rows.map(({ _id, clerkUserId, name, email, imageUrl, role, status }) => {
      return { _id, clerkUserId, name, email, imageUrl: imageUrl ?? null, role, status };
    });
  },
});

/** The language that this member reads Qify in. */
export const chooseLocale = orgMutation({
  needs: "inbox:read",
  args: { locale: localeValidator },
  returns: v.null(),
  handler: async (ctx, { locale }) => {
    await ctx.db.patch("members", ctx.member._id, { locale });
    return null;
  },
});
