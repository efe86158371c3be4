import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonObject } from "../types.ts";
import { parseDocument } from "../values/documents.ts";
import { UNDEFINED } from "../values/encoding.ts";
import { fieldAt } from "../values/fields.ts";
import type { Store } from "./store.ts";
import { insertAll, schemaOf, storeWith, tableIn, tableSchema } from "./testing.ts";
import type { Transaction } from "./transaction.ts";
import type { VectorQuery } from "./vector-rows.ts";

const byVector = {
  indexDescriptor: "by_vector",
  vectorField: "vector",
  dimensions: 2,
  filterFields: ["color", "size"],
};
const shapes = tableSchema("shapes", { vectorIndexes: [byVector] });

/** The `n` of what is found, with its score. */
function find(tx: Transaction, vector: number[], rest: Partial<VectorQuery> = {}): { n: unknown; score: number }[] {
  const table = tableIn(tx, "shapes");
  const index = table.vectorIndexes.get("by_vector");
  if (index === undefined) throw new Error("there is no such index");
  const hits = tx.searchVectors(index, { vector: Float32Array.from(vector), limit: 256, filters: [], ...rest });
  return hits.map(({ id, score }) => ({ n: parseDocument(tx.get(table, id) ?? "{}")["n"], score }));
}

function found(store: Store, vector: number[], rest: Partial<VectorQuery> = {}): unknown[] {
  return store.read((tx) => find(tx, vector, rest).map(({ n }) => n));
}

describe("a vector search", () => {
  it("gives those that point the same way first, whatever their lengths, and the opposite last", () => {
    const store = storeWith(shapes);
    insertAll(store, "shapes", [
      { n: "opposite", vector: [-3, 0] },
      { n: "near", vector: [10, 1] },
      { n: "same", vector: [0.5, 0] },
      { n: "across", vector: [0, 7] },
      { n: "nowhere", vector: [0, 0] },
    ]);
    const hits = store.read((tx) => find(tx, [2, 0]));
    expect(hits.map(({ n }) => n)).toEqual(["same", "near", "across", "nowhere", "opposite"]);
    expect(hits.map(({ score }) => score)).toEqual([1, expect.closeTo(10 / Math.hypot(10, 1), 6), 0, 0, -1]);
    expect(found(store, [2, 0], { limit: 2 })).toEqual(["same", "near"]);
    expect(found(store, [0, 0], { limit: 1 })).toEqual(["opposite"]);
  });

  it("skips documents whose field holds no vector of the index's dimensions", () => {
    const store = storeWith(shapes);
    insertAll(store, "shapes", [
      { n: 1 },
      { n: 2, vector: [1] },
      { n: 3, vector: ["1", "0"] },
      { n: 4, vector: [1, 0] },
    ]);
    expect(found(store, [1, 0])).toEqual([4]);
  });

  it("takes documents with any of the values, of one field or of several", () => {
    const store = storeWith(shapes);
    insertAll(store, "shapes", [
      { n: 1, vector: [1, 0], color: "red", size: 1 },
      { n: 2, vector: [1, 0], color: "blue", size: 2 },
      { n: 3, vector: [1, 0], color: "green" },
      { n: 4, color: "red", size: 1 },
    ]);
    const only = (...filters: VectorQuery["filters"]) => found(store, [1, 0], { filters });
    expect(only({ field: "color", value: "red" })).toEqual([1]);
    expect(only({ field: "color", value: "red" }, { field: "color", value: "blue" })).toEqual([1, 2]);
    expect(only({ field: "color", value: "red" }, { field: "size", value: 2 })).toEqual([1, 2]);
    expect(only({ field: "size", value: UNDEFINED })).toEqual([3]);
    expect(only({ field: "size", value: "1" })).toEqual([]);
  });

  it("sees what the same transaction wrote, and goes back with it", () => {
    const store = storeWith(shapes);
    const [id = ""] = insertAll(store, "shapes", [{ n: 1, vector: [1, 0] }]);
    store.write((tx) => {
      const fails = () =>
        tx.subtransaction(() => {
          tx.replace(tableIn(tx, "shapes"), id, { n: 2, vector: [0, 1] });
          tx.insert(tableIn(tx, "shapes"), { n: 3, vector: [1, 0] });
          expect(find(tx, [1, 0]).map(({ n }) => n)).toEqual([3, 2]);
          throw new Error("undo");
        });
      expect(fails).toThrow("undo");
      expect(find(tx, [1, 0])).toEqual([{ n: 1, score: 1 }]);
    });
    expect(found(store, [1, 0])).toEqual([1]);
  });

  it("finds in more vectors than are fetched at once", () => {
    const store = storeWith(shapes);
    insertAll(
      store,
      "shapes",
      Array.from({ length: 2_100 }, (_, n) => ({ n, vector: [n, 1], color: "red" })),
    );
    expect(found(store, [1, 0], { limit: 2 })).toEqual([2_099, 2_098]);
    expect(found(store, [1, 0], { limit: 1, filters: [{ field: "color", value: "red" }] })).toEqual([2_099]);
  });
});

describe("a vector index", () => {
  const drop = (store: Store) => store.pushSchemas(new Map([["", schemaOf(tableSchema("shapes"))]]));
  const push = (store: Store, index = byVector) =>
    store.pushSchemas(new Map([["", schemaOf(tableSchema("shapes", { vectorIndexes: [index] }))]]));

  it("that is new to a table takes in the documents that are there", () => {
    const store = storeWith(tableSchema("shapes"));
    insertAll(store, "shapes", [{ n: 1, vector: [1, 0] }, { n: 2 }]);
    push(store);
    expect(found(store, [1, 0])).toEqual([1]);
  });

  it("that goes and comes back, or changes its dimensions, begins anew", () => {
    const store = storeWith(shapes);
    insertAll(store, "shapes", [
      { n: 1, vector: [1, 0] },
      { n: 2, vector: [1, 0, 0] },
    ]);
    drop(store);
    expect(() => found(store, [1, 0])).toThrow("there is no such index");
    insertAll(store, "shapes", [{ n: 3, vector: [1, 0] }]);
    push(store);
    expect(found(store, [1, 0])).toEqual([1, 3]);
    push(store, { ...byVector, dimensions: 3 });
    expect(found(store, [1, 0, 0])).toEqual([2]);
  });

  it("gives what comparing with every document gives, whatever was written, removed or undone", () => {
    const number = fc.integer({ min: -2, max: 2 });
    const shape: fc.Arbitrary<JsonObject> = fc.record(
      { vector: fc.oneof(fc.tuple(number, number), fc.tuple(number)), color: fc.constantFrom("red", "blue") },
      { requiredKeys: [] },
    );
    const step = fc.record({ at: fc.nat({ max: 5 }), shape: fc.option(shape), fails: fc.boolean() });
    fc.assert(
      fc.property(fc.array(shape, { minLength: 1, maxLength: 6 }), fc.array(step, { maxLength: 8 }), (start, steps) => {
        const store = storeWith(shapes);
        const ids = insertAll(store, "shapes", start);
        store.write((tx) => {
          for (const { at, shape: after, fails } of steps) attempt(tx, ids[at % ids.length] ?? "", { after, fails });
        });
        for (const color of [null, "red"]) {
          const filters = color === null ? [] : [{ field: "color", value: color }];
          const { hits, expected } = store.read((tx) => ({
            hits: find(tx, [1, 2], { filters }).map(({ score }) => score),
            expected: scoresOf(tx, ids, color),
          }));
          expect(hits).toHaveLength(expected.length);
          hits.forEach((score, i) => expect(score).toBeCloseTo(expected[i] ?? Number.NaN, 9));
        }
      }),
      { numRuns: 100 },
    );
  });
});

function attempt(tx: Transaction, id: string, { after, fails }: { after: JsonObject | null; fails: boolean }): void {
  const table = tableIn(tx, "shapes");
  if (tx.get(table, id) === null) return;
  const undo = new Error("undo");
  try {
    tx.subtransaction(() => {
      if (after === null) tx.remove(table, id);
      else tx.replace(table, id, after);
      if (fails) throw undo;
    });
  } catch (error) {
    if (error !== undo) throw error;
  }
}

/** The cosines with [1, 2] of all documents that have two numbers, and the color if one is wanted. */
function scoresOf(tx: Transaction, ids: readonly string[], color: string | null): number[] {
  const documents = ids.flatMap((id) => tx.get(tableIn(tx, "shapes"), id) ?? []).map(parseDocument);
  const scores = documents.flatMap((document) => {
    const vector = fieldAt(document, "vector");
    if (!Array.isArray(vector) || vector.length !== 2) return [];
    if (color !== null && document["color"] !== color) return [];
    const [x, y] = [Number(vector[0]), Number(vector[1])];
    return [x === 0 && y === 0 ? 0 : (x + 2 * y) / Math.hypot(x, y) / Math.hypot(1, 2)];
  });
  return scores.toSorted((a, b) => b - a);
}
