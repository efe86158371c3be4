import { describe, expect, test } from "vitest";
import {
  applyFactChanges,
  type FactValue,
  hasType,
  isSameFactValue,
  type KnownFact,
  planFactChanges,
  type ReadFact,
  shapeOfFact,
} from "./qualification-facts.ts";

const read = (key: string, value: FactValue): ReadFact => ({
  key,
  value,
  confidence: 0.8,
  messageId: "m1",
  quote: "quote",
});
const known = (key: string, value: FactValue, source: KnownFact["source"] = "lead"): KnownFact => ({
  key,
  value,
  confidence: 1,
  source,
});
const CUSTOM = [{ key: "cnpj", type: "text" as const }];

function plan(before: readonly KnownFact[], ...facts: ReadFact[]) {
  return planFactChanges({ known: before, read: facts, custom: CUSTOM });
}

describe("what a reading changes", () => {
  test("a new fact is added", () => {
    expect(plan([], read("name", "Ana"))).toEqual([{ kind: "add", fact: read("name", "Ana") }]);
  });

  test("what is known already changes nothing, whatever its case and accents", () => {
    expect(plan([known("company", "Clínica São José")], read("company", "clinica sao jose"))).toEqual([]);
  });

  test("another value takes the place of the old one, which is told", () => {
    expect(plan([known("teamSize", 10)], read("teamSize", 12))).toEqual([
      { kind: "replace", fact: read("teamSize", 12), previous: 10 },
    ]);
  });

  test("facts that hold many keep them all", () => {
    expect(plan([known("problem", "demora")], read("problem", "bagunça"))).toEqual([
      { kind: "add", fact: read("problem", "bagunça") },
    ]);
  });

  test.each(["teamSize", "name", "problem"])("what a person set in %s stays", (key) => {
    const value = key === "teamSize" ? 20 : "set by a person";
    expect(plan([known(key, value, "member")], read(key, key === "teamSize" ? 12 : "other"))).toEqual([]);
  });

  test("what came from a form may be corrected by the lead", () => {
    expect(plan([known("name", "Anna", "form")], read("name", "Ana Paula"))).toHaveLength(1);
  });

  test("two values in one reading: the later one stands", () => {
    const changes = plan([], read("teamSize", 10), read("teamSize", 12));
    expect(changes.map((change) => change.kind)).toEqual(["add", "replace"]);
    expect(applyFactChanges([], changes).map((fact) => fact.value)).toEqual([12]);
  });

  test.each<[string, FactValue]>([
    ["teamSize", "twelve"],
    ["teamSize", Number.NaN],
    ["name", 12],
    ["name", "  "],
    ["decisionMaker", "yes"],
    ["monthlyBudget", 2_000],
    ["shoeSize", 42],
  ])("%s = %j is no fact", (key, value) => {
    expect(plan([], read(key, value))).toEqual([]);
  });

  test("the playbook's own keys count", () => {
    expect(plan([], read("cnpj", "12.345.678/0001-90"))).toHaveLength(1);
  });
});

describe("what is known after changes", () => {
  test("an added fact has the lead as its source and keeps its proof", () => {
    expect(applyFactChanges([], plan([], read("name", "Ana")))).toEqual([{ ...read("name", "Ana"), source: "lead" }]);
  });

  test("a replacement leaves the other facts where they are", () => {
    const before = [known("name", "Ana"), known("teamSize", 10), known("company", "Acme")];
    const after = applyFactChanges(before, plan(before, read("teamSize", 12)));
    expect(after.map((fact) => [fact.key, fact.value])).toEqual([
      ["name", "Ana"],
      ["teamSize", 12],
      ["company", "Acme"],
    ]);
  });

  test("what was given in is not touched", () => {
    const before = [known("teamSize", 10)];
    applyFactChanges(before, plan(before, read("teamSize", 12)));
    expect(before).toEqual([known("teamSize", 10)]);
  });
});

describe("shapes", () => {
  test("built-in keys have theirs, own keys are single, and unknown keys have none", () => {
    expect(shapeOfFact("channels", [])).toEqual({ type: "text", holds: "many" });
    expect(shapeOfFact("monthlyBudget", [])).toEqual({ type: "money", holds: "one" });
    expect(shapeOfFact("cnpj", CUSTOM)).toEqual({ type: "text", holds: "one" });
    expect(shapeOfFact("cnpj", [])).toBeNull();
    expect(shapeOfFact("toString", [])).toBeNull();
  });

  test("an own key cannot change the type of a built-in one", () => {
    expect(shapeOfFact("teamSize", [{ key: "teamSize", type: "text" }])).toEqual({ type: "number", holds: "one" });
  });

  test.each<[FactValue, "text" | "number" | "boolean" | "money"]>([
    ["a", "text"],
    [1, "number"],
    [false, "boolean"],
    [{ amountCents: 1, currency: "BRL" }, "money"],
  ])("%j is a %s and nothing else", (value, type) => {
    for (const other of ["text", "number", "boolean", "money"] as const)
      expect(hasType(value, other)).toBe(other === type);
  });
});

describe("sameness", () => {
  test.each<[FactValue, FactValue, boolean]>([
    ["Ação & Cia.", "acao cia", true],
    ["Ana", "Anna", false],
    [1, 1, true],
    [1, "1", false],
    [true, false, false],
    [{ amountCents: 1, currency: "BRL" }, { amountCents: 1, currency: "BRL" }, true],
    [{ amountCents: 1, currency: "BRL" }, { amountCents: 1, currency: "USD" }, false],
  ])("%j and %j: %s", (a, b, same) => {
    expect(isSameFactValue(a, b)).toBe(same);
  });
});
