import { v } from "convex/values";
import { internal } from "../_generated/api";
import { systemJob } from "../functions.ts";

/** Longer than any bucket takes to be full again: a row that is older says nothing. */
const KEPT_MS = 24 * 60 * 60_000;
/** Rows of one transaction; what is left is done by the next, at once. */
const BATCH = 500;

/** Deletes what is known of visitors who did nothing for a day. */
export const retireLimits = systemJob({
  args: {},
  returns: v.null(),
  handler: async (ctx) => {
    const rows = await ctx.db
      .query("visitorLimits")
      .withIndex("by_at", (q) => q.lt("at", Date.now() - KEPT_MS))
      .take(BATCH);
    for (const { _id } of rows) await ctx.db.delete("visitorLimits", _id);
    if (rows.length === BATCH) await ctx.scheduler.runAfter(0, internal.webchat.jobs.retireLimits, {});
    return null;
  },
});
