import type { OutcomeDecision } from "../../lib/domain/lane-outcome.ts";
/** Writes what a request came to, and all that follows from it, in the caller's transaction. */
import type { Lane } from "../../lib/domain/lane-state.ts";
import type { MutationCtx } from "../_generated/server";
import { requireAction } from "../connections/model.ts";
import { recordDeadLetter } from "../ops/model.ts";
import { applyEarlyStatuses } from "./applyStatus.ts";
import { loadMessage } from "./lookups.ts";
import { type DeliveryRow, moveLane, saveDelivery } from "./outbox.ts";
import { silenceAgent } from "./silence.ts";
import { bump, type Conversation, placeNext } from "./threads.ts";

type Write = Pick<MutationCtx, "db" | "scheduler">;
type Rows = { delivery: DeliveryRow; conversation: Conversation; lane: Lane };

export async function applyOutcome(
  ctx: Write,
  { delivery, conversation }: Rows,
  decision: OutcomeDecision<DeliveryRow>,
) {
  if (decision.kind === "ignore") return;
  if (decision.kind === "sent") await forgetTwin(ctx, decision.delivery);
  await saveDelivery(ctx, decision.delivery);
  const message = await ctx.db.get("messages", delivery.messageId);
  if (message !== null && decision.delivery.externalId === undefined && message.externalId !== undefined) {
    await ctx.db.patch("messages", message._id, { externalId: undefined });
  }
  if (message !== null && decision.kind === "sent") await applyEarlyStatuses(ctx, message);
  await moveLane(ctx, conversation, { ...decision, delivery });
  if (decision.kind === "parked") await askForPerson(ctx, decision.delivery);
  if (decision.kind === "dead") await bury(ctx, decision.delivery);
  if (decision.disowned !== undefined)
    await storeDisowned(ctx, { delivery, conversation, externalId: decision.disowned });
}

/** Given up on: people find it among the dead letters. */
export async function bury(ctx: Write, delivery: DeliveryRow): Promise<void> {
  const { orgId, connectionId, messageId, error = "provider" } = delivery;
  await recordDeadLetter(ctx, { orgId, connectionId, kind: "delivery", ref: messageId, reason: error });
  if (error === "auth_expired") await askForPerson(ctx, delivery);
}

/** An account that does not let us in needs one; a connection that was removed meanwhile does not. */
async function askForPerson(ctx: Write, { connectionId }: DeliveryRow): Promise<void> {
  const connection = await ctx.db.get("connections", connectionId);
  if (connection === null || connection.status.kind === "removed") return;
  await requireAction(ctx, { connection, now: Date.now() });
}

/** An echo that was not recognised became a message of its own; the answer says that it was ours. */
async function forgetTwin(ctx: Write, { connectionId, messageId, externalId }: DeliveryRow): Promise<void> {
  if (externalId === undefined) return;
  const twin = await loadMessage(ctx, { connectionId, externalId });
  if (twin !== null && twin._id !== messageId) await ctx.db.delete("messages", twin._id);
}

/** The echo that was taken for ours was a person on the phone, who said the same words: stored and obeyed as one. */
async function storeDisowned(
  ctx: Write,
  { delivery, conversation, externalId }: { delivery: DeliveryRow; conversation: Conversation; externalId: string },
): Promise<void> {
  const ours = await ctx.db.get("messages", delivery.messageId);
  const current = await ctx.db.get("conversations", conversation._id);
  if (ours === null || current === null) return;
  const now = Date.now();
  const place = placeNext(current, { now });
  const { orgId, connectionId, conversationId, kind, text } = ours;
  const said = { kind, text, author: { kind: "member" as const }, direction: "outbound" as const };
  const of = { orgId, connectionId, conversationId, externalId };
  await ctx.db.insert("messages", { ...of, ...place, ...said, reactions: [], status: "sent" });
  const moved = bump(current, { message: said, place, now });
  await ctx.db.patch("conversations", conversationId, moved);
  await silenceAgent(ctx, { conversation: { ...current, ...moved }, cause: "replied", now });
}
