import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { UNDEFINED, compareValues } from "../values/encoding.ts";
import { values } from "../values/testing.ts";
import { filterTerm, filterValue, filterValuesOf } from "./filter-values.ts";
import { tokenize } from "./tokens.ts";

describe("a filter's value", () => {
  it("is the same for equal values and for no others", () => {
    fc.assert(
      fc.property(values, values, (a, b) => {
        expect(filterValue(a) === filterValue(b)).toBe(compareValues(a, b) === 0);
        expect(filterValue(structuredClone(a))).toBe(filterValue(a));
      }),
    );
  });

  it("tells a missing field from null", () => {
    expect(filterValue(UNDEFINED)).not.toBe(filterValue(null));
    expect(filterValuesOf(["a", "b.c", "d"], { a: null, b: { c: 1 } })).toEqual(
      new Map([
        ["a", filterValue(null)],
        ["b.c", filterValue(1)],
        ["d", filterValue(UNDEFINED)],
      ]),
    );
  });
});

describe("a filter's term", () => {
  it("is no term of any text, nor the beginning of one", () => {
    const term = filterTerm("owner", filterValue("ann"));
    expect(tokenize(term)).not.toContain(term);
    expect(tokenize(term.slice(0, 1))).toEqual([]);
  });
});
