// What can be known of a lead. Built-in keys have a fixed type; a playbook may add its own.
import { type Infer, v } from "convex/values";
import { isSameMoney, moneyValidator } from "./money.ts";

export const factValueValidator = v.union(v.string(), v.number(), v.boolean(), moneyValidator);
export type FactValue = Infer<typeof factValueValidator>;

export const factTypeValidator = v.union(
  v.literal("text"),
  v.literal("number"),
  v.literal("boolean"),
  v.literal("money"),
);
export type FactType = Infer<typeof factTypeValidator>;

/** `many` facts (problems, channels…) keep one row per value; `one` facts are replaced when they change. */
export type FactShape = { type: FactType; holds: "one" | "many" };

const FACT_SHAPES = {
  name: { type: "text", holds: "one" },
  company: { type: "text", holds: "one" },
  role: { type: "text", holds: "one" },
  decisionMaker: { type: "boolean", holds: "one" },
  email: { type: "text", holds: "one" },
  phone: { type: "text", holds: "one" },
  segment: { type: "text", holds: "one" },
  teamSize: { type: "number", holds: "one" },
  monthlyBudget: { type: "money", holds: "one" },
  currentSolution: { type: "text", holds: "one" },
  channels: { type: "text", holds: "many" },
  problem: { type: "text", holds: "many" },
  implication: { type: "text", holds: "many" },
  desiredOutcome: { type: "text", holds: "one" },
  timeline: { type: "text", holds: "one" },
  location: { type: "text", holds: "one" },
  preferredTime: { type: "text", holds: "one" },
} as const satisfies Record<string, FactShape>;

/** Keys that every playbook has. */
export type BuiltInFact = keyof typeof FACT_SHAPES;

const BUILT_IN: ReadonlyMap<string, FactShape> = new Map(Object.entries(FACT_SHAPES));

export const factSourceValidator = v.union(v.literal("lead"), v.literal("member"), v.literal("form"));
export type FactSource = Infer<typeof factSourceValidator>;

/** A fact as it is known now. `quote` is verbatim from the message; only facts of source `lead` must have one. */
export type KnownFact = {
  key: string;
  value: FactValue;
  confidence: number;
  source: FactSource;
  messageId?: string;
  quote?: string;
};

/** A fact read from the lead's words: no quote, no fact. */
export type ReadFact = { key: string; value: FactValue; confidence: number; messageId: string; quote: string };

export type FactChange = { kind: "add"; fact: ReadFact } | { kind: "replace"; fact: ReadFact; previous: FactValue };

/** Shape of a built-in or of one of the playbook's own keys; null for a key that nobody declared. */
export function shapeOfFact(key: string, custom: readonly { key: string; type: FactType }[]): FactShape | null {
  const builtIn = BUILT_IN.get(key);
  if (builtIn) return builtIn;
  const own = custom.find((candidate) => candidate.key === key);
  return own ? { type: own.type, holds: "one" } : null;
}

export function hasType(value: FactValue, type: FactType): boolean {
  switch (type) {
    case "text":
      return typeof value === "string" && value.trim() !== "";
    case "number":
      return typeof value === "number" && Number.isFinite(value);
    case "boolean":
      return typeof value === "boolean";
    case "money":
      return typeof value === "object";
  }
}

/** Equal for the purpose of "do we know this already": texts ignore case, accents and outer punctuation. */
export function isSameFactValue(a: FactValue, b: FactValue): boolean {
  if (typeof a === "object" && typeof b === "object") return isSameMoney(a, b);
  if (typeof a === "string" && typeof b === "string") return fold(a) === fold(b);
  return a === b;
}

/**
 * What `read` changes in `known`. Nothing that a person (`member`) set is touched, a key that is not declared is
 * dropped, and so is a value of the wrong type or one that says what is known already.
 */
export function planFactChanges(plan: {
  known: readonly KnownFact[];
  read: readonly ReadFact[];
  custom: readonly { key: string; type: FactType }[];
}): FactChange[] {
  const changes: FactChange[] = [];
  const current: KnownFact[] = [...plan.known];
  for (const fact of plan.read) {
    const shape = shapeOfFact(fact.key, plan.custom);
    if (!shape || !hasType(fact.value, shape.type)) continue;
    const change = planOne(current, fact, shape);
    if (!change) continue;
    changes.push(change);
    applyChange(current, change);
  }
  return changes;
}

/** The facts known after `changes`: what the policy decides on. */
export function applyFactChanges(known: readonly KnownFact[], changes: readonly FactChange[]): KnownFact[] {
  const current = [...known];
  for (const change of changes) applyChange(current, change);
  return current;
}

function planOne(current: readonly KnownFact[], fact: ReadFact, shape: FactShape): FactChange | null {
  const same = current.filter((candidate) => candidate.key === fact.key);
  if (same.some((candidate) => isSameFactValue(candidate.value, fact.value))) return null;
  const first = same[0];
  if (!first) return { kind: "add", fact };
  if (same.some((candidate) => candidate.source === "member")) return null;
  return shape.holds === "many" ? { kind: "add", fact } : { kind: "replace", fact, previous: first.value };
}

function applyChange(current: KnownFact[], change: FactChange): void {
  const fact: KnownFact = { ...change.fact, source: "lead" };
  const index = current.findIndex((candidate) => candidate.key === fact.key);
  if (change.kind === "replace" && index !== -1) current[index] = fact;
  else current.push(fact);
}

function fold(text: string): string {
  return text
    .normalize("NFD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}
