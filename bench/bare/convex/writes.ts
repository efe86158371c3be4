// The least that a mutation can be: what the engine costs when the functions cost nothing.
import { mutationGeneric as mutation } from "convex/server";
import { v } from "convex/values";

/** No reads, no writes. */
export const nothing = mutation({ args: {}, returns: v.null(), handler: async () => null });

/** One new row. */
export const one = mutation({
  args: { text: v.string() },
  returns: v.null(),
  handler: async (ctx, { text }) => {
    await ctx.db.insert("rows", { text });
    return null;
  },
});

/** As many new rows as there are texts. */
export const several = mutation({
  args: { texts: v.array(v.string()) },
  returns: v.null(),
  handler: async (ctx, { texts }) => {
    for (const text of texts) await ctx.db.insert("rows", { text });
    return null;
  },
});
