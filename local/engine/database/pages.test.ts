import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Store } from "../store/store.ts";
import { insertAll, storeWith, tableIn, tableSchema } from "../store/testing.ts";
import type { JsonObject } from "../types.ts";
import { parseDocument } from "../values/documents.ts";
import { type Page, type PageRequest, parsePageRequest, readPage } from "./pages.ts";
import { indexQuery } from "./testing.ts";

const items = tableSchema("items", {
  indexes: [{ indexDescriptor: "by_n", fields: ["n"] }],
  searchIndexes: [{ indexDescriptor: "search", searchField: "text", filterFields: [] }],
});
const byN = indexQuery("items.by_n");

type Asked = Partial<PageRequest>;

function page(store: Store, asked: Asked = {}) {
  const request = {
    query: byN,
    cursor: null,
    endCursor: null,
    pageSize: 3,
    maximumRowsRead: null,
    maximumBytesRead: null,
    ...asked,
  };
  const { page: json, ...rest } = store.read((tx) => readPage({ tx, component: "", request }));
  return { ns: json.map((one) => Number(parseDocument(one)["n"])), ...rest };
}

function numbered(count: number): Store {
  const store = storeWith(items);
  insertAll(
    store,
    "items",
    Array.from({ length: count }, (_, n) => ({ n, text: "word" })),
  );
  return store;
}

function insert(store: Store, n: number): void {
  insertAll(store, "items", [{ n }]);
}

describe("pages", () => {
  it("are done only when the end was seen", () => {
    const store = numbered(6);
    const first = page(store);
    const second = page(store, { cursor: first.continueCursor });
    const third = page(store, { cursor: second.continueCursor });
    expect([first.ns, second.ns, third.ns]).toEqual([[0, 1, 2], [3, 4, 5], []]);
    expect([first.isDone, second.isDone, third.isDone]).toEqual([false, false, true]);
    const after = page(store, { cursor: third.continueCursor });
    expect(after).toMatchObject({ ns: [], isDone: true, continueCursor: third.continueCursor });
  });

  it("cover each row once, in either order, however rows come and go on the way", () => {
    const change = fc.record({ add: fc.option(fc.integer({ min: 0, max: 99 })), drop: fc.option(fc.nat({ max: 9 })) });
    const scenario = fc.record({
      start: fc.uniqueArray(fc.integer({ min: 0, max: 99 }), { maxLength: 15 }),
      pageSize: fc.integer({ min: 1, max: 4 }),
      changes: fc.array(change, { maxLength: 12 }),
      order: fc.constantFrom("asc" as const, "desc" as const),
    });
    fc.assert(
      fc.property(scenario, ({ start, pageSize, changes, order }) => {
        const store = storeWith(items);
        insertAll(
          store,
          "items",
          start.map((n) => ({ n })),
        );
        const query = indexQuery("items.by_n", { order });
        const seen: string[] = [];
        const always = new Set(idsOf(store));
        let cursor: string | null = null;
        for (let i = 0; ; i++) {
          const request: PageRequest = {
            query,
            cursor,
            endCursor: null,
            pageSize,
            maximumRowsRead: null,
            maximumBytesRead: null,
          };
          const read: Page = store.read((tx) => readPage({ tx, component: "", request }));
          seen.push(...read.page.map((json) => idOf(json)));
          if (read.isDone) break;
          cursor = read.continueCursor;
          for (const id of apply(store, changes[i])) always.delete(id);
        }
        expect(new Set(seen).size).toBe(seen.length);
        expect([...always].filter((id) => !seen.includes(id))).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  it("keep their end when they are read again with it, as rows come and go", () => {
    const store = numbered(6);
    const first = page(store);
    const { continueCursor } = first;
    insert(store, 1.5);
    insert(store, 2.5);
    const again = page(store, { endCursor: continueCursor, pageSize: 1 });
    expect(again.ns).toEqual([0, 1, 1.5, 2]);
    expect(again.continueCursor).toBe(continueCursor);
    expect(page(store, { cursor: continueCursor }).ns).toEqual([2.5, 3, 4]);
  });

  it("survive the document at which they ended", () => {
    const store = numbered(6);
    const { continueCursor } = page(store);
    const last = idsOf(store)[2] ?? "";
    store.write((tx) => tx.remove(tableIn(tx, "items"), last));
    expect(page(store, { cursor: continueCursor }).ns).toEqual([3, 4, 5]);
    expect(page(store, { endCursor: continueCursor }).ns).toEqual([0, 1]);
  });

  it("that reach the end stay there: rows added later belong to them", () => {
    const store = numbered(2);
    const only = page(store);
    expect(only.isDone).toBe(true);
    insert(store, 9);
    expect(page(store, { endCursor: only.continueCursor })).toMatchObject({ ns: [0, 1, 9], isDone: true });
  });

  it("refuse the cursor of another query", () => {
    const store = numbered(6);
    const { continueCursor } = page(store);
    const other = indexQuery("items.by_n", { order: "desc" });
    expect(() => page(store, { query: other, cursor: continueCursor })).toThrow("InvalidCursor");
    expect(() => page(store, { query: other, endCursor: continueCursor })).toThrow("InvalidCursor");
  });

  it("of a search go on where the last one ended", () => {
    const store = numbered(5);
    const query = {
      source: {
        type: "Search" as const,
        indexName: "items.search",
        filters: [{ type: "Search" as const, fieldPath: "text", value: "word" }],
      },
      operators: [],
    };
    const first = page(store, { query, pageSize: 2 });
    const second = page(store, { query, pageSize: 2, cursor: first.continueCursor });
    const third = page(store, { query, pageSize: 2, cursor: second.continueCursor });
    expect([...first.ns, ...second.ns, ...third.ns]).toEqual([4, 3, 2, 1, 0]);
    expect(third.isDone).toBe(true);
    expect(page(store, { query, endCursor: first.continueCursor }).ns).toEqual([4, 3]);
    expect([first.splitCursor, page(store, { query, pageSize: 5 }).splitCursor]).toEqual([null, null]);
  });
});

describe("a page that reads much", () => {
  it("can be cut in two at its middle", () => {
    const store = numbered(6);
    const whole = page(store, { pageSize: 5 });
    expect(whole.pageStatus).toBeNull();
    const left = page(store, { endCursor: whole.splitCursor });
    const right = page(store, { cursor: whole.splitCursor, endCursor: whole.continueCursor });
    expect([...left.ns, ...right.ns]).toEqual(whole.ns);
    expect(left.ns.length).toBeGreaterThan(0);
    expect(right.ns.length).toBeGreaterThan(0);
    expect(page(store, { pageSize: 2 }).splitCursor).toBeNull();
  });

  it("ends early after the rows it may read, filtered ones counted", () => {
    const store = numbered(6);
    const filter: JsonObject = { $gt: [{ $field: "n" }, { $literal: 2 }] };
    const query = indexQuery("items.by_n", { operators: [{ filter }] });
    const cut = page(store, { query, maximumRowsRead: 4 });
    expect(cut).toMatchObject({ ns: [3], isDone: false, pageStatus: "SplitRequired" });
    expect(page(store, { query, cursor: cut.continueCursor }).ns).toEqual([4, 5]);
    expect(page(store, { query, maximumRowsRead: 1 })).toMatchObject({ ns: [], pageStatus: "SplitRequired" });
  });

  it("ends early after the bytes it may read, but not before its first row", () => {
    expect(page(numbered(6), { maximumBytesRead: 1 })).toMatchObject({ ns: [0], pageStatus: "SplitRequired" });
  });

  it("should be split when it comes near the limit", () => {
    expect(page(numbered(6), { pageSize: 4, maximumRowsRead: 5 }).pageStatus).toBe("SplitRecommended");
    expect(page(numbered(6), { pageSize: 3, maximumRowsRead: 5 }).pageStatus).toBeNull();
  });

  it("reads all of it when its end is given", () => {
    const store = numbered(6);
    const { continueCursor } = page(store, { pageSize: 5 });
    expect(page(store, { endCursor: continueCursor, maximumRowsRead: 1 }).ns).toEqual([0, 1, 2, 3, 4]);
  });
});

describe("a request for a page", () => {
  const args = { query: { source: { type: "FullTableScan", tableName: "items", order: null }, operators: [] } };

  it("may leave everything but the size out", () => {
    expect(parsePageRequest({ ...args, pageSize: 5, cursor: null })).toMatchObject({
      pageSize: 5,
      cursor: null,
      endCursor: null,
      maximumRowsRead: null,
      maximumBytesRead: null,
    });
  });

  it.each([
    [{ pageSize: 0 }, "Must request at least 1 document while paginating"],
    [{ pageSize: 32_001 }, "Requested too many items: 32001"],
    [{ pageSize: 1, maximumRowsRead: 0 }, "maximumRowsRead and maximumBytesRead must be greater than 0"],
    [{ pageSize: 1, maximumBytesRead: 0 }, "maximumRowsRead and maximumBytesRead must be greater than 0"],
  ])("is refused: %j", (asked, message) => {
    expect(() => parsePageRequest({ ...args, ...asked })).toThrow(message);
  });
});

function idsOf(store: Store): string[] {
  const request = {
    query: byN,
    cursor: null,
    endCursor: null,
    pageSize: 100,
    maximumRowsRead: null,
    maximumBytesRead: null,
  };
  return store.read((tx) => readPage({ tx, component: "", request })).page.map((json) => idOf(json));
}

/** Gives the ids that are no longer there. */
function apply(store: Store, change: { add: number | null; drop: number | null } | undefined): string[] {
  if (change === undefined) return [];
  if (change.add !== null) insert(store, change.add);
  const dropped = idsOf(store)[change.drop ?? 100];
  if (dropped === undefined) return [];
  store.write((tx) => tx.remove(tableIn(tx, "items"), dropped));
  return [dropped];
}

function idOf(json: string): string {
  const { _id } = parseDocument(json);
  return typeof _id === "string" ? _id : "";
}
