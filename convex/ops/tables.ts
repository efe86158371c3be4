import { defineTable } from "convex/server";
import { v } from "convex/values";

export const opsTables = {
  /** Who changed what, for people to read later. Written with the change itself; append-only. */
  audit: defineTable({
    orgId: v.id("organizations"),
    actor: v.union(
      v.object({ kind: v.literal("member"), memberId: v.id("members") }),
      v.object({ kind: v.literal("service"), name: v.string() }),
    ),
    action: v.string(), // "member.role_changed"
    target: v.string(),
    at: v.number(), // epoch ms
    correlationId: v.optional(v.string()),
  }).index("by_org_and_at", ["orgId", "at"]),
};
