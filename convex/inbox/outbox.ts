/** The rows of what leaves (I3): a message, its delivery, and the lane of their conversation. */
import { fingerprintMessage } from "../../lib/connectors/fingerprint.ts";
import { raiseDelivery } from "../../lib/domain/delivery-state.ts";
import { type Delivery, type Lane, type LaneJob, messageStateOf, NEW_LANE } from "../../lib/domain/lane-state.ts";
import { cancelAgentQueue, enqueue } from "../../lib/domain/lane.ts";
import { internal } from "../_generated/api";
import type { Doc, Id } from "../_generated/dataModel";
import type { MutationCtx, QueryCtx } from "../_generated/server";
import { recordEvent } from "../ops/model.ts";
import { bump, type Conversation, placeNext, showNewestStanding } from "./threads.ts";

type Read = Pick<QueryCtx, "db">;
type Write = Pick<MutationCtx, "db" | "scheduler">;

export type DeliveryRow = Doc<"deliveries">;
/** What a rule of lib/domain/lane says to write. `lane: null` leaves the lane as it is. */
export type LaneWrite = { lane: Lane | null; schedule: readonly LaneJob[] };

/** Those that are about one delivery. */
const JOBS = {
  send: internal.inbox.deliverySend.send,
  lookUp: internal.inbox.deliverySend.lookUp,
  expireSend: internal.inbox.deliveries.expireSend,
  reconcile: internal.inbox.deliveries.reconcile,
};

type Outgoing = {
  text: string;
  author: Doc<"messages">["author"];
  clientId?: string;
  turnId?: Id<"turnRuns">;
  quoted?: Doc<"messages">["quoted"];
};

/** Writes a message that will leave in its turn. Answers it with the conversation as it is then. */
export async function enqueueMessage(
  ctx: Write,
  { conversation, message, now }: { conversation: Conversation; message: Outgoing; now: number },
): Promise<{ conversation: Conversation; messageId: Id<"messages"> }> {
  const { _id: conversationId, orgId, connectionId } = conversation;
  const place = placeNext(conversation, { now });
  const fingerprint = fingerprintMessage({ kind: "text", text: message.text });
  const said = { ...message, kind: "text" as const, direction: "outbound" as const };
  const of = { orgId, connectionId, conversationId };
  const messageId = await ctx.db.insert("messages", {
    ...of,
    ...place,
    ...said,
    reactions: [],
    status: "queued",
    fingerprint,
  });
  const moved = bump(conversation, { message: said, place, now });
  await ctx.db.patch("conversations", conversationId, moved);
  const origin = message.author.kind === "agent" ? "agent" : "member";
  const lane = await loadLane(ctx, conversationId);
  const { delivery, ...write } = enqueue(lane, { seq: place.seq, origin, fingerprint, now });
  await ctx.db.insert("deliveries", { ...of, messageId, ...delivery });
  await moveLane(ctx, conversation, write);
  return { conversation: { ...conversation, ...moved }, messageId };
}

/** Part of silencing the agent: nothing of its own leaves any more. */
export async function cancelAgentMessages(ctx: Write, conversation: Conversation, now: number): Promise<void> {
  const { _id: conversationId } = conversation;
  const open = [
    ...(await listDeliveries(ctx, { conversationId, state: "queued", limit: 100 })),
    ...(await listDeliveries(ctx, { conversationId, state: "sending", limit: 10 })),
  ];
  const { deliveries, ...write } = cancelAgentQueue(await loadLane(ctx, conversationId), { open, now });
  for (const delivery of deliveries) await saveDelivery(ctx, delivery);
  if (deliveries.length > 0) await showNewestStanding(ctx, conversationId);
  await moveLane(ctx, conversation, write);
}

/** Writes a delivery and raises its message (I5). */
export async function saveDelivery(ctx: Pick<MutationCtx, "db">, row: DeliveryRow): Promise<void> {
  const { state, origin, token, attempt, nextAttemptAt, slotAt, attemptedAt, doubtedSince } = row;
  const { confirmBy, externalId, error } = row;
  const attempts = { token, attempt, nextAttemptAt, slotAt, attemptedAt, doubtedSince, confirmBy };
  await ctx.db.patch("deliveries", row._id, { state, origin, externalId, error, ...attempts });
  const message = await ctx.db.get("messages", row.messageId);
  if (message === null) return;
  const status = raiseDelivery(message.status ?? "queued", messageStateOf(state));
  await ctx.db.patch("messages", row.messageId, {
    status,
    error: status === "failed" ? (error ?? message.error ?? "provider") : undefined,
    ...(externalId === undefined ? {} : { externalId }),
  });
  if (state === "sent" && isUnsent(message.status)) await noteSent(ctx, message);
}

function isUnsent(status: Doc<"messages">["status"]): boolean {
  return status === "queued" || status === "sending" || status === "unknown" || status === "failed";
}

async function noteSent(ctx: Pick<MutationCtx, "db">, message: Doc<"messages">): Promise<void> {
  const { _id: messageId, orgId, connectionId, conversationId } = message;
  const author = message.author.kind;
  const conversation = await ctx.db.get("conversations", conversationId);
  if (conversation === null || author === "contact") return;
  const payload = { messageId, connectionId, conversationId, contactId: conversation.contactId, author };
  const event = { type: "message.sent", version: 1, payload } as const;
  await recordEvent(ctx, { orgId, event, subject: messageId, at: Date.now() });
}

export async function loadDelivery(ctx: Read, messageId: Id<"messages">): Promise<DeliveryRow | null> {
  return ctx.db
    .query("deliveries")
    .withIndex("by_message", (q) => q.eq("messageId", messageId))
    .unique();
}

/** In the order in which they leave. */
export async function listDeliveries(
  ctx: Read,
  { conversationId, state, limit }: { conversationId: Id<"conversations">; state: Delivery["state"]; limit: number },
): Promise<DeliveryRow[]> {
  return ctx.db
    .query("deliveries")
    .withIndex("by_conversation_and_state_and_seq", (q) => q.eq("conversationId", conversationId).eq("state", state))
    .take(limit);
}

/** What the rules of a lane look at: each that is under way, and the oldest that is queued. */
export async function listLaneDeliveries(ctx: Read, conversationId: Id<"conversations">): Promise<DeliveryRow[]> {
  const found = await Promise.all([
    listDeliveries(ctx, { conversationId, state: "sending", limit: 10 }),
    listDeliveries(ctx, { conversationId, state: "unknown", limit: 10 }),
    listDeliveries(ctx, { conversationId, state: "queued", limit: 1 }),
  ]);
  return found.flat();
}

export async function loadLane(ctx: Read, conversationId: Id<"conversations">): Promise<Lane> {
  return (await loadRow(ctx, conversationId)) ?? NEW_LANE;
}

/** Writes the lane and schedules what moves it on; `delivery` is the one that is under way, when jobs are about it. */
export async function moveLane(
  ctx: Write,
  { _id: conversationId, orgId }: Pick<Conversation, "_id" | "orgId">,
  { lane, schedule, delivery }: LaneWrite & { delivery?: Pick<DeliveryRow, "_id"> },
): Promise<void> {
  if (lane !== null) await saveLane(ctx, { conversationId, orgId, lane });
  for (const { run, token, at } of schedule) {
    if (run === "next") await ctx.scheduler.runAt(at, internal.inbox.lanes.next, { orgId, conversationId, token });
    else if (delivery !== undefined)
      await ctx.scheduler.runAt(at, JOBS[run], { orgId, deliveryId: delivery._id, token });
  }
}

async function saveLane(
  ctx: Pick<MutationCtx, "db">,
  { conversationId, orgId, lane }: { conversationId: Id<"conversations">; orgId: Id<"organizations">; lane: Lane },
): Promise<void> {
  const { state, token, leaseUntil } = lane;
  const row = await loadRow(ctx, conversationId);
  if (row === null) await ctx.db.insert("lanes", { orgId, conversationId, state, token, leaseUntil });
  else await ctx.db.patch("lanes", row._id, { state, token, leaseUntil });
}

async function loadRow(ctx: Read, conversationId: Id<"conversations">): Promise<Doc<"lanes"> | null> {
  return ctx.db
    .query("lanes")
    .withIndex("by_conversation", (q) => q.eq("conversationId", conversationId))
    .unique();
}
