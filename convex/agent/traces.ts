import { v } from "convex/values";
import { fail } from "../../lib/errors.ts";
import { orgQuery } from "../functions.ts";
import { loadPublishedPlaybook } from "./model.ts";
import { runOutcomeValidator, traceValidator } from "./validators.ts";

/** Why this reply: what the run that wrote a message (`turnId` on its row) understood, decided and checked. */
export const get = orgQuery({
  needs: "inbox:read",
  args: { turnId: v.string() }, // as it stands in an address
  returns: v.object({
    conversationId: v.id("conversations"),
    tookMs: v.union(v.number(), v.null()),
    at: v.number(),
    ended: runOutcomeValidator,
    /** The playbook's own words for its own facts, as they are now. */
    labels: v.array(v.object({ key: v.string(), label: v.string() })),
    ...traceValidator.fields,
  }),
  handler: async (ctx, args) => {
    const turnId = ctx.db.normalizeId("turnRuns", args.turnId) ?? fail("not_found", { what: "turn" });
    const run = (await ctx.db.get("turnRuns", turnId)) ?? fail("not_found", { what: "turn" });
    const row = await ctx.db
      .query("traces")
      .withIndex("by_run", (q) => q.eq("runId", turnId))
      .unique();
    if (row === null) return fail("not_found", { what: "trace" });
    const { conversationId, startedAt, endedAt, outcome: ended } = run;
    const tookMs = startedAt === undefined ? null : endedAt - startedAt;
    const playbook = await loadPublishedPlaybook(ctx, ctx.org._id);
    const labels = (playbook?.content.customFacts ?? []).map(({ key, label }) => ({ key, label }));
    return { conversationId, tookMs, at: endedAt, ended, labels, ...row.trace };
  },
});
