/** A lead as people see it: outcome, score with its reasons, progress, facts with their proof, what is not known yet. */
import { type Infer, v } from "convex/values";
import type { PlaybookContent } from "../../lib/domain/playbook.ts";
import {
  factSourceValidator,
  factTypeValidator,
  factValueValidator,
  type FactShape,
  shapeOfFact,
} from "../../lib/domain/qualification-facts.ts";
import { describeProgress, missingFactsOf, stepValidator } from "../../lib/domain/qualification-progress.ts";
import { newQualification } from "../../lib/domain/qualification-state.ts";
import { outcomeValidator, scoreReasonValidator } from "../../lib/domain/qualification.ts";
import type { Doc, Id } from "../_generated/dataModel";
import type { QueryCtx } from "../_generated/server";
import { listFacts } from "./facts.ts";
import { loadPublishedPlaybook, loadQualification } from "./model.ts";
import { attentionValidator } from "./validators.ts";

type Read = Pick<QueryCtx, "db">;

const nullable = <T extends Parameters<typeof v.union>[number]>(validator: T) => v.union(validator, v.null());
const holdsValidator = v.union(v.literal("one"), v.literal("many"));
/** `label` is the playbook's own word for one of its own facts; null for a key that every playbook has. */
const keyFields = { key: v.string(), label: nullable(v.string()), type: factTypeValidator, holds: holdsValidator };

export const leadValidator = v.object({
  outcome: outcomeValidator,
  outcomeReason: nullable(v.string()),
  score: v.object({ value: v.number(), threshold: v.number(), reasons: v.array(scoreReasonValidator) }),
  spin: v.object({
    situation: stepValidator,
    problem: stepValidator,
    implication: stepValidator,
    needPayoff: stepValidator,
    closing: stepValidator,
  }),
  facts: v.array(
    v.object({
      _id: v.id("facts"),
      ...keyFields,
      value: factValueValidator,
      confidence: v.number(),
      source: factSourceValidator,
      by: nullable(v.string()), // the member, for source `member`
      quote: nullable(v.string()),
      messageId: nullable(v.id("messages")),
      at: v.number(),
    }),
  ),
  /** What the playbook asks about and nobody has said. */
  missing: v.array(v.object({ ...keyFields, isRequired: v.boolean() })),
  attention: nullable(attentionValidator),
  /** Why the agent read the last message and said nothing; null when it spoke since, or never ran. */
  quiet: nullable(v.object({ turnId: v.id("turnRuns"), reason: v.string(), at: v.number() })),
  currency: v.string(), // of amounts typed without one
  optedOutAt: nullable(v.number()),
});

export async function readLead(
  ctx: Read,
  { _id: conversationId, orgId, contactId, isGroup }: Doc<"conversations">,
): Promise<Infer<typeof leadValidator> | null> {
  const playbook = await loadPublishedPlaybook(ctx, orgId);
  if (playbook === null || isGroup) return null;
  const { content } = playbook;
  const row = await loadQualification(ctx, conversationId);
  const contact = await ctx.db.get("contacts", contactId);
  const state = row?.state ?? newQualification();
  const known = await listFacts(ctx, contactId);
  const facts = await Promise.all(known.map(async (fact) => viewOf(ctx, { fact, content })));
  const asked = { playbook: content, facts: known, contactName: contact?.name };
  return {
    outcome: state.outcome,
    outcomeReason: state.outcomeReason ?? null,
    score: { value: state.score, threshold: content.threshold, reasons: state.reasons },
    spin: describeProgress({ ...asked, state }),
    facts,
    missing: missingFactsOf(asked).flatMap(({ key, isRequired }) => {
      const shape = shapeOfFact(key, content.customFacts);
      return shape === null ? [] : [{ ...keyOf({ key, shape, content }), isRequired }];
    }),
    attention: row?.attention ?? null,
    quiet: await loadQuiet(ctx, conversationId),
    currency: content.prices[0]?.currency ?? "BRL",
    optedOutAt: contact?.optedOutAt ?? null,
  };
}

async function viewOf(ctx: Read, { fact, content }: { fact: Doc<"facts">; content: PlaybookContent }) {
  const { _id, key, value, confidence, source, memberId, quote, messageId, _creationTime } = fact;
  const member = memberId === undefined ? null : await ctx.db.get("members", memberId);
  // A playbook may have dropped a fact of its own since: it is still known, as what it was.
  const shape = shapeOfFact(key, content.customFacts) ?? { type: typeOf(value), holds: "one" };
  return {
    _id,
    ...keyOf({ key, shape, content }),
    value,
    confidence,
    source,
    by: member?.name ?? null,
    quote: quote ?? null,
    messageId: messageId ?? null,
    at: _creationTime,
  };
}

function keyOf({ key, shape, content }: { key: string; shape: FactShape; content: PlaybookContent }) {
  const label = content.customFacts.find((custom) => custom.key === key)?.label ?? null;
  return { key, label, type: shape.type, holds: shape.holds };
}

function typeOf(value: Doc<"facts">["value"]): FactShape["type"] {
  if (typeof value === "object") return "money";
  return typeof value === "string" ? "text" : typeof value === "number" ? "number" : "boolean";
}

async function loadQuiet(ctx: Read, conversationId: Id<"conversations">) {
  const last = async (outcome: "silent" | "spoke") =>
    ctx.db
      .query("turnRuns")
      .withIndex("by_conversation_and_outcome_and_endedAt", (q) =>
        q.eq("conversationId", conversationId).eq("outcome", outcome),
      )
      .order("desc")
      .first();
  const silent = await last("silent");
  const spoke = await last("spoke");
  if (silent === null || (spoke?.endedAt ?? 0) > silent.endedAt) return null;
  const row = await ctx.db
    .query("traces")
    .withIndex("by_run", (q) => q.eq("runId", silent._id))
    .unique();
  const [reason] = row?.trace.why ?? [];
  return reason === undefined ? null : { turnId: silent._id, reason, at: silent.endedAt };
}
