import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Store } from "../store/store.ts";
import { scanIndex, take } from "./system-rows.ts";

let store: Store;
beforeAll(() => {
  store = new Store({ file: ":memory:", clock: { now: () => 1_000 } });
  store.pushSchemas(new Map([["", null]]));
  store.write((tx) => {
    const table = tx.ensureTable("", "_crons");
    for (const identifier of ["c", "a", "b"]) tx.insert(table, { identifier });
  });
});
afterAll(() => store.close());

const scan = { index: "_crons.by_identifier", range: [] };

describe("a scan of a system table", () => {
  it("gives rows in the index's order, private ones too", () => {
    const found = store.read((tx) => [...scanIndex(tx, "", scan)].map(({ identifier }) => identifier));
    expect(found).toEqual(["a", "b", "c"]);
  });

  it("keeps to its range", () => {
    const range = [{ type: "Gt", fieldPath: "identifier", value: "a" } as const];
    const found = store.read((tx) => [...scanIndex(tx, "", { ...scan, range })].map(({ identifier }) => identifier));
    expect(found).toEqual(["b", "c"]);
  });

  it("may be left early, and written under", () => {
    const { value: left } = store.write((tx) => {
      const table = tx.ensureTable("", "_crons");
      const [first] = take(scanIndex(tx, "", scan), 1);
      tx.insert(table, { identifier: "aa" });
      return [first?.["identifier"], ...[...scanIndex(tx, "", scan)].map(({ identifier }) => identifier)];
    });
    expect(left).toEqual(["a", "a", "aa", "b", "c"]);
  });
});

describe("take", () => {
  /** Counts how many were asked for. */
  function* numbers(asked: { count: number }): Generator<number> {
    for (let n = 1; ; n++) {
      asked.count = n;
      yield n;
    }
  }

  it.each([
    [3, [1, 2, 3]],
    [1, [1]],
    [0, []],
    [-1, []],
  ])("of %d asks for no more than that", (count, expected) => {
    const asked = { count: 0 };
    expect(take(numbers(asked), count)).toEqual(expected);
    expect(asked.count).toBe(expected.length);
  });

  it("of more than there is gives all, and closes what it leaves", () => {
    expect(take([1, 2], 5)).toEqual([1, 2]);
    let isClosed = false;
    const source = (function* () {
      try {
        yield 1;
        yield 2;
      } finally {
        isClosed = true;
      }
    })();
    take(source, 1);
    expect(isClosed).toBe(true);
  });
});
