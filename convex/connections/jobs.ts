import { v } from "convex/values";
import { internal } from "../_generated/api";
import { systemJob } from "../functions.ts";

/** Rows of one transaction; what is left is done by the next, at once. */
const BATCH = 500;

/** Deletes secrets whose overlap after a rotation is over. */
export const retireSecrets = systemJob({
  args: {},
  returns: v.null(),
  handler: async (ctx) => {
    const rows = await ctx.db
      .query("connectionSecrets")
      .withIndex("by_validUntil", (q) => q.gt("validUntil", 0).lt("validUntil", Date.now()))
      .take(BATCH);
    for (const { _id } of rows) await ctx.db.delete("connectionSecrets", _id);
    if (rows.length === BATCH) await ctx.scheduler.runAfter(0, internal.connections.jobs.retireSecrets, {});
    return null;
  },
});
