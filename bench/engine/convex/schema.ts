import { defineSchema, defineTable } from "convex/server";
import { v } from "convex/values";

export default defineSchema({
  notes: defineTable({ key: v.string(), version: v.number(), text: v.string() }).index("by_key", ["key"]),
});
