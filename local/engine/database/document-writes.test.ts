import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { storeWith, tableSchema } from "../store/testing.ts";
import type { Json, JsonObject } from "../types.ts";
import { parseDocument } from "../values/documents.ts";
import { values } from "../values/testing.ts";
import { collect, indexQuery, mutate, query } from "./testing.ts";

const names = fc.constantFrom("a", "b", "c", "constructor");
const fields: fc.Arbitrary<JsonObject> = fc.dictionary(names, values, { maxKeys: 3 });
const patches: fc.Arbitrary<JsonObject> = fc.dictionary(names, fc.oneof(values, fc.constant({ $undefined: null })), {
  maxKeys: 3,
});

type Step =
  | { kind: "insert"; value: JsonObject }
  | { kind: "shallowMerge" | "replace"; at: number; value: JsonObject }
  | { kind: "remove"; at: number };

const at = fc.nat({ max: 9 });
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant("insert" as const), value: fields }),
    fc.record({ kind: fc.constant("shallowMerge" as const), at, value: patches }),
    fc.record({ kind: fc.constant("replace" as const), at, value: fields }),
    fc.record({ kind: fc.constant("remove" as const), at }),
  ),
  { maxLength: 15 },
);

describe("writes of a function", () => {
  it("leave what the same changes leave in a plain map, seen by the function itself and by later ones", () => {
    fc.assert(
      fc.property(steps, (changes) => {
        const store = storeWith(tableSchema("items"));
        const model = new Map<string, Map<string, Json>>();
        mutate(store, (session) => {
          const run = (operation: string, args: JsonObject) =>
            parseDocument(session.asyncSyscall(`1.0/${operation}`, args) ?? "{}");
          for (const step of changes) {
            if (step.kind === "insert") {
              const { _id = null } = run("insert", { table: "items", value: step.value });
              model.set(String(JSON.stringify(_id)), new Map(Object.entries(step.value)));
              continue;
            }
            const key = [...model.keys()][step.at % Math.max(1, model.size)];
            if (key === undefined) continue;
            const id: Json = JSON.parse(key);
            run(step.kind, step.kind === "remove" ? { id } : { id, value: step.value });
            follow(model, key, step);
          }
          for (const [key, expected] of model) {
            const id: Json = JSON.parse(key);
            expect(userFields(run("get", { id, isSystem: false }))).toEqual(sorted(expected));
          }
        });
        const stored = collect(store, indexQuery("items.by_creation_time"));
        expect(stored.map(userFields)).toEqual([...model.values()].map(sorted));
        expect(query(store, (session) => session.asyncSyscall("1.0/count", { table: "items" }))).toBe(
          String(model.size),
        );
      }),
      { numRuns: 150 },
    );
  });
});

function follow(model: Map<string, Map<string, Json>>, key: string, step: Exclude<Step, { kind: "insert" }>): void {
  if (step.kind === "remove") model.delete(key);
  else if (step.kind === "replace") model.set(key, new Map(Object.entries(step.value)));
  else for (const [name, value] of Object.entries(step.value)) patch(model.get(key), name, value);
}

function patch(document: Map<string, Json> | undefined, name: string, value: Json): void {
  if (JSON.stringify(value) === '{"$undefined":null}') document?.delete(name);
  else document?.set(name, value);
}

function userFields(document: JsonObject): [string, Json][] {
  return Object.entries(document).filter(([name]) => name !== "_id" && name !== "_creationTime");
}

function sorted(document: Map<string, Json>): [string, Json][] {
  return [...document].toSorted(([a], [b]) => (a < b ? -1 : 1));
}
