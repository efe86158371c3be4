import { v } from "convex/values";
import { factSourceValidator, factValueValidator } from "../../lib/domain/qualification-facts.ts";
import { outcomeValidator, scoreReasonValidator } from "../../lib/domain/qualification.ts";

const said = { messageId: v.string(), quote: v.string() };
const nullable = <T extends Parameters<typeof v.union>[number]>(validator: T) => v.union(validator, v.null());
const kindSaid = v.object({ kind: v.string(), ...said });

export const readFactValidator = v.object({
  key: v.string(),
  value: factValueValidator,
  confidence: v.number(),
  ...said,
});

export const factChangeValidator = v.union(
  v.object({ kind: v.literal("add"), fact: readFactValidator }),
  v.object({ kind: v.literal("replace"), fact: readFactValidator, previous: factValueValidator }),
);

export const knownFactValidator = v.object({
  key: v.string(),
  value: factValueValidator,
  confidence: v.number(),
  source: factSourceValidator,
  messageId: v.optional(v.string()),
  quote: v.optional(v.string()),
});

/** What a person needs to go on with a conversation that the agent left. */
export const attentionValidator = v.object({
  reason: v.string(),
  at: v.number(),
  summary: nullable(v.object({ who: v.string(), need: v.string(), nextStep: v.string() })),
});

/**
 * Why a turn did what it did. Codes (intents, moves, rules) are plain texts: what was written must stay readable when the
 * vocabulary of lib/agent has moved on.
 */
export const traceValidator = v.object({
  brain: v.string(),
  promptVersion: v.string(),
  playbookVersion: v.number(),
  understanding: nullable(
    v.object({
      language: v.string(),
      sentiment: v.string(),
      intents: v.array(kindSaid),
      objection: nullable(kindSaid),
      question: nullable(v.object({ topic: v.string(), ...said })),
      spinEvidence: v.array(v.object({ stage: v.string(), ...said })),
    }),
  ),
  facts: v.array(factChangeValidator),
  move: v.string(), // its kind
  why: v.array(v.string()),
  score: v.object({ from: v.number(), to: v.number(), reasons: v.array(scoreReasonValidator) }),
  outcome: v.object({ from: outcomeValidator, to: outcomeValidator, reason: v.optional(v.string()) }),
  stages: v.array(v.object({ stage: v.string(), to: v.string() })),
  wording: v.string(),
  rejections: v.array(v.object({ rule: v.string(), excerpt: v.string() })),
  fallback: nullable(v.string()),
  usage: v.object({ inputTokens: v.number(), outputTokens: v.number(), costMicros: v.number() }),
});

/** How a run ended. `spoke` and `silent` were committed. */
export const runOutcomeValidator = v.union(
  v.literal("spoke"),
  v.literal("silent"),
  v.literal("stale"),
  v.literal("dropped"),
  v.literal("died"),
  v.literal("paused"),
);
