import { v } from "convex/values";
import { systemJobQuery } from "../functions.ts";
import { connectorValidator } from "../validators.ts";

/** I7: one live connection per account in the whole system, so this looks over the tenant wall and answers yes or no. */
export const isFree = systemJobQuery({
  args: { connector: connectorValidator, liveAccount: v.string() },
  returns: v.boolean(),
  handler: async (ctx, { connector, liveAccount }) => {
    const live = await ctx.db
      .query("connections")
      .withIndex("by_connector_and_liveAccount", (q) => q.eq("connector", connector).eq("liveAccount", liveAccount))
      .first();
    return live === null;
  },
});
