import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  checkFactValue,
  isForgotten,
  LONGEST_FACT,
  parseTypedFact,
  withoutEvidence,
} from "./qualification-correction.ts";
import { newQualification } from "./qualification-state.ts";

describe("checkFactValue", () => {
  it("trims texts and refuses what is left empty, or is too long", () => {
    expect(checkFactValue({ key: "company", type: "text", value: "  Nexo " })).toEqual({ ok: true, value: "Nexo" });
    expect(checkFactValue({ key: "company", type: "text", value: " " })).toEqual({ ok: false, reason: "empty" });
    const long = "x".repeat(LONGEST_FACT + 1);
    expect(checkFactValue({ key: "company", type: "text", value: long })).toEqual({ ok: false, reason: "too_long" });
  });

  it("an email is one", () => {
    expect(checkFactValue({ key: "email", type: "text", value: "carla@nexo.test" }).ok).toBe(true);
    expect(checkFactValue({ key: "email", type: "text", value: "carla@nexo" }).ok).toBe(false);
  });

  it.each([
    { type: "number", value: Number.NaN },
    { type: "number", value: -1 },
    { type: "number", value: "12" },
    { type: "boolean", value: "yes" },
    { type: "money", value: 8_000 },
    { type: "money", value: { amountCents: 1.5, currency: "BRL" } },
    { type: "money", value: { amountCents: 100, currency: "reais" } },
    { type: "text", value: 12 },
  ] as const)("refuses $value for $type", ({ type, value }) => {
    expect(checkFactValue({ key: "any", type, value }).ok).toBe(false);
  });

  it("what it accepts, it accepts again unchanged", () => {
    const values = fc.oneof(
      fc.record({ type: fc.constant("text" as const), value: fc.string() }),
      fc.record({ type: fc.constant("number" as const), value: fc.double() }),
      fc.record({
        type: fc.constant("money" as const),
        value: fc.record({ amountCents: fc.integer(), currency: fc.constantFrom("BRL", "USD", "x") }),
      }),
    );
    fc.assert(
      fc.property(values, ({ type, value }) => {
        const once = checkFactValue({ key: "any", type, value });
        const twice = once.ok ? checkFactValue({ key: "any", type, value: once.value }) : once;
        expect(twice).toEqual(once);
      }),
    );
  });
});

describe("parseTypedFact", () => {
  it.each([
    { type: "number", text: "1.200", value: 1200 },
    { type: "number", text: " 12 ", value: 12 },
    { type: "money", text: "8 mil", value: { amountCents: 800_000, currency: "BRL" } },
    { type: "money", text: "US$ 1,500.50", value: { amountCents: 150_050, currency: "USD" } },
    { type: "text", text: " Nexo ", value: "Nexo" },
  ] as const)("reads $text as a $type", ({ type, text, value }) => {
    expect(parseTypedFact({ key: "any", type, text, currency: "BRL" })).toEqual({ ok: true, value });
  });

  it.each([
    { type: "number", text: "uns doze", reason: "not_a_number" },
    { type: "money", text: "pouco", reason: "not_money" },
    { type: "money", text: "de 5 a 8 mil", reason: "not_money" },
    { type: "text", text: "  ", reason: "empty" },
  ] as const)("says what is wrong with $text as a $type", ({ type, text, reason }) => {
    expect(parseTypedFact({ key: "any", type, text, currency: "BRL" })).toEqual({ ok: false, reason });
  });
});

describe("isForgotten", () => {
  const forgotten = [{ key: "teamSize", value: 12, messageId: "m1", forgottenAt: 1_000 }];
  const read = { key: "teamSize", value: 12, messageId: "m2", saidAt: 500 };

  it("the message it came from stays unread for that key, whatever is read in it", () => {
    expect(isForgotten(forgotten, { ...read, value: 20, messageId: "m1", saidAt: 2_000 })).toBe(true);
    expect(isForgotten(forgotten, { ...read, key: "company", value: "12", messageId: "m1" })).toBe(false);
  });

  it("the same value in what was said before is the same mistake", () => {
    expect(isForgotten(forgotten, read)).toBe(true);
    expect(isForgotten(forgotten, { ...read, saidAt: 1_000 })).toBe(true);
  });

  it("said anew, or otherwise, it is news", () => {
    expect(isForgotten(forgotten, { ...read, saidAt: 1_001 })).toBe(false);
    expect(isForgotten(forgotten, { ...read, value: 20 })).toBe(false);
    expect(isForgotten([], read)).toBe(false);
  });
});

describe("withoutEvidence", () => {
  const proof = { messageId: "m1", quote: "muita planilha" };
  const other = { messageId: "m2", quote: "perco vendas" };

  it("takes the proof out of its stage, and leaves what else was said", () => {
    const state = newQualification();
    state.spin.problem = { state: "satisfied", evidence: [proof, other] };
    state.spin.implication = { state: "skipped", evidence: [] };
    const { spin } = withoutEvidence(state, [proof]);
    expect(spin.problem).toEqual({ state: "open", evidence: [other] });
    expect(spin.implication.state).toBe("skipped");
  });

  it("what the lead did stays; only haste was read out of a fact", () => {
    const state = newQualification();
    state.signals = [
      { kind: "soon", times: 1, evidence: proof },
      { kind: "answered", times: 1, evidence: proof },
    ];
    expect(withoutEvidence(state, [proof]).signals.map(({ kind }) => kind)).toEqual(["answered"]);
    expect(withoutEvidence(state, [other]).signals).toEqual(state.signals);
  });
});
