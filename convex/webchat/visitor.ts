/** What a visitor can see and do: their own thread with one organization, both named by their token and by nothing else. */
import { type Infer, v } from "convex/values";
import type { InboundEvent } from "../../lib/connectors/events.ts";
import { fingerprintMessage } from "../../lib/connectors/fingerprint.ts";
import { raiseDelivery } from "../../lib/domain/delivery-state.ts";
import { fail } from "../../lib/errors.ts";
import { internal } from "../_generated/api";
import type { Doc, Id } from "../_generated/dataModel";
import type { MutationCtx, QueryCtx } from "../_generated/server";
import { loadTurn } from "../agent/model.ts";
import { noteHealth } from "../connections/model.ts";
import { visitorMutation, visitorQuery } from "../functions.ts";
import { notePresence } from "../inbox/model.ts";
import { addressOf, loadOpenChat, loadThread, nameVisitor, requireOpenChat, spend, type Visitor } from "./model.ts";

const MAX_TEXT = 2_000; // characters
const MAX_ROWS = 500;
/** Messages whose ticks one call can raise. */
const MAX_TICKS = 50;

const rowValidator = v.object({
  _id: v.id("messages"),
  seq: v.number(),
  at: v.number(), // epoch ms, in the order of the thread
  from: v.union(v.literal("visitor"), v.literal("agent"), v.literal("team")),
  name: v.union(v.string(), v.null()), // the first name of who of the team wrote it
  text: v.string(),
  clientId: v.union(v.string(), v.null()), // what `say` was called with
});

/**
 * The newest `limit` messages, oldest first, and whether an answer is being written. Ours are there once they were sent. Null
 * while the organization's chat is off.
 */
export const thread = visitorQuery({
  args: { limit: v.number() },
  returns: v.union(
    v.null(),
    v.object({ rows: v.array(rowValidator), hasEarlier: v.boolean(), isAnswering: v.boolean() }),
  ),
  handler: async (ctx, { limit }) => {
    const connection = await loadOpenChat(ctx, ctx.org._id);
    if (connection === null) return null;
    const own = await loadThread(ctx, connection);
    if (own === null) return { rows: [], hasEarlier: false, isAnswering: false };
    const count = Math.max(1, Math.min(Math.floor(limit), MAX_ROWS));
    const found = await own.messages(count + 1);
    const newest = found.slice(0, count);
    const names = await loadFirstNames(ctx, newest);
    const { state } = await loadTurn(ctx, own.conversation._id);
    const isLeaving = newest.some(({ direction, status }) => direction === "outbound" && isOnItsWay(status));
    return {
      rows: newest.toReversed().flatMap((message) => rowOf(message, { names, visitorId: ctx.visitorId })),
      hasEarlier: found.length > count,
      isAnswering: state === "running" || isLeaving,
    };
  },
});

/**
 * The visitor says something; the same `clientId` again is the same message. `invalid` for an empty or too long text,
 * `rate_limited` with the time to wait, `unavailable` while the chat is off.
 */
export const say = visitorMutation({
  args: { clientId: v.string(), text: v.string() },
  returns: v.null(),
  handler: async (ctx, { clientId, text }): Promise<null> => {
    const connection = await requireOpenChat(ctx);
    const event = messageOf({
      visitorId: ctx.visitorId,
      clientId: requireClientId(clientId),
      text: requireWords(text),
    });
    if ((await takeIn(ctx, connection, event)) === "deduped") return null;
    // Counted last, so that a repetition costs nothing; what is refused here is rolled back with all of it.
    const retryAfterMs = await spend(ctx, { orgId: ctx.org._id, what: "message", whose: ctx.visitorId });
    if (retryAfterMs > 0) fail("rate_limited", { retryAfterMs });
    await nameVisitor(ctx, connection);
    await noteHealth(ctx, { connection, now: Date.now() });
    return null;
  },
});

/** The visitor is writing, or stopped. A call too many is not heard. */
export const noteTyping = visitorMutation({
  args: { isTyping: v.boolean() },
  returns: v.null(),
  handler: async (ctx, { isTyping }) => {
    const connection = await requireOpenChat(ctx);
    if ((await spend(ctx, { orgId: ctx.org._id, what: "signal", whose: ctx.visitorId })) > 0) return null;
    const chat = addressOf(ctx.visitorId);
    const state = isTyping ? ("typing" as const) : ("idle" as const);
    const event = { type: "presence" as const, key: "typing", chat, actor: chat, state };
    await notePresence(ctx, { connection, event, now: Date.now() });
    return null;
  },
});

/** Our messages up to `throughSeq` are on the visitor's page (`delivered`), or before their eyes (`read`). */
export const noteSeen = visitorMutation({
  args: { throughSeq: v.number(), status: v.union(v.literal("delivered"), v.literal("read")) },
  returns: v.null(),
  handler: async (ctx, { throughSeq, status }): Promise<null> => {
    const connection = await requireOpenChat(ctx);
    if ((await spend(ctx, { orgId: ctx.org._id, what: "signal", whose: ctx.visitorId })) > 0) return null;
    const own = await loadThread(ctx, connection);
    for (const message of (await own?.messages(MAX_TICKS)) ?? []) {
      const { seq, externalId } = message;
      if (seq > throughSeq || externalId === undefined || !isShown(message)) continue;
      if (raiseDelivery(message.status ?? "sent", status) === message.status) continue;
      const chat = addressOf(ctx.visitorId);
      const tick = { externalId, status, chat, aliases: [], fromMe: true, key: `status:${externalId}:${status}` };
      await takeIn(ctx, connection, { type: "status", ...tick });
    }
    return null;
  },
});

type Writer = Visitor & Pick<MutationCtx, "runMutation">;

/** As what any provider sends: once by its key, with all that follows from it. */
async function takeIn(
  ctx: Writer,
  { _id: connectionId }: Doc<"connections">,
  event: InboundEvent,
): Promise<"processed" | "deduped"> {
  return ctx.runMutation(internal.inbox.ingest.item, { orgId: ctx.org._id, connectionId, event });
}

/** Ids are the visitor's own: nobody can claim, or use up, another one's. */
function messageOf({ visitorId, clientId, text }: { visitorId: string; clientId: string; text: string }): InboundEvent {
  const chat = addressOf(visitorId);
  const externalId = `${inboundPrefix(visitorId)}${clientId}`;
  return {
    type: "message",
    key: `msg:${externalId}`,
    externalId,
    chat,
    aliases: [],
    fromMe: false,
    viaApi: false,
    senders: [chat],
    kind: "text",
    text,
    providerKind: "text",
    fingerprint: fingerprintMessage({ kind: "text", text }),
  };
}

function inboundPrefix(visitorId: string): string {
  return `in:${visitorId}:`;
}

function requireClientId(clientId: string): string {
  return /^[\w-]{8,64}$/.test(clientId) ? clientId : fail("invalid", { field: "clientId", reason: "malformed" });
}

function requireWords(text: string): string {
  const words = text.trim();
  if (words === "") return fail("invalid", { field: "text", reason: "empty" });
  if (words.length > MAX_TEXT) return fail("invalid", { field: "text", reason: "too_long", maxLength: MAX_TEXT });
  return words;
}

type Showing = { names: ReadonlyMap<Id<"members">, string>; visitorId: string };

function rowOf(message: Doc<"messages">, { names, visitorId }: Showing): Infer<typeof rowValidator>[] {
  const { _id, seq, sortAt: at, text, author, externalId, direction } = message;
  if (text === undefined || !isShown(message)) return [];
  const prefix = inboundPrefix(visitorId);
  const isOwn = direction === "inbound" && externalId?.startsWith(prefix) === true;
  const clientId = isOwn ? externalId.slice(prefix.length) : null;
  const name = author.memberId === undefined ? null : (names.get(author.memberId) ?? null);
  return [{ _id, seq, at, from: sideOf(author.kind), name, text, clientId }];
}

/** What was deleted, and what of ours never left, is not for the visitor. */
function isShown({ direction, status, deletedAt }: Doc<"messages">): boolean {
  if (deletedAt !== undefined) return false;
  return direction === "inbound" || status === "sent" || status === "delivered" || status === "read";
}

function isOnItsWay(status: Doc<"messages">["status"]): boolean {
  return status === "queued" || status === "sending";
}

function sideOf(author: Doc<"messages">["author"]["kind"]): Infer<typeof rowValidator>["from"] {
  if (author === "contact") return "visitor";
  return author === "member" ? "team" : "agent";
}

async function loadFirstNames(
  ctx: Pick<QueryCtx, "db">,
  messages: readonly Doc<"messages">[],
): Promise<Showing["names"]> {
  const ids = [...new Set(messages.flatMap(({ author }) => author.memberId ?? []))];
  const members = await Promise.all(ids.map((memberId) => ctx.db.get("members", memberId)));
  return new Map(
    members.flatMap((member) => {
      const first = member?.name.trim().split(/\s+/)[0] ?? "";
      return member === null || first === "" ? [] : [[member._id, first] as const];
    }),
  );
}
