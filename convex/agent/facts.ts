/** What is known of a contact, and what changes with it. A person's word wins over what the agent reads, whenever it reads it. */
import type { Infer } from "convex/values";
import { requalify } from "../../lib/agent/requalify.ts";
import { isForgotten } from "../../lib/domain/qualification-correction.ts";
import {
  type FactChange,
  type FactShape,
  type FactValue,
  isSameFactValue,
} from "../../lib/domain/qualification-facts.ts";
import { newQualification } from "../../lib/domain/qualification-state.ts";
import type { Evidence } from "../../lib/domain/qualification.ts";
import type { Doc, Id } from "../_generated/dataModel";
import type { MutationCtx, QueryCtx } from "../_generated/server";
import { loadPublishedPlaybook, loadQualification } from "./model.ts";
import type { knownFactValidator } from "./validators.ts";

type Read = Pick<QueryCtx, "db">;
type Write = Pick<MutationCtx, "db">;
type Fact = Doc<"facts">;
type OfContact = { orgId: Id<"organizations">; contactId: Id<"contacts"> };

const MAX_FACTS = 200;
/** Conversations of one contact: one for each connection they wrote to. */
const MAX_CONVERSATIONS = 20;

/** Facts that no other has replaced and nobody removed. */
export async function listFacts(ctx: Read, contactId: Id<"contacts">): Promise<Fact[]> {
  const rows = await ctx.db
    .query("facts")
    .withIndex("by_contact_and_supersededBy", (q) => q.eq("contactId", contactId).eq("supersededBy", undefined))
    .take(MAX_FACTS);
  return rows.filter(({ forgottenAt }) => forgottenAt === undefined);
}

export function knownOf({ key, value, confidence, source, messageId, quote }: Fact): Infer<typeof knownFactValidator> {
  return { key, value, confidence, source, messageId, quote };
}

/**
 * The one before stays and names its successor. What a person set, or removed, meanwhile wins over what was read: then
 * the answer is false.
 */
export async function writeReadFact(
  ctx: Write,
  { orgId, contactId }: OfContact,
  { fact, ...change }: FactChange,
): Promise<boolean> {
  const { key, value, confidence, quote } = fact;
  const same = (await listFacts(ctx, contactId)).filter((row) => row.key === key);
  if (same.some((row) => row.source === "member" || isSameFactValue(row.value, value))) return false;
  const messageId = ctx.db.normalizeId("messages", fact.messageId) ?? undefined;
  const message = messageId === undefined ? null : await ctx.db.get("messages", messageId);
  const saidAt = message?.sortAt ?? Date.now();
  if (isForgotten(await listForgotten(ctx, contactId), { ...fact, saidAt })) return false;
  const known = { orgId, contactId, key, value, confidence, source: "lead" as const, messageId, quote };
  const factId = await ctx.db.insert("facts", known);
  const previous =
    change.kind === "replace" ? same.find((row) => isSameFactValue(row.value, change.previous)) : undefined;
  if (previous !== undefined) await ctx.db.patch("facts", previous._id, { supersededBy: factId });
  return true;
}

type Correction = OfContact & {
  memberId: Id<"members">;
  key: string;
  value: FactValue;
  shape: FactShape;
  /** Which one, of a key that holds many; absent to add one. */
  factId?: Id<"facts">;
};

/** Answers the new fact and those it replaced. */
export async function writeMemberFact(
  ctx: Write,
  { shape, factId, ...given }: Correction,
): Promise<{ factId: Id<"facts">; replaced: Fact[] }> {
  const same = (await listFacts(ctx, given.contactId)).filter(({ key }) => key === given.key);
  const replaced = same.filter(
    ({ _id, value }) => shape.holds === "one" || _id === factId || isSameFactValue(value, given.value),
  );
  const written = await ctx.db.insert("facts", { ...given, confidence: 1, source: "member" });
  for (const { _id } of replaced) await ctx.db.patch("facts", _id, { supersededBy: written });
  return { factId: written, replaced };
}

/** Removes facts and all that they had replaced, so that none of it is read again out of what was said before. */
export async function forgetFacts(ctx: Write, facts: readonly Fact[], now: number): Promise<void> {
  for (const fact of facts) {
    for (const row of await listChain(ctx, fact)) {
      await ctx.db.patch("facts", row._id, { forgottenAt: now });
    }
  }
}

/** What `forgetFacts` removed together with `fact` is known again. */
export async function recallFacts(ctx: Write, fact: Fact): Promise<void> {
  const rows = await listForgotten(ctx, fact.contactId);
  const together = rows.filter(({ key, forgottenAt }) => key === fact.key && forgottenAt === fact.forgottenAt);
  for (const { _id } of together) await ctx.db.patch("facts", _id, { forgottenAt: undefined });
}

/** Facts that `fact` itself replaced. */
export async function listReplaced(ctx: Read, { _id, contactId }: Fact): Promise<Fact[]> {
  return ctx.db
    .query("facts")
    .withIndex("by_contact_and_supersededBy", (q) => q.eq("contactId", contactId).eq("supersededBy", _id))
    .take(MAX_FACTS);
}

/** Score, progress and outcome of every conversation of the contact, from the facts as they are now. */
export async function requalifyContact(
  ctx: Write,
  { orgId, contactId, removed }: OfContact & { removed: readonly Evidence[] },
): Promise<void> {
  const playbook = await loadPublishedPlaybook(ctx, orgId);
  if (playbook === null) return;
  const facts = (await listFacts(ctx, contactId)).map(knownOf);
  const contactName = (await ctx.db.get("contacts", contactId))?.name;
  for (const { _id: conversationId } of await listConversations(ctx, contactId)) {
    const row = await loadQualification(ctx, conversationId);
    const before = row?.state ?? newQualification();
    const state = requalify({ playbook: playbook.content, state: before, facts, removed, contactName });
    if (row !== null) await ctx.db.patch("qualifications", row._id, { state });
    else await ctx.db.insert("qualifications", { orgId, conversationId, contactId, state });
  }
}

/** A run under way read what is no longer so: it begins again with what is. */
export async function outdateRuns(ctx: Write, contactId: Id<"contacts">): Promise<void> {
  for (const { _id, revision } of await listConversations(ctx, contactId)) {
    await ctx.db.patch("conversations", _id, { revision: revision + 1 });
  }
}

export function evidenceOf(facts: readonly Fact[]): Evidence[] {
  return facts.flatMap(({ messageId, quote }) =>
    messageId === undefined || quote === undefined ? [] : [{ messageId, quote }],
  );
}

async function listForgotten(ctx: Read, contactId: Id<"contacts">) {
  const rows = await ctx.db
    .query("facts")
    .withIndex("by_contact_and_forgottenAt", (q) => q.eq("contactId", contactId).gt("forgottenAt", 0))
    .take(MAX_FACTS);
  return rows.map((row) => ({ ...row, forgottenAt: row.forgottenAt ?? 0 }));
}

/** A fact, what it replaced, what that had replaced, and so on. */
async function listChain(ctx: Read, fact: Fact): Promise<Fact[]> {
  const chain = [fact];
  for (const link of chain) chain.push(...(await listReplaced(ctx, link)));
  return chain;
}

async function listConversations(ctx: Read, contactId: Id<"contacts">): Promise<Doc<"conversations">[]> {
  return ctx.db
    .query("conversations")
    .withIndex("by_contact", (q) => q.eq("contactId", contactId))
    .take(MAX_CONVERSATIONS);
}
