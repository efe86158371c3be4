/** Edits, deletions and reactions: they change a message that is there, or wait for it. */
import type { DeleteEvent, EditEvent, ReactionEvent } from "../../lib/connectors/events.ts";
import type { Doc } from "../_generated/dataModel";
import type { MutationCtx } from "../_generated/server";
import type { Connection } from "../connections/model.ts";
import { loadMessage } from "./lookups.ts";
import { previewOf } from "./threads.ts";

type Write = Pick<MutationCtx, "db" | "storage">;
export type Change = EditEvent | DeleteEvent | ReactionEvent;

export async function applyChange(
  ctx: Write,
  { connection, event, now }: { connection: Connection; event: Change; now: number },
): Promise<void> {
  const { _id: connectionId, orgId } = connection;
  const { externalId } = event;
  const message = await loadMessage(ctx, { connectionId, externalId });
  if (message === null) await ctx.db.insert("earlyChanges", { orgId, connectionId, externalId, change: event });
  else await change(ctx, { message, event, now });
}

/** What was said about a message before it came, in the order in which that came. */
export async function applyEarlyChanges(ctx: Write, message: Doc<"messages">): Promise<void> {
  const { connectionId, externalId } = message;
  if (externalId === undefined) return;
  const early = await ctx.db
    .query("earlyChanges")
    .withIndex("by_connection_and_externalId", (q) => q.eq("connectionId", connectionId).eq("externalId", externalId))
    .take(50);
  for (const { _id, change: event, _creationTime } of early) {
    const current = await ctx.db.get("messages", message._id);
    if (current !== null) await change(ctx, { message: current, event, now: _creationTime });
    await ctx.db.delete("earlyChanges", _id);
  }
}

type Changing<E> = { message: Doc<"messages">; event: E; now: number };

async function change(ctx: Write, { message, event, now }: Changing<Change>): Promise<void> {
  if (message.deletedAt !== undefined) return;
  switch (event.type) {
    case "edit":
      return edit(ctx, { message, event, now });
    case "delete":
      return erase(ctx, { message, event, now });
    case "reaction":
      return react(ctx, { message, event, now });
  }
}

async function edit(ctx: Write, { message, event, now }: Changing<EditEvent>): Promise<void> {
  const editedAt = event.providerAt ?? now;
  if (message.editedAt !== undefined && message.editedAt > editedAt) return;
  await ctx.db.patch("messages", message._id, { text: event.text, editedAt });
  await noteOnConversation(ctx, message, event.text);
}

/** Whoever takes their words back wants them gone: text and file are, the place in the thread stays. */
async function erase(ctx: Write, { message, event, now }: Changing<DeleteEvent>): Promise<void> {
  const gone = { text: undefined, media: undefined, location: undefined, contacts: undefined, raw: undefined };
  const withIt = { choice: undefined, pollOptions: undefined, quoted: undefined, reactions: [] };
  await ctx.db.patch("messages", message._id, { ...gone, ...withIt, deletedAt: event.providerAt ?? now });
  const storageId = message.media?.storageId;
  if (storageId !== undefined) await ctx.storage.delete(storageId);
  await noteOnConversation(ctx, message, "");
}

/** One reaction an actor; an older one does not replace a newer one, and an empty one takes it away. */
async function react(ctx: Write, { message, event, now }: Changing<ReactionEvent>): Promise<void> {
  const { actor, actorName: name, emoji } = event;
  const at = event.providerAt ?? now;
  if (message.reactions.some((one) => one.actor === actor && one.at > at)) return;
  const others = message.reactions.filter((one) => one.actor !== actor);
  // A reaction that was taken away is kept without its emoji: an older one that comes late must not bring it back.
  await ctx.db.patch("messages", message._id, { reactions: [...others, { actor, name, emoji, at }] });
}

/** The list shows the new words; a turn that read the contact's old ones is out of date. */
async function noteOnConversation(ctx: Write, message: Doc<"messages">, text: string): Promise<void> {
  const conversation = await ctx.db.get("conversations", message.conversationId);
  if (conversation === null) return;
  const { lastMessage, revision } = conversation;
  const shown = lastMessage?.seq === message.seq ? { lastMessage: { ...lastMessage, preview: previewOf(text) } } : {};
  const read = message.direction === "inbound" ? { revision: revision + 1 } : {};
  await ctx.db.patch("conversations", conversation._id, { ...shown, ...read });
}
