import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { covers, insertAll, storeWith, tableIn, tableSchema } from "../store/testing.ts";
import type { JsonObject } from "../types.ts";
import { compareValues } from "../values/encoding.ts";
import { fieldAt } from "../values/fields.ts";
import { fieldNames, values } from "../values/testing.ts";
import { passes } from "./filters.ts";
import type { Operator, RangeExpression } from "./query-json.ts";
import { openQuery } from "./query.ts";
import { collect, indexQuery, pluck } from "./testing.ts";
import { searchVectors } from "./vector-search.ts";

const indexes = [{ indexDescriptor: "by_n", fields: ["n"] }];
const items = tableSchema("items", { indexes });
const OPERATORS = { Eq: "$eq", Gt: "$gt", Gte: "$gte", Lt: "$lt", Lte: "$lte" } as const;

/** A range that an index over these fields can serve. */
function rangeOver(fields: readonly string[]): fc.Arbitrary<RangeExpression[]> {
  return fc
    .record({
      equalities: fc.array(values, { maxLength: fields.length }),
      lower: fc.option(fc.record({ type: fc.constantFrom("Gt" as const, "Gte" as const), value: values })),
      upper: fc.option(fc.record({ type: fc.constantFrom("Lt" as const, "Lte" as const), value: values })),
    })
    .map(({ equalities, lower, upper }) => {
      const range: RangeExpression[] = equalities.map((value, i) => ({
        type: "Eq",
        fieldPath: fields[i] ?? "",
        value,
      }));
      const next = fields[equalities.length];
      const bounds = next === undefined ? [] : [lower, upper].filter((bound) => bound !== null);
      return [...range, ...bounds.map((bound) => ({ ...bound, fieldPath: next ?? "" }))];
    });
}

describe("a query through an index", () => {
  it("equals filtering and sorting all documents, for any schema, range and order", () => {
    const scenario = fc.uniqueArray(fieldNames, { minLength: 1, maxLength: 3 }).chain((fields) =>
      fc.record({
        fields: fc.constant(fields),
        documents: fc.array(fc.dictionary(fc.constantFrom(...fields), values, { maxKeys: 3 }), { maxLength: 12 }),
        range: rangeOver(fields),
        order: fc.constantFrom("asc" as const, "desc" as const),
      }),
    );
    fc.assert(
      fc.property(scenario, ({ fields, documents, range, order }) => {
        const store = storeWith(tableSchema("items", { indexes: [{ indexDescriptor: "by_all", fields }] }));
        const ids = insertAll(store, "items", documents);
        const all = collect(store, indexQuery("items.by_creation_time"));
        expect(pluck(all, "_id")).toEqual(ids);
        const naive = all
          .filter((document) => range.every((one) => satisfies(document, one)))
          .toSorted((a, b) => compareBy([...fields, "_creationTime"], a, b));
        const found = collect(store, indexQuery("items.by_all", { range, order }));
        expect(found).toEqual(order === "asc" ? naive : naive.toReversed());
      }),
      { numRuns: 150 },
    );
  });

  it("follows changes of documents", () => {
    const store = storeWith(items);
    const [first = "", second = ""] = insertAll(store, "items", [{ n: 1 }, { n: 2 }, { n: 3 }]);
    store.write((tx) => {
      tx.replace(tableIn(tx, "items"), first, { n: 9 });
      tx.remove(tableIn(tx, "items"), second);
    });
    expect(pluck(collect(store, indexQuery("items.by_n")), "n")).toEqual([3, 9]);
  });

  it("reads many batches without losing or repeating a document", () => {
    const store = storeWith(items);
    insertAll(
      store,
      "items",
      Array.from({ length: 700 }, (_, n) => ({ n })),
    );
    const ascending = Array.from({ length: 700 }, (_, n) => n);
    expect(pluck(collect(store, indexQuery("items.by_n")), "n")).toEqual(ascending);
    expect(pluck(collect(store, indexQuery("items.by_n", { order: "desc" })), "n")).toEqual(ascending.toReversed());
  });

  it("reads documents by id in order", () => {
    const store = storeWith(items);
    const ids = insertAll(store, "items", [{}, {}, {}]);
    expect(pluck(collect(store, indexQuery("items.by_id")), "_id")).toEqual(ids.toSorted());
  });
});

describe("operators", () => {
  it("apply in their order", () => {
    const store = storeWith(items);
    insertAll(
      store,
      "items",
      Array.from({ length: 10 }, (_, n) => ({ n })),
    );
    const even: Operator = { filter: { $eq: [{ $mod: [{ $field: "n" }, { $literal: 2 }] }, { $literal: 0 }] } };
    const read = (...operators: Operator[]) => pluck(collect(store, indexQuery("items.by_n", { operators })), "n");
    expect(read(even, { limit: 3 })).toEqual([0, 2, 4]);
    expect(read({ limit: 3 }, even)).toEqual([0, 2]);
    expect(read({ limit: 5 }, even, { limit: 2 })).toEqual([0, 2]);
    expect(read({ limit: 0 })).toEqual([]);
  });
});

describe("what a query depends on", () => {
  /** For each number, whether inserting it would be noticed by who took `count` documents. */
  function noticed(order: "asc" | "desc", count: number): number[] {
    const store = storeWith(items);
    insertAll(store, "items", [{ n: 10 }, { n: 20 }, { n: 30 }]);
    const reader = store.read((tx) => {
      const stream = openQuery({ tx, component: "", query: indexQuery("items.by_n", { order }) });
      for (let i = 0; i < count; i++) stream.next();
      stream.close();
      return { reads: tx.reads };
    });
    const seen: number[] = [];
    for (const n of [5, 15, 25, 35]) {
      const stop = store.onCommit(({ writes }) => {
        if (writes.some((write) => covers(reader, write))) seen.push(n);
      });
      insertAll(store, "items", [{ n }]);
      stop();
    }
    return seen;
  }

  it("reaches to the last document taken and no further", () => {
    expect(noticed("asc", 1)).toEqual([5]);
    expect(noticed("asc", 2)).toEqual([5, 15]);
    expect(noticed("desc", 1)).toEqual([35]);
    expect(noticed("desc", 3)).toEqual([15, 25, 35]);
  });

  it("is everything once the end was seen, and nothing before the first document was asked for", () => {
    expect(noticed("asc", 4)).toEqual([5, 15, 25, 35]);
    expect(noticed("asc", 0)).toEqual([]);
  });

  it("includes the document taken last: its change is noticed", () => {
    const store = storeWith(items);
    const [first = "", second = ""] = insertAll(store, "items", [{ n: 1 }, { n: 2 }]);
    const reader = store.read((tx) => {
      openQuery({ tx, component: "", query: indexQuery("items.by_n", { operators: [{ limit: 1 }] }) }).next();
      return { reads: tx.reads };
    });
    const seen: boolean[] = [];
    store.onCommit(({ writes }) => seen.push(writes.some((write) => covers(reader, write))));
    store.write((tx) => tx.replace(tableIn(tx, "items"), second, { n: 2, changed: true }));
    store.write((tx) => tx.replace(tableIn(tx, "items"), first, { n: 1, changed: true }));
    expect(seen).toEqual([false, true]);
  });
});

describe("queries that cannot run", () => {
  it("name the index that is not there", () => {
    const store = storeWith(items);
    for (const name of ["items.by_m", "nothing.by_n", "items"]) {
      expect(() => collect(store, indexQuery(name))).toThrow(`Index ${name} not found.`);
    }
  });

  it("name the kind that they need when the index is of another", () => {
    const store = storeWith(
      tableSchema("items", {
        indexes,
        searchIndexes: [{ indexDescriptor: "search", searchField: "text", filterFields: [] }],
        vectorIndexes: [{ indexDescriptor: "near", vectorField: "vector", dimensions: 2, filterFields: [] }],
      }),
    );
    const search = (indexName: string) => () =>
      collect(store, { source: { type: "Search", indexName, filters: [] }, operators: [] });
    for (const name of ["items.search", "items.near"]) {
      expect(() => collect(store, indexQuery(name))).toThrow(`Index ${name} is not a database index`);
    }
    for (const name of ["items.by_n", "items.by_id", "items.near"]) {
      expect(search(name)).toThrow(`Index ${name} is not a search index`);
    }
    expect(search("nothing.by_id")).toThrow("Index nothing.by_id not found.");
    const vectors = { indexName: "items.search", vector: [1, 0] };
    expect(() => store.read((tx) => searchVectors({ tx, component: "" }, { query: vectors }))).toThrow(
      "Index items.search is not a vector index",
    );
  });

  it("name the index that is staged, of whatever kind, before they look at ranges", () => {
    const store = storeWith(
      tableSchema("items", {
        stagedDbIndexes: indexes,
        stagedSearchIndexes: [{ indexDescriptor: "search", searchField: "text", filterFields: [] }],
      }),
    );
    const refusal = (name: string) =>
      `Index ${name} is currently staged and not available to query until it is enabled.`;
    const range: RangeExpression[] = [{ type: "Eq", fieldPath: "unknown", value: 1 }];
    expect(() => collect(store, indexQuery("items.by_n", { range }))).toThrow(refusal("items.by_n"));
    const source = { type: "Search" as const, indexName: "items.search", filters: [] };
    expect(() => collect(store, { source, operators: [] })).toThrow(refusal("items.search"));
    expect(collect(store, indexQuery("items.by_creation_time"))).toEqual([]);
  });

  it("find nothing in a table that is not there", () => {
    const store = storeWith(items);
    expect(collect(store, indexQuery("nothing.by_creation_time"))).toEqual([]);
    expect(
      collect(store, { source: { type: "FullTableScan", tableName: "nothing", order: null }, operators: [] }),
    ).toEqual([]);
  });
});

describe("tables of the engine", () => {
  it("are found by the engine alone, in the order of their indexes", () => {
    const store = storeWith(items);
    store.write((tx) => {
      tx.insert(tx.ensureTable("", "_scheduled_targets"), { jobId: "j" });
      const jobs = tx.ensureTable("", "_scheduled_functions");
      for (const scheduledTime of [30, 10, 20]) tx.insert(jobs, { scheduledTime, state: { kind: "pending" } });
      tx.insert(jobs, { scheduledTime: 5, state: { kind: "success" } });
    });
    expect(collect(store, indexQuery("_scheduled_targets.by_creation_time"))).toEqual([]);
    store.read((tx) => {
      const targets = indexQuery("_scheduled_targets.by_job");
      expect(openQuery({ tx, component: "", query: targets, includePrivate: true }).next()).toContain('"jobId":"j"');
    });
    const pending: RangeExpression[] = [
      { type: "Eq", fieldPath: "state.kind", value: "pending" },
      { type: "Lte", fieldPath: "scheduledTime", value: 20 },
    ];
    const due = collect(store, indexQuery("_scheduled_functions.by_state_and_time", { range: pending }));
    expect(pluck(due, "scheduledTime")).toEqual([10, 20]);
  });
});

function satisfies(document: JsonObject, { type, fieldPath, value }: RangeExpression): boolean {
  return passes({ [OPERATORS[type]]: [{ $field: fieldPath }, { $literal: value }] }, document);
}

function compareBy(fields: readonly string[], a: JsonObject, b: JsonObject): number {
  const differing = fields.find((field) => compareValues(fieldAt(a, field), fieldAt(b, field)) !== 0);
  return differing === undefined ? 0 : compareValues(fieldAt(a, differing), fieldAt(b, differing));
}
