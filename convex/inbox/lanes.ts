/** A conversation's way out: one request at a time, in order (I3, I4). The rules are lib/domain/lane's. */
import { v } from "convex/values";
import { lineOf } from "../../lib/domain/lane-line.ts";
import { sweepLane } from "../../lib/domain/lane-sweep.ts";
import { hasSlot, lookAgain, next as decideNext, postpone } from "../../lib/domain/lane.ts";
import { internal } from "../_generated/api";
import { loadGate } from "../agent/model.ts";
import { orgJob } from "../functions.ts";
import { bury } from "./deliveryOutcome.ts";
import { takeSlot } from "./limiter.ts";
import { listLaneDeliveries, loadLane, moveLane, saveDelivery } from "./outbox.ts";

/** Deliveries of one transaction. */
const PAGE = 100;

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
    const connection = await ctx.db.get("connections", conversation.connectionId);
    const line = lineOf(connection?.status.kind ?? "removed");
    const now = Date.now();
    const decision = decideNext(lane, { token, deliveries, now, gate, line });
    switch (decision.kind) {
      case "ignore":
        return null;
      case "idle":
        await moveLane(ctx, conversation, { lane: decision.lane, schedule: [] });
        return null;
      case "wait":
        await moveLane(ctx, conversation, decision);
        return null;
      case "dead":
        await bury(ctx, decision.delivery);
        await saveDelivery(ctx, decision.delivery);
        await moveLane(ctx, conversation, decision);
        return null;
      case "cancelled":
        await saveDelivery(ctx, decision.delivery);
        await moveLane(ctx, conversation, decision);
        return null;
      case "send": {
        const head = deliveries.find(({ _id }) => _id === decision.delivery._id);
        const isFree = connection === null || head === undefined || hasSlot(head, now);
        const slotAt = isFree ? now : await takeSlot(ctx, connection, now);
        const { delivery, ...move } = isFree || slotAt <= now ? decision : postpone(lane, head, slotAt);
        await saveDelivery(ctx, delivery);
        await moveLane(ctx, conversation, { ...move, delivery });
        return null;
      }
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

/** The connection is back: the lanes that waited for it look again, in the order in which their messages were queued. */
export const resume = orgJob({
  args: { connectionId: v.id("connections"), cursor: v.union(v.string(), v.null()) },
  returns: v.null(),
  handler: async (ctx, { connectionId, cursor }) => {
    const queued = await ctx.db
      .query("deliveries")
      .withIndex("by_connection_and_state", (q) => q.eq("connectionId", connectionId).eq("state", "queued"))
      .paginate({ cursor, numItems: PAGE });
    const orgId = ctx.org._id;
    for (const conversationId of new Set(queued.page.map((delivery) => delivery.conversationId))) {
      const move = lookAgain(await loadLane(ctx, conversationId), Date.now());
      await moveLane(ctx, { _id: conversationId, orgId }, move);
    }
    if (!queued.isDone) {
      const next = { orgId, connectionId, cursor: queued.continueCursor };
      await ctx.scheduler.runAfter(0, internal.inbox.lanes.resume, next);
    }
    return null;
  },
});
