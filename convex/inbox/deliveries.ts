/**
 * One message on its way (I3). A request is marked before it leaves; what became of it is written once, by the number
 * (`token`) of the request. The rules are lib/domain/lane-outcome's.
 */
import { v } from "convex/values";
import { raiseDelivery } from "../../lib/domain/delivery-state.ts";
import * as outcome from "../../lib/domain/lane-outcome.ts";
import type { Id } from "../_generated/dataModel";
import type { MutationCtx, QueryCtx } from "../_generated/server";
import { orgJob, orgJobQuery } from "../functions.ts";
import { applyOutcome } from "./deliveryOutcome.ts";
import { loadMessage } from "./lookups.ts";
import { loadLane, moveLane, saveDelivery } from "./outbox.ts";
import { listAddresses } from "./people.ts";
import { loadTarget, targetValidator } from "./target.ts";
import { addressValidator, providerStatusValidator } from "./validators.ts";

const attempt = { deliveryId: v.id("deliveries"), token: v.number() };

const failureValidator = v.union(
  v.object({ class: v.literal("rate_limited"), retryAfterMs: v.number() }),
  v.object({ class: v.literal("auth_expired") }),
  v.object({ class: v.literal("rejected"), reason: v.string() }),
  v.object({ class: v.literal("unreachable"), ambiguous: v.boolean() }),
);

/** What a request takes; null when it must not be made any more, or there is no account to make it with. */
export const load = orgJobQuery({
  args: { ...attempt, now: v.number() },
  returns: v.union(
    v.null(),
    v.object({
      canSend: v.boolean(),
      id: v.id("messages"),
      target: targetValidator,
      chat: addressValidator,
      text: v.string(),
      quoted: v.optional(v.object({ externalId: v.string(), fromMe: v.boolean(), text: v.optional(v.string()) })),
    }),
  ),
  handler: async (ctx, { deliveryId, token, now }) => {
    const delivery = await ctx.db.get("deliveries", deliveryId);
    const message = delivery === null ? null : await ctx.db.get("messages", delivery.messageId);
    if (delivery === null || message?.text === undefined) return null;
    const conversation = await ctx.db.get("conversations", delivery.conversationId);
    const found = conversation === null ? null : await loadTarget(ctx, conversation);
    if (found === null) return null;
    const canSend = outcome.canStillSend(delivery, { token, now });
    const { target, chat } = found;
    const { _id: id, text, connectionId, quoted } = message;
    if (quoted === undefined) return { id, target, chat, text, canSend };
    const original = await loadMessage(ctx, { connectionId, externalId: quoted.externalId });
    const fromMe = original?.direction === "outbound";
    return { id, target, chat, text, canSend, quoted: { externalId: quoted.externalId, fromMe, text: quoted.text } };
  },
});

/** What a look-up takes; null when the request is no longer in doubt. */
export const loadDoubt = orgJobQuery({
  args: attempt,
  returns: v.union(
    v.null(),
    v.object({
      id: v.id("messages"),
      target: targetValidator,
      chat: addressValidator,
      aliases: v.array(addressValidator),
      fingerprint: v.string(),
      attemptedAt: v.number(),
      excluded: v.array(v.string()),
    }),
  ),
  handler: async (ctx, { deliveryId, token }) => {
    const delivery = await ctx.db.get("deliveries", deliveryId);
    if (delivery?.state !== "unknown" || delivery.token !== token) return null;
    const { conversationId, fingerprint, attemptedAt = 0 } = delivery;
    const conversation = await ctx.db.get("conversations", conversationId);
    const found = conversation === null ? null : await loadTarget(ctx, conversation);
    if (found === null) return null;
    const { target, chat, contactId } = found;
    const aliases = await listAddresses(ctx, contactId);
    const excluded = await listOwnedIds(ctx, conversationId);
    return { id: delivery.messageId, target, chat, aliases, fingerprint, attemptedAt, excluded };
  },
});

/** What a request came to, at once or late. */
export const settle = orgJob({
  args: {
    ...attempt,
    result: v.union(
      v.object({ kind: v.literal("sent"), externalId: v.string() }),
      v.object({ kind: v.literal("failed"), failure: failureValidator }),
    ),
  },
  returns: v.null(),
  handler: async (ctx, { deliveryId, token, result }) => {
    const rows = await loadRows(ctx, deliveryId);
    if (rows === null) return null;
    const { lane, delivery } = rows;
    const settled = outcome.settleSend(lane, delivery, { token, result, now: Date.now(), jitter: Math.random() });
    await applyOutcome(ctx, rows, settled);
    return null;
  },
});

/** No answer in time: it may have arrived, so nobody repeats it. */
export const expireSend = orgJob({
  args: attempt,
  returns: v.null(),
  handler: async (ctx, { deliveryId, token }) => {
    const rows = await loadRows(ctx, deliveryId);
    if (rows === null) return null;
    await applyOutcome(ctx, rows, outcome.expireSend(rows.lane, rows.delivery, { token, now: Date.now() }));
    return null;
  },
});

/** Did it arrive? Asked again and again, until the time for it is over and the lane goes on. */
export const reconcile = orgJob({
  args: attempt,
  returns: v.null(),
  handler: async (ctx, { deliveryId, token }) => {
    const rows = await loadRows(ctx, deliveryId);
    if (rows === null) return null;
    const { lane, delivery, conversation } = rows;
    const decision = outcome.reconcile(lane, delivery, { token, now: Date.now(), jitter: Math.random() });
    switch (decision.kind) {
      case "ignore":
        return null;
      case "settled":
        await moveLane(ctx, conversation, decision);
        return null;
      case "look_up":
        await moveLane(ctx, conversation, { lane: null, schedule: decision.schedule, delivery });
        return null;
      case "unconfirmed":
        await saveDelivery(ctx, decision.delivery);
        await moveLane(ctx, conversation, decision);
        return null;
    }
  },
});

/** The provider has it: what was in doubt is sent. The lane is moved on by the next `reconcile`. */
export const confirm = orgJob({
  args: { ...attempt, externalId: v.string(), status: providerStatusValidator },
  returns: v.null(),
  handler: async (ctx, { deliveryId, token, externalId, status }) => {
    const delivery = await ctx.db.get("deliveries", deliveryId);
    if (delivery?.token !== token || (delivery.state !== "unknown" && delivery.state !== "unconfirmed")) return null;
    await saveDelivery(ctx, outcome.confirmDelivery(delivery, externalId));
    const message = await ctx.db.get("messages", delivery.messageId);
    if (message?.status === undefined) return null;
    await ctx.db.patch("messages", message._id, { status: raiseDelivery(message.status, status) });
    return null;
  },
});

async function loadRows(ctx: Pick<MutationCtx, "db">, deliveryId: Id<"deliveries">) {
  const delivery = await ctx.db.get("deliveries", deliveryId);
  const conversation = delivery === null ? null : await ctx.db.get("conversations", delivery.conversationId);
  if (delivery === null || conversation === null) return null;
  return { delivery, conversation, lane: await loadLane(ctx, conversation._id) };
}

/** The same words may have been sent twice: ids that belong to another message of ours prove nothing. */
async function listOwnedIds(ctx: Pick<QueryCtx, "db">, conversationId: Id<"conversations">): Promise<string[]> {
  const recent = await ctx.db
    .query("messages")
    .withIndex("by_conversation_and_sortAt_and_seq", (q) => q.eq("conversationId", conversationId))
    .order("desc")
    .take(50);
  return recent.flatMap(({ externalId }) => externalId ?? []);
}
