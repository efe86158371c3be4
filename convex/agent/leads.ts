/** What is known of a lead, for people: they read it with its proof, correct it, and take a correction back. */
import { v } from "convex/values";
import { checkFactValue } from "../../lib/domain/qualification-correction.ts";
import { factValueValidator, shapeOfFact } from "../../lib/domain/qualification-facts.ts";
import { fail } from "../../lib/errors.ts";
import type { Doc, Id } from "../_generated/dataModel";
import type { MutationCtx, QueryCtx } from "../_generated/server";
import { orgMutation, orgQuery } from "../functions.ts";
import { nameContact } from "../inbox/model.ts";
import { recordMemberAudit } from "../ops/model.ts";
import {
  evidenceOf,
  forgetFacts,
  listFacts,
  listReplaced,
  outdateRuns,
  recallFacts,
  requalifyContact,
  writeMemberFact,
} from "./facts.ts";
import { leadValidator, readLead } from "./leadView.ts";
import { loadPublishedPlaybook } from "./model.ts";

type Fact = Doc<"facts">;

/** Null for a group, and before there is a playbook to qualify by. */
export const get = orgQuery({
  needs: "inbox:read",
  args: { conversationId: v.id("conversations") },
  returns: v.union(v.null(), leadValidator),
  handler: async (ctx, { conversationId }) => readLead(ctx, await requireConversation(ctx, conversationId)),
});

/**
 * A person says what is so. It replaces what was known under a key that holds one value; of a key that holds many it
 * replaces `factId`, or is added. Answers the new fact, which `undo` takes back.
 */
export const correct = orgMutation({
  needs: "leads:edit",
  args: {
    conversationId: v.id("conversations"),
    key: v.string(),
    value: factValueValidator,
    factId: v.optional(v.id("facts")),
  },
  returns: v.id("facts"),
  handler: async (ctx, { conversationId, key, value, factId }) => {
    const { contactId } = await requireConversation(ctx, conversationId);
    const playbook = (await loadPublishedPlaybook(ctx, ctx.org._id)) ?? fail("not_found", { what: "playbook" });
    const shape = shapeOfFact(key, playbook.content.customFacts);
    if (shape === null) return fail("invalid", { field: "key", reason: "unknown" });
    const checked = checkFactValue({ key, type: shape.type, value });
    if (!checked.ok) return fail("invalid", { field: "value", reason: checked.reason });
    if (factId !== undefined) await requireFact(ctx, { contactId, factId });
    const memberId = ctx.member._id;
    const of = { orgId: ctx.org._id, contactId };
    const given = { ...of, memberId, key, value: checked.value, shape, ...(factId === undefined ? {} : { factId }) };
    const written = await writeMemberFact(ctx, given);
    await settle(ctx, { conversationId, contactId, removed: written.replaced, action: "lead.fact_corrected" });
    return written.factId;
  },
});

/** Nobody knows it any longer, and the agent does not read it again out of what was said so far. */
export const forget = orgMutation({
  needs: "leads:edit",
  args: { conversationId: v.id("conversations"), key: v.string(), factId: v.optional(v.id("facts")) },
  returns: v.null(),
  handler: async (ctx, { conversationId, key, factId }) => {
    const { contactId } = await requireConversation(ctx, conversationId);
    const facts = (await listFacts(ctx, contactId)).filter((fact) => fact.key === key);
    const removed = facts.filter(({ _id }) => factId === undefined || _id === factId);
    if (removed.length === 0) return fail("not_found", { what: "fact" });
    await forgetFacts(ctx, removed, Date.now());
    await settle(ctx, { conversationId, contactId, removed, action: "lead.fact_forgotten" });
    return null;
  },
});

/** Takes back what a person did to a fact: a removal, or the correction that made it. `conflict` when it was changed since. */
export const undo = orgMutation({
  needs: "leads:edit",
  args: { conversationId: v.id("conversations"), factId: v.id("facts") },
  returns: v.null(),
  handler: async (ctx, { conversationId, factId }) => {
    const { contactId } = await requireConversation(ctx, conversationId);
    const fact = await requireFact(ctx, { contactId, factId });
    const removed = fact.forgottenAt === undefined ? await takeBack(ctx, fact) : await putBack(ctx, fact);
    await settle(ctx, { conversationId, contactId, removed, action: "lead.fact_restored" });
    return null;
  },
});

/** The fact goes, and what it replaced is known again. */
async function takeBack(ctx: Pick<MutationCtx, "db">, fact: Fact): Promise<Fact[]> {
  if (fact.source !== "member" || fact.supersededBy !== undefined) return fail("conflict", { what: "fact" });
  const replaced = await listReplaced(ctx, fact);
  const [previous] = replaced;
  for (const { _id } of replaced) await ctx.db.patch("facts", _id, { supersededBy: undefined });
  if (previous === undefined) await ctx.db.patch("facts", fact._id, { forgottenAt: Date.now() });
  else await ctx.db.patch("facts", fact._id, { supersededBy: previous._id });
  return [fact];
}

async function putBack(ctx: Pick<MutationCtx, "db">, fact: Fact): Promise<Fact[]> {
  const known = (await listFacts(ctx, fact.contactId)).some(({ key }) => key === fact.key);
  const playbook = await loadPublishedPlaybook(ctx, fact.orgId);
  const shape = shapeOfFact(fact.key, playbook?.content.customFacts ?? []);
  if (known && shape?.holds !== "many") return fail("conflict", { what: "fact" });
  await recallFacts(ctx, fact);
  return [];
}

/**
 * What follows from every change: runs that read the old facts begin again, the contact is called as a person says,
 * scores are made anew, and it is on record.
 */
async function settle(
  ctx: Pick<MutationCtx, "db"> & { member: Doc<"members"> },
  {
    conversationId,
    contactId,
    removed,
    action,
  }: {
    conversationId: Id<"conversations">;
    contactId: Id<"contacts">;
    removed: readonly Fact[];
    action: Doc<"audit">["action"];
  },
): Promise<void> {
  await outdateRuns(ctx, contactId);
  await nameContact(ctx, { contactId, name: nameByMember(await listFacts(ctx, contactId)) });
  await requalifyContact(ctx, { orgId: ctx.member.orgId, contactId, removed: evidenceOf(removed) });
  await recordMemberAudit(ctx, { action, target: conversationId });
}

/** The contact is called what a member says, and by nothing that the agent only read. */
function nameByMember(facts: readonly Fact[]): string | null {
  const name = facts.find(({ key, source }) => key === "name" && source === "member")?.value;
  return typeof name === "string" ? name : null;
}

async function requireConversation(
  ctx: Pick<QueryCtx, "db">,
  conversationId: Id<"conversations">,
): Promise<Doc<"conversations">> {
  return (await ctx.db.get("conversations", conversationId)) ?? fail("not_found", { what: "conversation" });
}

async function requireFact(
  ctx: Pick<QueryCtx, "db">,
  { contactId, factId }: { contactId: Id<"contacts">; factId: Id<"facts"> },
): Promise<Fact> {
  const fact = await ctx.db.get("facts", factId);
  return fact?.contactId === contactId ? fact : fail("not_found", { what: "fact" });
}
