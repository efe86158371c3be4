import { v } from "convex/values";
import { orgMutation, orgQuery } from "../functions.ts";
import { recordMemberAudit } from "../ops/model.ts";
import { resumeAll } from "./model.ts";

/** Whether the agent may speak in this organization at all. */
export const get = orgQuery({
  needs: "inbox:read",
  args: {},
  returns: v.object({ enabled: v.boolean() }),
  handler: async (ctx) => ({ enabled: ctx.org.agentEnabled }),
});

/**
 * The switch that stops the agent everywhere at once: every turn and every delivery looks at it in its own transaction.
 * Switched on again, it answers what was said meanwhile.
 */
export const setEnabled = orgMutation({
  needs: "agent:edit",
  args: { enabled: v.boolean() },
  returns: v.null(),
  handler: async (ctx, { enabled }) => {
    if (ctx.org.agentEnabled === enabled) return null;
    await ctx.db.patch("organizations", ctx.org._id, { agentEnabled: enabled });
    if (enabled) await resumeAll(ctx, ctx.org._id);
    await recordMemberAudit(ctx, { action: enabled ? "agent.switched_on" : "agent.switched_off", target: ctx.org._id });
    return null;
  },
});
