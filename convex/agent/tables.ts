import { defineTable } from "convex/server";
import { v } from "convex/values";
import { playbookContentValidator } from "../../lib/domain/playbook.ts";

export const agentTables = {
  /**
   * What the agent knows and how it sells, a row a version. Published by a member; the one before becomes archived and
   * stays, since turns name the version they spoke from.
   */
  playbooks: defineTable({
    orgId: v.id("organizations"),
    version: v.number(), // 1, 2, …
    state: v.union(v.literal("published"), v.literal("archived")),
    content: playbookContentValidator,
    authorId: v.id("members"),
  })
    .index("by_org_and_version", ["orgId", "version"])
    .index("by_org_and_state", ["orgId", "state"]),
};
