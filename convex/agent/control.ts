import { v } from "convex/values";
import { orgMutation, orgQuery } from "../functions.ts";
import { recordMemberAudit } from "../ops/model.ts";
import { resumeAll } from "./model.ts";

/** Whether the agent may speak in this organization at all; who said so and when (epoch ms), once somebody has. */
export const get = orgQuery({
  needs: "inbox:read",
  args: {},
  returns: v.object({
    enabled: v.boolean(),
    switched: v.union(v.null(), v.object({ at: v.number(), by: v.string() })),
  }),
  handler: async (ctx) => {
    const { agentEnabled: enabled, agentSwitched } = ctx.org;
    if (agentSwitched === undefined) return { enabled, switched: null };
    const member = await ctx.db.get("members", agentSwitched.memberId);
    return { enabled, switched: { at: agentSwitched.at, by: member?.name ?? "" } };
  },
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
    const agentSwitched = { at: Date.now(), memberId: ctx.member._id };
    await ctx.db.patch("organizations", ctx.org._id, { agentEnabled: enabled, agentSwitched });
    if (enabled) await resumeAll(ctx, ctx.org._id);
    await recordMemberAudit(ctx, { action: enabled ? "agent.switched_on" : "agent.switched_off", target: ctx.org._id });
    return null;
  },
});
