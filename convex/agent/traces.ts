import { v } from "convex/values";
import { fail } from "../../lib/errors.ts";
import { orgQuery } from "../functions.ts";
import { traceValidator } from "./validators.ts";

/** Why this reply: what the run that wrote a message (`turnId` on its row) understood, decided and checked. */
export const get = orgQuery({
  needs: "inbox:read",
  args: { turnId: v.id("turnRuns") },
  returns: v.object({
    conversationId: v.id("conversations"),
    tookMs: v.union(v.number(), v.null()),
    at: v.number(),
    ...traceValidator.fields,
  }),
  handler: async (ctx, { turnId }) => {
    const run = (await ctx.db.get("turnRuns", turnId)) ?? fail("not_found", { what: "turn" });
    const row = await ctx.db
      .query("traces")
      .withIndex("by_run", (q) => q.eq("runId", turnId))
      .unique();
    if (row === null) return fail("not_found", { what: "trace" });
    const { conversationId, startedAt, endedAt } = run;
    const tookMs = startedAt === undefined ? null : endedAt - startedAt;
    return { conversationId, tookMs, at: endedAt, ...row.trace };
  },
});
