/** Ticks: I5, the ladder. A late one moves nothing down, an early one waits for its message. */
import type { ProviderStatus, StatusEvent } from "../../lib/connectors/events.ts";
import { raiseDelivery } from "../../lib/domain/delivery-state.ts";
import type { Doc } from "../_generated/dataModel";
import type { MutationCtx } from "../_generated/server";
import type { Connection } from "../connections/model.ts";
import { loadMessage } from "./lookups.ts";

type Write = Pick<MutationCtx, "db">;
type Tick = { status: ProviderStatus; reason?: string | undefined };

/** Only what our side sent has ticks; that our own phone read the contact's words is nobody's news. */
export async function applyStatus(
  ctx: Write,
  { connection, event, now }: { connection: Connection; event: StatusEvent; now: number },
): Promise<void> {
  const { externalId, status, reason, fromMe } = event;
  if (!fromMe) return;
  const { _id: connectionId, orgId } = connection;
  const message = await loadMessage(ctx, { connectionId, externalId });
  if (message !== null) await raise(ctx, message, [{ status, reason }]);
  else
    await ctx.db.insert("earlyStatuses", {
      orgId,
      connectionId,
      externalId,
      status,
      reason,
      at: event.providerAt ?? now,
    });
}

/** The ticks that came before the message, or before its id was known to be ours. */
export async function applyEarlyStatuses(ctx: Write, message: Doc<"messages">): Promise<void> {
  const { connectionId, externalId, direction } = message;
  if (externalId === undefined || direction === "inbound") return;
  const early = await ctx.db
    .query("earlyStatuses")
    .withIndex("by_connection_and_externalId", (q) => q.eq("connectionId", connectionId).eq("externalId", externalId))
    .take(20);
  for (const { _id } of early) await ctx.db.delete("earlyStatuses", _id);
  await raise(ctx, message, early);
}

async function raise(ctx: Write, message: Doc<"messages">, ticks: readonly Tick[]): Promise<void> {
  if (message.direction === "inbound") return;
  const before = message.status ?? "sent";
  const status = ticks.reduce((state, tick) => raiseDelivery(state, tick.status), before);
  if (status === before) return;
  const reason = ticks.find((tick) => tick.status === "failed")?.reason;
  await ctx.db.patch("messages", message._id, {
    status,
    error: status === "failed" ? (reason ?? "provider") : undefined,
  });
}
