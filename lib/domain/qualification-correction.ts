// What people change in what is known of a lead: how a value is typed, which values are allowed, what stays forgotten.
import { parseAmount, parseMoney } from "./money.ts";
import { SPIN_STAGES } from "./playbook.ts";
import { type FactType, type FactValue, isSameFactValue } from "./qualification-facts.ts";
import type { QualificationState } from "./qualification-state.ts";
import { type Evidence, type Spin } from "./qualification.ts";

/** In characters. */
export const LONGEST_FACT = 500;

export type FactProblem = "empty" | "too_long" | "wrong_type" | "not_a_number" | "not_money" | "not_an_email";

export type CheckedFact = { ok: true; value: FactValue } | { ok: false; reason: FactProblem };

/** A value that may be stored for `key`: texts trimmed, numbers finite and not negative, money in whole cents of a currency. */
export function checkFactValue({ key, type, value }: { key: string; type: FactType; value: FactValue }): CheckedFact {
  switch (type) {
    case "text":
      return typeof value === "string" ? checkText(key, value.trim()) : no("wrong_type");
    case "boolean":
      return typeof value === "boolean" ? { ok: true, value } : no("wrong_type");
    case "number":
      if (typeof value !== "number") return no("wrong_type");
      return Number.isFinite(value) && value >= 0 ? { ok: true, value } : no("not_a_number");
    case "money": {
      if (typeof value !== "object") return no("wrong_type");
      const isAmount = Number.isSafeInteger(value.amountCents) && value.amountCents >= 0;
      return isAmount && /^[A-Z]{3}$/.test(value.currency) ? { ok: true, value } : no("not_money");
    }
  }
}

/** What a person typed as the value it stands for: `8 mil` is money, `1.200` a number. Yes and no are chosen, not typed. */
export function parseTypedFact(typed: { key: string; type: FactType; text: string; currency: string }): CheckedFact {
  const { key, type, currency } = typed;
  const text = typed.text.trim();
  if (text === "") return no("empty");
  if (type === "number") {
    const value = parseAmount(text);
    return value === null ? no("not_a_number") : checkFactValue({ key, type, value });
  }
  if (type === "money") {
    const [first, ...more] = parseMoney(text, currency);
    return first === undefined || more.length > 0 ? no("not_money") : checkFactValue({ key, type, value: first.money });
  }
  return checkFactValue({ key, type, value: text });
}

/** A fact that a person had removed; `messageId` is where the lead had been read to say it. */
export type ForgottenFact = { key: string; value: FactValue; messageId?: string; forgottenAt: number };

/**
 * Whether what was read is what a person had removed: the same message read again, or the same value in anything said before.
 * Said anew afterwards, it is news. `saidAt` is epoch ms.
 */
export function isForgotten(
  forgotten: readonly ForgottenFact[],
  read: { key: string; value: FactValue; messageId: string; saidAt: number },
): boolean {
  return forgotten.some((fact) => {
    if (fact.key !== read.key) return false;
    if (fact.messageId === read.messageId) return true;
    return read.saidAt <= fact.forgottenAt && isSameFactValue(fact.value, read.value);
  });
}

/** The state without the proof that a fact had given it: stages that rested on nothing else are open again. */
export function withoutEvidence(state: QualificationState, removed: readonly Evidence[]): QualificationState {
  const isRemoved = ({ messageId, quote }: Evidence) =>
    removed.some((gone) => gone.messageId === messageId && gone.quote === quote);
  const spin: Spin = { ...state.spin };
  for (const stage of SPIN_STAGES) {
    const before = state.spin[stage];
    const evidence = before.evidence.filter((entry) => !isRemoved(entry));
    // Whether it is still satisfied is for the rules to say, from what is left.
    spin[stage] = { state: before.state === "satisfied" ? "open" : before.state, evidence };
  }
  // The lead did answer and did ask; only "soon" was read out of a fact.
  const signals = state.signals.filter(({ kind, evidence }) => kind !== "soon" || !isRemoved(evidence));
  return { ...state, spin, signals };
}

function checkText(key: string, value: string): CheckedFact {
  if (value === "") return no("empty");
  if (value.length > LONGEST_FACT) return no("too_long");
  if (key === "email" && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value)) return no("not_an_email");
  return { ok: true, value };
}

function no(reason: FactProblem): CheckedFact {
  return { ok: false, reason };
}
