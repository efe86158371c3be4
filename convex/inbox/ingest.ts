/**
 * What providers send becomes rows. A batch is one transaction (I2); in it each item is a transaction of its own, which
 * claims the item's key (I1) and has all of its effects, or neither.
 */
import { v } from "convex/values";
import { type InboundEvent, inboundEvent } from "../../lib/connectors/events.ts";
import { fail } from "../../lib/errors.ts";
import { internal } from "../_generated/api";
import type { MutationCtx } from "../_generated/server";
import {
  applyConnectionEvent,
  applyPairingEvent,
  type Connection,
  noteHealth,
  noteRawEvent,
  noteReceipt,
  requireConnection,
  requireVerified,
  type Summary,
} from "../connections/model.ts";
import { orgJob, serviceMutation } from "../functions.ts";
import { recordDeadLetter } from "../ops/model.ts";
import { receiptValidator, summaryValidator } from "../validators.ts";
import { applyChange } from "./applyChange.ts";
import { applyMessage } from "./applyMessage.ts";
import { applyStatus } from "./applyStatus.ts";
import { renameByProvider } from "./people.ts";
import { retitle } from "./threads.ts";
import { applyPresence } from "./typing.ts";

/** Items of one call: what fits well into a transaction. */
export const MAX_ITEMS = 20;

const batch = {
  connectionId: v.id("connections"),
  /** The secret that the webhook was verified with. */
  secretId: v.id("connectionSecrets"),
  correlationId: v.string(),
  receipt: receiptValidator,
};

/**
 * Takes in up to 20 items of one webhook, in their order. An item that fails is rolled back alone and becomes a dead
 * letter. Fails with `not_found` when the connection or its secret are gone, `invalid` for more items.
 */
export const ingest = serviceMutation({
  args: { ...batch, events: v.array(inboundEvent) },
  returns: summaryValidator,
  handler: async (ctx, { connectionId, secretId, correlationId, receipt, events }): Promise<Summary> => {
    if (events.length > MAX_ITEMS) fail("invalid", { field: "events", reason: "too_many", max: MAX_ITEMS });
    const now = Date.now();
    const connection = await requireVerified(ctx, { connectionId, secretId, now });
    const summary = { total: events.length, processed: 0, deduped: 0, failed: 0 };
    for (const event of events) {
      summary[await takeIn(ctx, { connection, correlationId, event })] += 1;
    }
    await noteHealth(ctx, { connection, now });
    await noteReceipt(ctx, { connection, correlationId, receipt, summary });
    return summary;
  },
});

/** Keeps an item that cannot be taken in even alone, so that its provider need not repeat it for ever. */
export const bury = serviceMutation({
  args: { ...batch, event: inboundEvent, reason: v.string() },
  returns: v.null(),
  handler: async (ctx, { connectionId, secretId, correlationId, receipt, event, reason }) => {
    const now = Date.now();
    const connection = await requireVerified(ctx, { connectionId, secretId, now });
    await buryItem(ctx, { connection, correlationId, event, reason });
    const summary = { total: 1, processed: 0, deduped: 0, failed: 1 };
    await noteReceipt(ctx, { connection, correlationId, receipt, summary });
    return null;
  },
});

/** One item with all its effects; `deduped` when it was taken in before, and nothing happens. */
export const item = orgJob({
  args: { connectionId: v.id("connections"), event: inboundEvent, correlationId: v.optional(v.string()) },
  returns: v.union(v.literal("processed"), v.literal("deduped")),
  handler: async (ctx, { connectionId, event, correlationId }) => {
    const connection = await requireConnection(ctx, connectionId);
    const { orgId } = connection;
    const claimed = await ctx.db
      .query("inboundKeys")
      .withIndex("by_connection_and_key", (q) => q.eq("connectionId", connectionId).eq("key", event.key))
      .unique();
    if (claimed !== null) return "deduped" as const;
    await ctx.db.insert("inboundKeys", { orgId, connectionId, key: event.key });
    await apply(ctx, { connection, event, now: Date.now(), correlationId });
    return "processed" as const;
  },
});

type Applying = { connection: Connection; event: InboundEvent; now: number; correlationId: string | undefined };

async function apply(
  ctx: Pick<MutationCtx, "db" | "scheduler" | "storage">,
  { connection, event, now, correlationId }: Applying,
): Promise<void> {
  switch (event.type) {
    case "message":
      return applyMessage(ctx, { connection, event, now, correlationId });
    case "edit":
    case "delete":
    case "reaction":
      return applyChange(ctx, { connection, event, now });
    case "status":
      return applyStatus(ctx, { connection, event, now });
    case "connection":
      return applyConnectionEvent(ctx, { connection, event, now });
    case "qr":
      return applyPairingEvent(ctx, { connection, event, now });
    case "presence":
      return applyPresence(ctx, { connection, event, now });
    case "contact":
      return applyContact(ctx, { connection, event });
    case "raw":
      return noteRawEvent(ctx, { connection, event });
  }
}

/** A contact's name, for contacts that we have: an address book is not a list of leads. */
async function applyContact(
  ctx: Pick<MutationCtx, "db">,
  { connection, event }: { connection: Connection; event: Extract<InboundEvent, { type: "contact" }> },
): Promise<void> {
  if (event.name === undefined) return;
  const { addresses, name } = event;
  const contact = await renameByProvider(ctx, { orgId: connection.orgId, addresses, name });
  if (contact !== null) await retitle(ctx, contact);
}

type Taking = { connection: Connection; correlationId: string; event: InboundEvent };

async function takeIn(
  ctx: Pick<MutationCtx, "db" | "runMutation">,
  { connection, correlationId, event }: Taking,
): Promise<"processed" | "deduped" | "failed"> {
  const { orgId, _id: connectionId } = connection;
  try {
    return await ctx.runMutation(internal.inbox.ingest.item, { orgId, connectionId, event, correlationId });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    await buryItem(ctx, { connection, correlationId, event, reason });
    return "failed";
  }
}

async function buryItem(
  ctx: Pick<MutationCtx, "db">,
  { connection, correlationId, event, reason }: Taking & { reason: string },
): Promise<void> {
  const { orgId, _id: connectionId } = connection;
  // A pairing code lives for a minute and is a secret while it does: it is not worth keeping.
  const payload = event.type === "qr" ? undefined : JSON.stringify(event);
  const letter = { orgId, connectionId, correlationId, ref: event.key, reason: reason.slice(0, 500), payload };
  await recordDeadLetter(ctx, { ...letter, kind: "inbound_item" });
}
