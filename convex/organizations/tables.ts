import { defineTable } from "convex/server";
import { v } from "convex/values";
import { localeValidator, memberStatusValidator, roleValidator } from "./validators.ts";

export const organizationTables = {
  /** Tenants. Written by the first of Clerk's webhook and `ensureMember`; never deleted, `status` says when one ended. */
  organizations: defineTable({
    clerkOrgId: v.string(),
    slug: v.string(),
    name: v.string(),
    locale: localeValidator,
    timezone: v.string(), // IANA zone
    plan: v.literal("trial"),
    status: v.union(v.literal("active"), v.literal("deleted")),
    agentEnabled: v.boolean(), // the switch that stops the agent everywhere at once
    agentSwitched: v.optional(v.object({ at: v.number(), memberId: v.id("members") })), // last use of it; epoch ms
    clerkUpdatedAt: v.number(), // epoch ms by Clerk's clock: an older change never undoes a newer one
  })
    .index("by_clerkOrgId", ["clerkOrgId"])
    .index("by_slug", ["slug"]),

  /** People in an organization. Written like organizations; never deleted: a removed member's name stays on messages. */
  members: defineTable({
    orgId: v.id("organizations"),
    clerkUserId: v.string(),
    role: roleValidator,
    name: v.string(),
    email: v.string(),
    imageUrl: v.optional(v.string()),
    locale: v.optional(localeValidator), // the member's own choice
    status: memberStatusValidator,
    clerkUpdatedAt: v.number(), // of the membership; epoch ms by Clerk's clock
    profileUpdatedAt: v.number(), // of name, e-mail and image, which change apart from the membership
  })
    .index("by_org_and_clerkUserId", ["orgId", "clerkUserId"])
    .index("by_org_and_status", ["orgId", "status"])
    .index("by_clerkUserId", ["clerkUserId"]),
};
