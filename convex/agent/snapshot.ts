/** What a run reads, from rows: the pipeline of lib/agent knows nothing of them. */
import { type Infer, v } from "convex/values";
import type { TurnInput } from "../../lib/agent/types.ts";
import { newQualification } from "../../lib/domain/qualification-state.ts";
import { fail } from "../../lib/errors.ts";
import type { Doc } from "../_generated/dataModel";
import type { QueryCtx } from "../_generated/server";
import { knownOf, listFacts } from "./facts.ts";
import { loadPublishedPlaybook, loadQualification } from "./model.ts";

type Read = Pick<QueryCtx, "db">;

/** Newest messages of a conversation that a run sees. */
const MAX_MESSAGES = 80;
/** In characters; below what every channel takes. */
const MAX_MESSAGE_LENGTH = 1_000;

export const messageValidator = v.object({
  id: v.string(),
  at: v.number(),
  from: v.union(v.literal("lead"), v.literal("agent"), v.literal("member")),
  kind: v.union(
    v.literal("text"),
    v.literal("audio"),
    v.literal("image"),
    v.literal("video"),
    v.literal("document"),
    v.literal("sticker"),
    v.literal("location"),
    v.literal("contact"),
    v.literal("other"),
  ),
  text: v.optional(v.string()),
});
type Seen = Infer<typeof messageValidator>;

const SIDES = { contact: "lead", agent: "agent", member: "member", automation: "member" } as const;

/** Who asked not to be written to did so in all of their conversations, whichever phone of ours they said it to. */
export async function readSnapshot(
  ctx: Read,
  { conversation, now }: { conversation: Doc<"conversations">; now: number },
) {
  const { _id: conversationId, orgId, contactId, inboundSeq, answeredSeq, revision } = conversation;
  const playbook = (await loadPublishedPlaybook(ctx, orgId)) ?? fail("not_found", { what: "playbook" });
  const contact = await ctx.db.get("contacts", contactId);
  const newest = await ctx.db
    .query("messages")
    .withIndex("by_conversation_and_sortAt_and_seq", (q) => q.eq("conversationId", conversationId))
    .order("desc")
    .take(MAX_MESSAGES);
  const messages = newest.toReversed().filter(wasSaid);
  const state = (await loadQualification(ctx, conversationId))?.state ?? newQualification();
  const fresh = messages.filter(({ direction, seq }) => direction === "inbound" && seq > answeredSeq);
  const input = {
    conversationId,
    now,
    playbook: playbook.content,
    playbookVersion: playbook.version,
    messages: messages.map(seen),
    newMessageIds: fresh.map(({ _id }) => _id),
    facts: (await listFacts(ctx, contactId)).map(knownOf),
    state: contact?.optedOutAt === undefined ? state : { ...state, outcome: "opted_out" as const },
    maxMessageLength: MAX_MESSAGE_LENGTH,
    ...(contact?.name === undefined ? {} : { contactName: contact.name }),
  } satisfies TurnInput;
  return { input, read: { throughSeq: inboundSeq, revision } };
}

/** What was taken back, or never left, was not said. */
function wasSaid({ deletedAt, status }: Doc<"messages">): boolean {
  return deletedAt === undefined && status !== "cancelled" && status !== "failed";
}

function seen({ _id, sortAt, author, kind, text, choice }: Doc<"messages">): Seen {
  const words = text ?? choice?.title;
  const from = SIDES[author.kind];
  return { id: _id, at: sortAt, from, kind: kindOf(kind), ...(words === undefined ? {} : { text: words }) };
}

function kindOf(kind: Doc<"messages">["kind"]): Seen["kind"] {
  if (kind === "choice") return "text";
  return kind === "poll" || kind === "unsupported" ? "other" : kind;
}
