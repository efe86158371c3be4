import { v } from "convex/values";
import { memberJobQuery } from "../functions.ts";

/** The organization and the member that an action runs for. */
export const load = memberJobQuery({
  args: {},
  returns: v.object({ orgId: v.id("organizations"), memberId: v.id("members") }),
  handler: async (ctx) => ({ orgId: ctx.org._id, memberId: ctx.member._id }),
});
