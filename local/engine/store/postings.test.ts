import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Connection } from "./connection.ts";
import { type DocumentPostings, Postings, filterPostings } from "./postings.ts";

const NONE: DocumentPostings = new Map();
const term = fc.constantFrom("a", "ab", "abc", "b", "ç", "10", "__proto__");
const posting = fc.record({ count: fc.integer({ min: 1, max: 3 }), length: fc.integer({ min: 1, max: 3 }) });
const document: fc.Arbitrary<DocumentPostings> = fc
  .array(fc.tuple(term, posting), { maxLength: 6 })
  .map((all) => new Map(all));

function open(): { connection: Connection; postings: Postings } {
  const connection = Connection.open({ file: ":memory:", synchronous: "OFF" });
  return { connection, postings: new Postings(connection) };
}

/** All that is kept of an index, as `[row, term, count, length]`. */
function kept(connection: Connection, index: number): unknown[] {
  const rows = connection.all(
    "SELECT row, term, count, length FROM postings WHERE index_id = ? ORDER BY row, term",
    index,
  );
  return rows.map((row) => [row["row"], row["term"], row["count"], row["length"]]);
}

describe("postings", () => {
  it("are those of the documents as they are now", () => {
    const changes = fc.array(fc.tuple(fc.integer({ min: 1, max: 3 }), document), { maxLength: 10 });
    fc.assert(
      fc.property(changes, (steps) => {
        const { connection, postings } = open();
        const now = new Map<number, DocumentPostings>();
        for (const [row, after] of steps) {
          postings.replace(7, row, { before: now.get(row) ?? NONE, after });
          now.set(row, after);
        }
        const expected = [...now].flatMap(([row, terms]) =>
          [...terms].map(([name, { count, length }]) => [row, name, count, length]),
        );
        expect(new Set(kept(connection, 7).map(String))).toEqual(new Set(expected.map(String)));
        connection.close();
      }),
      { numRuns: 50 },
    );
  });

  it("count the documents of each term, and name those that a beginning has, in order and not itself", () => {
    fc.assert(
      fc.property(
        fc.array(document, { maxLength: 5 }),
        term,
        fc.integer({ min: 1, max: 4 }),
        (documents, asked, limit) => {
          const { connection, postings } = open();
          documents.forEach((after, row) => postings.replace(7, row, { before: NONE, after }));
          const terms = new Set(documents.flatMap((one) => [...one.keys()]));
          const having = documents.filter((one) => one.has(asked)).length;
          expect(postings.frequencies(7, [asked, "nowhere"])).toEqual(new Map(having === 0 ? [] : [[asked, having]]));
          const begun = [...terms].filter((one) => one.startsWith(asked) && one !== asked).toSorted();
          expect(postings.continuations(7, asked, limit)).toEqual(begun.slice(0, limit));
          connection.close();
        },
      ),
      { numRuns: 50 },
    );
  });

  it("are each index's own, and go with it", () => {
    const { connection, postings } = open();
    const after = new Map([["a", { count: 1, length: 1 }]]);
    for (const index of [7, 8]) postings.replace(index, 1, { before: NONE, after });
    postings.drop(7);
    expect(kept(connection, 7)).toEqual([]);
    expect(kept(connection, 8)).toEqual([[1, "a", 1, 1]]);
    connection.close();
  });

  it("of filter values count for nothing and begin nothing", () => {
    const { connection, postings } = open();
    postings.replace(7, 1, { before: NONE, after: new Map(filterPostings(new Map([["owner", "x"]]))) });
    expect(kept(connection, 7)).toEqual([[1, ":owner:x", 0, 0]]);
    expect(postings.continuations(7, "owner", 9)).toEqual([]);
    connection.close();
  });
});
