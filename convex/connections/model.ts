import type { Infer } from "convex/values";
import type { ConnectionEvent, PairingEvent, RawEvent } from "../../lib/connectors/events.ts";
import { fail } from "../../lib/errors.ts";
import { internal } from "../_generated/api";
import type { Doc, Id } from "../_generated/dataModel";
import type { MutationCtx, QueryCtx } from "../_generated/server";
import type { receiptValidator, summaryValidator } from "../validators.ts";

type Read = Pick<QueryCtx, "db">;
type Write = Pick<MutationCtx, "db">;
type Scheduling = Pick<MutationCtx, "db" | "scheduler">;

export type Connection = Doc<"connections">;
export type Summary = Infer<typeof summaryValidator>;
export type Receipt = Infer<typeof receiptValidator>;
type Status = Connection["status"];

/** A health row is read by every webhook, so it may change only rarely. */
const HEALTH_EVERY_MS = 15_000;
/** WhatsApp replaces the first code after a minute and the others sooner; an old one is scanned in vain. */
const FIRST_CODE_LIVES_MS = 60_000;
const NEXT_CODE_LIVES_MS = 20_000;
/** A code that comes this long after the one before ran out is a first one again. */
const ROTATION_ENDS_MS = 15_000;
/** A connection has one secret of a kind, and during a rotation two. */
const MAX_SECRETS = 10;

/** A connection that is not removed; a foreign one is not found. */
export async function requireConnection(ctx: Read, connectionId: Id<"connections">): Promise<Connection> {
  const connection = await ctx.db.get("connections", connectionId);
  if (connection === null || connection.status.kind === "removed") return fail("not_found", { what: "connection" });
  return connection;
}

/** The organization's connections that were not removed, oldest first. */
export async function listLiveConnections(ctx: Read, orgId: Id<"organizations">): Promise<Connection[]> {
  const rows = await ctx.db
    .query("connections")
    .withIndex("by_org_and_status", (q) => q.eq("orgId", orgId))
    .take(200);
  return rows
    .filter(({ status }) => status.kind !== "removed")
    .toSorted((left, right) => left._creationTime - right._creationTime);
}

export async function listSecrets(
  ctx: Read,
  { connectionId, kind }: { connectionId: Id<"connections">; kind: Doc<"connectionSecrets">["kind"] },
): Promise<Doc<"connectionSecrets">[]> {
  return ctx.db
    .query("connectionSecrets")
    .withIndex("by_connection_and_kind", (q) => q.eq("connectionId", connectionId).eq("kind", kind))
    .take(MAX_SECRETS);
}

/** Can calls be made for this connection's account? */
export async function hasToken(ctx: Read, connectionId: Id<"connections">): Promise<boolean> {
  return (await listSecrets(ctx, { connectionId, kind: "token" })).length > 0;
}

/** Has the organization a channel that works now? */
export async function hasConnected(ctx: Read, orgId: Id<"organizations">): Promise<boolean> {
  const connected = await ctx.db
    .query("connections")
    .withIndex("by_org_and_status", (q) => q.eq("orgId", orgId).eq("status.kind", "connected"))
    .first();
  return connected !== null;
}

/**
 * The connection that a webhook was verified for. The secret is looked at again: a route may have kept one for a minute
 * that was taken away since. `not_found` when connection or secret are gone.
 */
export async function requireVerified(
  ctx: Read,
  { connectionId, secretId, now }: { connectionId: Id<"connections">; secretId: Id<"connectionSecrets">; now: number },
): Promise<Connection> {
  const connection = await requireConnection(ctx, connectionId);
  const secret = await ctx.db.get("connectionSecrets", secretId);
  const isGood = secret?.connectionId === connectionId && (secret.validUntil === undefined || secret.validUntil > now);
  return isGood ? connection : fail("not_found", { what: "secret" });
}

/** The provider was heard of. Most calls write nothing. */
export async function noteHealth(
  ctx: Write,
  { connection, now }: { connection: Connection; now: number },
): Promise<void> {
  const { _id: connectionId, orgId } = connection;
  const row = await loadHealth(ctx, connectionId);
  if (row === null) await ctx.db.insert("connectionHealth", { orgId, connectionId, lastEventAt: now });
  else if (now - row.lastEventAt >= HEALTH_EVERY_MS) {
    await ctx.db.patch("connectionHealth", row._id, { lastEventAt: now });
  }
}

export async function loadHealth(ctx: Read, connectionId: Id<"connections">): Promise<Doc<"connectionHealth"> | null> {
  return ctx.db
    .query("connectionHealth")
    .withIndex("by_connection", (q) => q.eq("connectionId", connectionId))
    .unique();
}

/** Keeps what came in. The calls of one webhook (`correlationId`) share a receipt, whose summary adds up. */
export async function noteReceipt(
  ctx: Write,
  entry: { connection: Connection; correlationId: string; receipt: Receipt; summary: Summary },
): Promise<void> {
  const { connection, correlationId, receipt, summary } = entry;
  const { _id: connectionId, orgId } = connection;
  const row = await ctx.db
    .query("receipts")
    .withIndex("by_connection_and_correlation", (q) =>
      q.eq("connectionId", connectionId).eq("correlationId", correlationId),
    )
    .unique();
  if (row === null) await ctx.db.insert("receipts", { orgId, connectionId, correlationId, ...receipt, summary });
  else await ctx.db.patch("receipts", row._id, { summary: addSummaries(row.summary, summary) });
}

export async function noteRawEvent(
  ctx: Write,
  { connection, event }: { connection: Connection; event: RawEvent },
): Promise<void> {
  const { name, reason, detail, raw } = event;
  if (reason === "ignored") return;
  const { _id: connectionId, orgId } = connection;
  await ctx.db.insert("rawEvents", { orgId, connectionId, name, reason, detail, raw });
}

/** What the provider says of the account. News that are older than what is known already change nothing. */
export async function applyConnectionEvent(
  ctx: Scheduling,
  { connection, event, now }: { connection: Connection; event: ConnectionEvent; now: number },
): Promise<void> {
  if (isOlder(event, connection)) return;
  const { kind, reason } = statusOf(event, connection.status);
  const changed = kind !== connection.status.kind || reason !== connection.status.reason;
  await ctx.db.patch("connections", connection._id, {
    ...(changed ? { status: { kind, since: now, ...(reason === undefined ? {} : { reason }) } } : {}),
    ...(event.order === undefined ? {} : { statusOrder: event.order }),
    ...(event.account === undefined ? {} : { address: event.account.value }),
  });
  if (kind !== "pairing") await removePairing(ctx, connection._id);
  if (changed && kind === "connected") await resumeSending(ctx, connection);
}

/** What waited for this account leaves now. */
async function resumeSending(ctx: Scheduling, { _id: connectionId, orgId }: Connection): Promise<void> {
  await ctx.scheduler.runAfter(0, internal.inbox.lanes.resume, { orgId, connectionId, cursor: null });
}

/** The code to scan now replaces the one before. The same one again, by the other way, is no news. */
export async function applyPairingEvent(
  ctx: Write,
  { connection, event, now }: { connection: Connection; event: PairingEvent; now: number },
): Promise<void> {
  if (isOlder(event, connection)) return;
  const { _id: connectionId, orgId, status } = connection;
  const { code, pairingCode, imageDataUrl, order } = event;
  const row = await loadPairing(ctx, connectionId);
  const fields = { orgId, connectionId, code, pairingCode, imageDataUrl, order, ...turnOfCode(row, { event, now }) };
  if (row === null) await ctx.db.insert("pairings", fields);
  else if (order === undefined || row.order === undefined || order >= row.order) {
    await ctx.db.replace("pairings", row._id, fields);
  }
  if (status.kind === "pairing") return;
  await ctx.db.patch("connections", connectionId, { status: { kind: "pairing", since: now } });
}

export async function loadPairing(ctx: Read, connectionId: Id<"connections">): Promise<Doc<"pairings"> | null> {
  return ctx.db
    .query("pairings")
    .withIndex("by_connection", (q) => q.eq("connectionId", connectionId))
    .unique();
}

/** Nobody answers for this account any more, until a person connects it again. */
export async function requireAction(
  ctx: Write,
  { connection, now }: { connection: Connection; now: number },
): Promise<void> {
  if (connection.status.kind === "action_needed") return;
  await ctx.db.patch("connections", connection._id, {
    status: { kind: "action_needed", reason: "logged_out", since: now },
  });
}

export async function removePairing(ctx: Write, connectionId: Id<"connections">): Promise<void> {
  const row = await loadPairing(ctx, connectionId);
  if (row !== null) await ctx.db.delete("pairings", row._id);
}

function turnOfCode(
  row: Doc<"pairings"> | null,
  { event, now }: { event: PairingEvent; now: number },
): { count: number; expiresAt: number } {
  if (row === null || row.expiresAt + ROTATION_ENDS_MS < now)
    return { count: (row?.count ?? 0) + 1, expiresAt: now + FIRST_CODE_LIVES_MS };
  const { count = 1, expiresAt } = row;
  const isSame = row.code === event.code && row.imageDataUrl === event.imageDataUrl;
  return isSame ? { count, expiresAt } : { count: count + 1, expiresAt: now + NEXT_CODE_LIVES_MS };
}

function isOlder({ order }: { order?: number | undefined }, { statusOrder }: Connection): boolean {
  return order !== undefined && statusOrder !== undefined && order < statusOrder;
}

function statusOf(event: ConnectionEvent, current: Status): Pick<Status, "kind" | "reason"> {
  switch (event.state) {
    case "open":
      return { kind: "connected" };
    case "connecting":
      // A phone that has to scan is told apart from a line that comes back.
      return current.kind === "pairing" || current.kind === "draft" ? { kind: "pairing" } : { kind: "connecting" };
    case "closed":
      return { kind: event.reason === "other" ? "disconnected" : "action_needed", reason: event.reason ?? "other" };
  }
}

function addSummaries(left: Summary, right: Summary): Summary {
  return {
    total: left.total + right.total,
    processed: left.processed + right.processed,
    deduped: left.deduped + right.deduped,
    failed: left.failed + right.failed,
  };
}
