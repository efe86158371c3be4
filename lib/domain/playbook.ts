// What the agent knows and how it sells. The validator is the type; a playbook row keeps one version of this content.
// Whatever the agent may state (prices, links, answers) is here: it has no other source.
import { type Infer, v } from "convex/values";
import { languageValidator, localizedTextValidator, localizedWordingsValidator } from "./playbook-language.ts";
import { factTypeValidator } from "./qualification-facts.ts";
import { workingHoursValidator } from "./working-hours.ts";

export const spinStageValidator = v.union(
  v.literal("situation"),
  v.literal("problem"),
  v.literal("implication"),
  v.literal("needPayoff"),
);
export type SpinStage = Infer<typeof spinStageValidator>;
export const SPIN_STAGES: readonly SpinStage[] = ["situation", "problem", "implication", "needPayoff"];

export const objectionKindValidator = v.union(
  v.literal("has_vendor"),
  v.literal("no_budget"),
  v.literal("no_time"),
  v.literal("must_think"),
  v.literal("not_decision_maker"),
  v.literal("too_expensive"),
  v.literal("no_need"),
);
export type ObjectionKind = Infer<typeof objectionKindValidator>;

/** A price the agent may say. `from` makes it "from R$ 900"; `label` is a plan or product name, said as it is. */
export const priceValidator = v.object({
  label: v.string(),
  amountCents: v.number(),
  currency: v.string(),
  period: v.union(v.literal("once"), v.literal("month"), v.literal("year")),
  kind: v.union(v.literal("exact"), v.literal("from")),
});
export type Price = Infer<typeof priceValidator>;

/** One condition of the ideal customer. It earns `weight` of the fit points when it holds; a failed `required` one disqualifies. */
export const criterionValidator = v.object({
  label: v.string(),
  fact: v.string(),
  test: v.union(
    v.object({ kind: v.literal("known") }),
    v.object({ kind: v.literal("is"), value: v.boolean() }),
    v.object({ kind: v.literal("at_least"), value: v.number() }),
    v.object({ kind: v.literal("at_most"), value: v.number() }),
    v.object({ kind: v.literal("one_of"), values: v.array(v.string()) }),
  ),
  weight: v.number(),
  need: v.union(v.literal("wanted"), v.literal("required")),
});
export type Criterion = Infer<typeof criterionValidator>;

/** A question and the fact that answers it. */
export const questionValidator = v.object({ fact: v.string(), wordings: localizedWordingsValidator });
export type Question = Infer<typeof questionValidator>;

/** Answer to a question leads ask. It applies when every word of one of the `triggers` is in the question. */
const faqValidator = v.object({ triggers: v.array(v.string()), answer: localizedTextValidator });

export const playbookContentValidator = v.object({
  company: v.object({ name: v.string(), website: v.optional(v.string()) }),
  /** First name the agent goes by. It is introduced as a virtual assistant and never claims to be a person. */
  agentName: v.string(),
  offer: v.object({
    summary: localizedTextValidator,
    benefits: v.array(localizedTextValidator),
    /** Links the agent may send, besides the company's website. */
    links: v.array(v.string()),
  }),
  prices: v.array(priceValidator),
  faq: v.array(faqValidator),
  criteria: v.array(criterionValidator),
  questions: v.object({
    situation: v.array(questionValidator),
    problem: v.array(questionValidator),
    implication: v.array(questionValidator),
    needPayoff: v.array(questionValidator),
    /** Asked after the four stages, for required facts and criteria that are still unknown. */
    closing: v.array(questionValidator),
  }),
  /** Fact keys without which a lead is not called qualified. */
  requiredFacts: v.array(v.string()),
  /** The playbook's own facts; `cues` are words that announce one in a lead's message. */
  customFacts: v.array(
    v.object({ key: v.string(), label: v.string(), type: factTypeValidator, cues: v.array(v.string()) }),
  ),
  objections: v.array(v.object({ kind: objectionKindValidator, answer: localizedTextValidator })),
  /** Free guidance for a language model. Never shown to a lead. */
  rules: v.array(v.string()),
  tone: v.union(v.literal("warm"), v.literal("formal"), v.literal("direct")),
  /** Languages the agent serves; the first is the team's own and the default. */
  languages: v.array(languageValidator),
  workingHours: workingHoursValidator,
  handoff: v.object({
    /** Words or phrases that always bring in a person (a legal matter, a cancellation…). */
    keywords: v.array(v.string()),
    /** Hand off after this many questions that the playbook has no answer to. */
    maxUnknownQuestions: v.number(),
  }),
  pacing: v.object({
    /** Quiet time after the last message of the lead before a turn, 0 to 120 000. */
    debounceMs: v.number(),
    /** Longest wait after the first message that has no answer yet. */
    maxWaitMs: v.number(),
    /** Messages in a row that the agent may send without an answer. */
    maxUnanswered: v.number(),
    /** More turns than this within a minute means that two machines are talking. */
    maxTurnsPerMinute: v.number(),
  }),
  /** Score (0 to 100) from which a lead is qualified. */
  threshold: v.number(),
  /** Words that opt out when they are the whole message, besides the built-in ones. */
  optOutWords: v.array(v.string()),
});
export type PlaybookContent = Infer<typeof playbookContentValidator>;
