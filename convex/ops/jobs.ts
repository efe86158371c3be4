import { v } from "convex/values";
import { internal } from "../_generated/api";
import { systemJob } from "../functions.ts";

const DAY_MS = 24 * 60 * 60_000;
/** Rows of one transaction; what is left is done by the next, at once. */
const BATCH = 500;

/** Claims live longer than any provider repeats itself; what waits for its message, as long as one may be late. */
const KEPT_DAYS = {
  inboundKeys: 30,
  earlyStatuses: 7,
  earlyChanges: 7,
  receipts: 7,
  rawEvents: 7,
  typing: 1,
  events: 30,
} as const;

/** Deletes rows of any domain whose time is over, the oldest first. */
export const retire = systemJob({
  args: {
    table: v.union(
      v.literal("inboundKeys"),
      v.literal("earlyStatuses"),
      v.literal("earlyChanges"),
      v.literal("receipts"),
      v.literal("rawEvents"),
      v.literal("typing"),
      v.literal("events"),
    ),
  },
  returns: v.null(),
  handler: async (ctx, { table }) => {
    const before = Date.now() - KEPT_DAYS[table] * DAY_MS;
    const rows = await ctx.db
      .query(table)
      .withIndex("by_creation_time", (q) => q.lt("_creationTime", before))
      .take(BATCH);
    for (const { _id } of rows) await ctx.db.delete(table, _id);
    if (rows.length === BATCH) await ctx.scheduler.runAfter(0, internal.ops.jobs.retire, { table });
    return null;
  },
});
