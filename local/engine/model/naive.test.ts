// The oracle itself, by hand: what it says is what Convex's documentation says.
import { convexToJson } from "convex/values";
import { describe, expect, it } from "vitest";
import type { Asked, Ending, Expression, Fields, Step } from "./description.ts";
import { NaiveDatabase } from "./naive.ts";

const SHAPES = [
  { name: "any", fields: "any" as const, indexes: [{ name: "by_a", fields: ["a", "b"] }] },
  { name: "typed", fields: [{ name: "a", types: ["number" as const], required: true }], indexes: [] },
];

const everything: Asked<Ending> = { table: "any", index: null, order: null, filter: null, end: { by: "collect" } };
const byA: Asked<Ending> = { ...everything, index: { name: "by_a", range: [] } };
const field = (path: string): Expression => ({ is: "field", path });
const value = (one: number | bigint): Expression => ({ is: "value", value: one });
const call = (op: Extract<Expression, { is: "call" }>["op"], ...of: Expression[]): Expression => ({
  is: "call",
  op,
  of,
});

function databaseOf(...documents: Fields[]): NaiveDatabase {
  const database = new NaiveDatabase(SHAPES);
  for (const [n, fields] of documents.entries()) insert(database, "any", fields, n);
  return database;
}

function insert(database: NaiveDatabase, table: string, fields: Fields, n: number) {
  const told = [{ document: { _id: `id${n}`, _creationTime: n } }];
  return database.write([{ do: "insert", table, fields }], told);
}

const ids = (database: NaiveDatabase, asked: Asked<Ending>) =>
  JSON.stringify(convexToJson(database.answer(asked))).match(/id\d/g) ?? [];

describe("the naive database", () => {
  it("orders by creation, or by an index's fields: missing, null, int64, float64, boolean, string", () => {
    const database = databaseOf({ a: "x" }, { a: true }, { a: 0 }, { a: 5n }, { a: null }, {});
    expect(ids(database, everything)).toEqual(["id0", "id1", "id2", "id3", "id4", "id5"]);
    expect(ids(database, byA)).toEqual(["id5", "id4", "id3", "id2", "id1", "id0"]);
    expect(ids(database, { ...byA, order: "desc" })).toEqual(["id0", "id1", "id2", "id3", "id4", "id5"]);
  });

  it("keeps to the bounds of a range, each of which may be part of it or not", () => {
    const database = databaseOf({ a: 1 }, { a: 2 }, { a: 3 });
    const range = (low: "gt" | "gte", high: "lt" | "lte"): Asked<Ending> => ({
      ...everything,
      index: {
        name: "by_a",
        range: [
          { op: low, field: "a", operand: { is: "value", value: 1 } },
          { op: high, field: "a", operand: { is: "value", value: 3 } },
        ],
      },
    });
    expect(ids(database, range("gt", "lt"))).toEqual(["id1"]);
    expect(ids(database, range("gte", "lte"))).toEqual(["id0", "id1", "id2"]);
  });

  it("filters by what is true, and calculates with numbers of one kind", () => {
    const database = databaseOf({ a: 1, b: 2 }, { a: 2n }, { a: 3 });
    const where = (filter: Expression) => ids(database, { ...everything, filter });
    expect(where(call("gt", field("a"), value(1)))).toEqual(["id2"]);
    expect(where(call("or", call("eq", field("b"), value(2)), call("not", call("neq", field("a"), value(3)))))).toEqual(
      ["id0", "id2"],
    );
    expect(where(field("a"))).toEqual([]);
    expect(() => where(call("eq", call("add", field("a"), value(1)), value(2)))).toThrow("cannot add");
  });

  it("ends a query as it was told to", () => {
    const database = databaseOf({ a: 1 }, { a: 2 });
    const ending = (end: Ending) => database.answer({ ...everything, end });
    expect(ending({ by: "first" })).toMatchObject({ _id: "id0" });
    expect(ending({ by: "take", count: 1 })).toMatchObject([{ _id: "id0" }]);
    expect(ending({ by: "take", count: 0 })).toEqual([]);
    expect(() => ending({ by: "unique" })).toThrow("more than one");
    expect(new NaiveDatabase(SHAPES).answer({ ...everything, end: { by: "unique" } })).toBeNull();
  });

  it("patches, replaces and deletes what is there, and refuses what is gone or does not fit", () => {
    const database = databaseOf({ a: 1, b: 1 });
    const write = (step: Step) => database.write([step], undefined)[0];
    expect(write({ do: "patch", which: 0, fields: { a: 2 }, without: ["b"] })).toEqual({
      document: { _id: "id0", _creationTime: 0, a: 2 },
    });
    expect(write({ do: "replace", which: 0, fields: { c: 1 } })).toMatchObject({ document: { c: 1 } });
    expect(write({ do: "delete", which: 0 })).toEqual({ document: null });
    expect(write({ do: "delete", which: 0 })).toEqual({ refused: true });
    expect(insert(database, "typed", { a: "text" }, 1)).toEqual([{ refused: true }]);
    expect(insert(database, "typed", { a: 1, b: 1 }, 1)).toEqual([{ refused: true }]);
    expect(insert(database, "typed", {}, 1)).toEqual([{ refused: true }]);
  });

  it("does what a nested mutation did, unless that failed", () => {
    const database = databaseOf({ a: 1 });
    const steps: Step[] = [{ do: "delete", which: 0 }];
    expect(database.write([{ do: "nest", steps, fails: true }], undefined)).toEqual([{ nested: null }]);
    expect(ids(database, everything)).toEqual(["id0"]);
    expect(database.write([{ do: "nest", steps, fails: false }], undefined)).toEqual([
      { nested: [{ document: null }] },
    ]);
    expect(ids(database, everything)).toEqual([]);
  });

  it("looks back at what was there before the first write of the same mutation, out of a nested one, too", () => {
    const database = databaseOf({ a: 1 });
    const look: Step = { do: "look back", asked: { ...everything, end: { by: "take", count: 1 } } };
    const steps: Step[] = [{ do: "delete", which: 0 }, look, { do: "nest", steps: [look], fails: false }];
    const seen = { read: [{ _id: "id0", _creationTime: 0, a: 1 }] };
    expect(database.write(steps, undefined)).toEqual([{ document: null }, seen, { nested: [seen] }]);
    expect(database.write([look], undefined)).toEqual([{ read: [] }]);
  });
});
