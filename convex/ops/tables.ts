import { defineTable } from "convex/server";
import { v } from "convex/values";
import { domainEventValidator } from "../../lib/domain/events.ts";

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

  /** What happened, for whoever follows it from outside. Written with the fact itself; append-only, deleted after 30 days. */
  events: defineTable({
    orgId: v.id("organizations"),
    event: domainEventValidator,
    key: v.string(),
    at: v.number(), // epoch ms
    correlationId: v.optional(v.string()),
  }).index("by_org_and_at", ["orgId", "at"]),

  /** What was given up on, until a person looks at it and plays it again. */
  deadLetters: defineTable({
    orgId: v.id("organizations"),
    kind: v.union(v.literal("inbound_item"), v.literal("media"), v.literal("delivery")),
    ref: v.string(), // the item's key, or the id of the row
    connectionId: v.optional(v.id("connections")),
    reason: v.string(),
    payload: v.optional(v.string()), // JSON of what playing it again takes
    correlationId: v.optional(v.string()),
    at: v.number(),
    replayedAt: v.optional(v.number()),
  }).index("by_org_and_at", ["orgId", "at"]),
};
