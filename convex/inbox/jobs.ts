import { v } from "convex/values";
import { LANE_GRACE_MS } from "../../lib/domain/lane-sweep.ts";
import { internal } from "../_generated/api";
import { systemJob } from "../functions.ts";

/** Lanes of one look; what is left is found by the next. */
const BATCH = 500;

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
