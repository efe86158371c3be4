import { defineTable } from "convex/server";
import { v } from "convex/values";

export const webchatTables = {
  /** How much a visitor, or whoever opens pages from one address, may still do now. Deleted a day after its last use. */
  visitorLimits: defineTable({
    orgId: v.id("organizations"),
    /** `<what>:<whose>`: a visitor's id or the hash of an address. */
    key: v.string(),
    level: v.number(), // tokens that were left at `at`
    at: v.number(), // epoch ms
  })
    .index("by_org_and_key", ["orgId", "key"])
    .index("by_at", ["at"]),
};
