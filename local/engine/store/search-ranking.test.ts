/** In which order a text search gives what it finds: tables of what production does, and a model that does the sums in the open. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseDocument } from "../values/documents.ts";
import { damping, roundLength, termWeight } from "./bm25.ts";
import type { Store } from "./store.ts";
import { insertAll, storeWith, tableIn, tableSchema } from "./testing.ts";
import { tokenize } from "./tokens.ts";

const notes = tableSchema("notes", {
  searchIndexes: [{ indexDescriptor: "search", searchField: "text", filterFields: ["owner"] }],
});

/** Has none of the terms of any search here. */
const UNRELATED = "zebra";

/** The texts of what is found, with the scores. */
function search(store: Store, text: string, owner?: string): { text: unknown; score: number }[] {
  return store.read((tx) => {
    const index = tableIn(tx, "notes").searchIndexes.get("search");
    if (index === undefined) throw new Error("there is no such index");
    const filters = owner === undefined ? [] : [{ field: "owner", value: owner }];
    const hits = tx.search(index, { terms: tokenize(text), filters });
    return hits.map(({ json, score }) => ({ text: parseDocument(json)["text"], score }));
  });
}

function rank(texts: readonly string[], query: string): unknown[] {
  const store = storeWith(notes);
  insertAll(
    store,
    "notes",
    texts.map((text) => ({ text })),
  );
  return search(store, query).map(({ text }) => text);
}

describe("the order of what is found", () => {
  it.each<[rule: string, query: string, order: string[]]>([
    ["more of the terms first", "red apple pie", ["red apple pie", "red apple cake", "red plum cake"]],
    ["a term more often first", "apple", ["apple apple pie", "apple plum pie"]],
    ["the shorter of two with the same term", "apple", ["apple", "apple pie", "apple pie with cream on top"]],
    ["the exact term before one that it begins", "app", ["app store", "apple store"]],
    ["an earlier term is no beginning", "app store", ["app store", "store"]],
    ["case and punctuation do not matter", "APPLE!", ["(Apple) apple", "apple pie"]],
  ])("%s", (_rule, query, order) => {
    expect(rank([...order, UNRELATED], query)).toEqual(order);
    expect(rank([UNRELATED, ...order.toReversed()], query)).toEqual(order);
  });

  it("puts the rarer of two terms first", () => {
    const common = Array.from({ length: 5 }, (_, i) => `apple number${i}`);
    expect(rank(["quince tart", ...common, "apple tart"], "apple quince x")[0]).toBe("quince tart");
  });

  it("puts the newer of those that match alike first", () => {
    expect(rank(["apple a1", "apple b2", "apple c3"], "apple")).toEqual(["apple c3", "apple b2", "apple a1"]);
  });

  it("counts every document of the table, found or not, with a text or without", () => {
    const store = storeWith(notes);
    insertAll(store, "notes", [{ text: "apple" }]);
    const alone = search(store, "apple")[0]?.score ?? 0;
    insertAll(store, "notes", [{ n: 1 }, { text: 7 }]);
    expect(search(store, "apple")[0]?.score).toBeGreaterThan(alone);
  });

  it("looks for no more than 64 terms, the exact ones first and then by the alphabet", () => {
    const texts = Array.from({ length: 70 }, (_, i) => `a${String(i).padStart(2, "0")}`);
    const store = storeWith(notes);
    insertAll(
      store,
      "notes",
      texts.map((text) => ({ text, owner: "ann" })),
    );
    const found = (query: string, owner?: string) => new Set(search(store, query, owner).map(({ text }) => text));
    expect(found("a")).toEqual(new Set(texts.slice(0, 64)));
    expect(found("a69 a")).toEqual(new Set([...texts.slice(0, 63), "a69"]));
    expect(found("a", "ann")).toEqual(new Set(texts.slice(0, 63)));
  });
});

describe("the scores", () => {
  const word = fc.constantFrom("a", "ab", "abc", "b", "ba", "c");
  const text = fc.array(word, { maxLength: 30 }).map((words) => words.join(" "));
  const query = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(" "));

  it("are those of a model, whatever was written, changed and removed on the way", () => {
    fc.assert(
      fc.property(
        fc.array(text, { minLength: 1, maxLength: 8 }),
        fc.array(text, { maxLength: 4 }),
        query,
        (first, later, asked) => {
          const store = storeWith(notes);
          const ids = insertAll(
            store,
            "notes",
            first.map((one) => ({ text: one })),
          );
          store.write((tx) => {
            later.forEach((one, i) => tx.replace(tableIn(tx, "notes"), ids[i % ids.length] ?? "", { text: one }));
            if (ids.length > 1) tx.remove(tableIn(tx, "notes"), ids.at(-1) ?? "");
          });
          const texts = [...first];
          later.forEach((one, i) => (texts[i % ids.length] = one));
          if (ids.length > 1) texts.pop();
          const expected = model(texts, tokenize(asked));
          const found = search(store, asked);
          expect(found.map((hit) => hit.text)).toEqual(expected.map((hit) => hit.text));
          found.forEach((hit, i) => expect(hit.score).toBeCloseTo(expected[i]?.score ?? Number.NaN, 9));
        },
      ),
      { numRuns: 100 },
    );
  });
});

/** Every text that has a term or begins one, with its score; the later of equal ones first. */
function model(texts: readonly string[], terms: readonly string[]): { text: string; score: number }[] {
  const documents = texts.map(tokenize);
  const collection = { documents: documents.length, terms: documents.flat().length };
  const { base, perTerm } = damping(collection);
  const wanted = new Set(
    documents.flat().filter((term) => terms.includes(term) || term.startsWith(terms.at(-1) ?? "")),
  );
  const scoreOf = (document: readonly string[]) =>
    [...wanted].toSorted().reduce((sum, term) => {
      const count = document.filter((one) => one === term).length;
      const having = documents.filter((one) => one.includes(term)).length;
      const weight = termWeight(collection, having) * (terms.includes(term) ? 1 : 0.5);
      return sum + (weight * count) / (count + base + perTerm * roundLength(document.length));
    }, 0);
  return texts
    .map((text, i) => ({ text, i, score: Number(scoreOf(documents[i] ?? []).toFixed(12)) }))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score || b.i - a.i);
}
