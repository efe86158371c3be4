import { v } from "convex/values";
import { LANE_GRACE_MS } from "../../lib/domain/lane-sweep.ts";
import { internal } from "../_generated/api";
import { systemJob } from "../functions.ts";

const DAY_MS = 24 * 60 * 60_000;
/** Rows of one transaction; what is left is done by the next, at once. */
const BATCH = 500;

/** Claims live longer than any provider repeats itself; what waits for its message, as long as one may be late. */
const KEPT_DAYS = { inboundKeys: 30, earlyStatuses: 7, earlyChanges: 7, typing: 1 } as const;

/** Deletes rows whose time is over, the oldest first. */
export const retire = systemJob({
  args: {
    table: v.union(
      v.literal("inboundKeys"),
      v.literal("earlyStatuses"),
      v.literal("earlyChanges"),
      v.literal("typing"),
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
    if (rows.length === BATCH) await ctx.scheduler.runAfter(0, internal.inbox.jobs.retire, { table });
    return null;
  },
});

/** Finds lanes that should have moved by themselves and did not; each is looked at again in a transaction of its own. */
export const sweepLanes = systemJob({
  args: {},
  returns: v.null(),
  handler: async (ctx) => {
    const lanes = await ctx.db
      .query("lanes")
      .withIndex("by_state_and_leaseUntil", (q) => q.eq("state", "busy").lte("leaseUntil", Date.now() - LANE_GRACE_MS))
      .take(BATCH);
    for (const { orgId, conversationId } of lanes) {
      await ctx.scheduler.runAfter(0, internal.inbox.lanes.sweep, { orgId, conversationId });
    }
    return null;
  },
});
