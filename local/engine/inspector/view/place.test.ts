import fc from "fast-check";
import { expect, test } from "vitest";
import { keyIn, parsePlace, renderPlace, SECTIONS } from "./place.ts";

const places = fc.record({
  section: fc.constantFrom(...SECTIONS),
  component: fc.string(),
  table: fc.option(fc.string()),
  index: fc.string(),
  order: fc.constantFrom("asc" as const, "desc" as const),
  document: fc.option(fc.string()),
});

test("a place is found again from its fragment", () => {
  fc.assert(
    fc.property(places, (place) => {
      expect(parsePlace(renderPlace(place))).toEqual(place);
    }),
  );
});

test.each(["", "#", "#/", "#/nowhere", "#/data?table", "#key=x"])("%j leads somewhere", (fragment) => {
  expect(SECTIONS).toContain(parsePlace(fragment).section);
});

test("a fragment says no more than it has to", () => {
  expect(renderPlace({})).toBe("#/data");
  expect(renderPlace({ section: "data", table: "users" })).toBe("#/data?table=users");
});

test("the key is taken from the fragment that the engine printed, and from no other", () => {
  expect(keyIn(`#key=${encodeURIComponent("local|a#b")}`)).toBe("local|a#b");
  for (const other of ["", "#", "#/data?key=x"]) expect(keyIn(other)).toBeNull();
});

test("a key that was copied badly is a wrong one, and no error", () => {
  expect(keyIn("#key=local%7Ca%")).toBe("local|a%");
});
