/** A conversation's way out: one request at a time, in order (I3, I4). The rules are lib/domain/lane's. */
import { v } from "convex/values";
import { sweepLane } from "../../lib/domain/lane-sweep.ts";
import { next as decideNext } from "../../lib/domain/lane.ts";
import { loadGate } from "../agent/model.ts";
import { orgJob } from "../functions.ts";
import { listLaneDeliveries, loadLane, moveLane, saveDelivery } from "./outbox.ts";

/** The oldest delivery that is not final leaves, waits or is cancelled. */
export const next = orgJob({
  args: { conversationId: v.id("conversations"), token: v.number() },
  returns: v.null(),
  handler: async (ctx, { conversationId, token }) => {
    const conversation = await ctx.db.get("conversations", conversationId);
    if (conversation === null) return null;
    const lane = await loadLane(ctx, conversationId);
    const deliveries = await listLaneDeliveries(ctx, conversationId);
    const gate = await loadGate(ctx, conversation);
    const decision = decideNext(lane, { token, deliveries, now: Date.now(), gate });
    switch (decision.kind) {
      case "ignore":
        return null;
      case "idle":
        await moveLane(ctx, conversation, { lane: decision.lane, schedule: [] });
        return null;
      case "wait":
        await moveLane(ctx, conversation, decision);
        return null;
      case "cancelled":
      case "send":
        await saveDelivery(ctx, decision.delivery);
        await moveLane(ctx, conversation, decision);
        return null;
    }
  },
});

/** Schedules once more what should have moved the lane and was lost. */
export const sweep = orgJob({
  args: { conversationId: v.id("conversations") },
  returns: v.null(),
  handler: async (ctx, { conversationId }) => {
    const conversation = await ctx.db.get("conversations", conversationId);
    if (conversation === null) return null;
    const deliveries = await listLaneDeliveries(ctx, conversationId);
    const decision = sweepLane(await loadLane(ctx, conversationId), { deliveries, now: Date.now() });
    if (decision.kind === "keep") return null;
    const delivery = deliveries.find(({ state }) => state !== "queued");
    await moveLane(ctx, conversation, { ...decision, ...(delivery === undefined ? {} : { delivery }) });
    return null;
  },
});
