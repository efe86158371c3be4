import fc from "fast-check";
import { expect, test } from "vitest";
import { focusIndex, neighbourOf, nextIndex } from "./roving.ts";

const ids = ["a", "b", "c"];

test("Tab leads to where the focus was, else to the open conversation, else to the first", () => {
  expect(focusIndex({ ids, currentId: "b", openId: "c" })).toBe(1);
  expect(focusIndex({ ids, currentId: "gone", openId: "c" })).toBe(2);
  expect(focusIndex({ ids, currentId: null, openId: null })).toBe(0);
  expect(focusIndex({ ids: [], currentId: "b", openId: "c" })).toBe(-1);
});

test.each([
  ["j", 2],
  ["ArrowDown", 2],
  ["k", 0],
  ["ArrowUp", 0],
  ["Home", 0],
  ["End", 2],
  ["Enter", null],
])("%s from the middle of three leads to %j", (key, goal) => {
  expect(nextIndex({ key, index: 1, count: 3 })).toBe(goal);
});

test("no key leads out of the list", () => {
  const anyKey = fc.constantFrom("j", "k", "ArrowDown", "ArrowUp", "Home", "End");
  fc.assert(
    fc.property(anyKey, fc.nat(50), fc.nat(50), (key, index, more) => {
      const count = index + more + 1;
      const next = nextIndex({ key, index, count });
      expect(next).toBeGreaterThanOrEqual(0);
      expect(next).toBeLessThan(count);
    }),
  );
  expect(nextIndex({ key: "j", index: -1, count: 0 })).toBeNull();
});

test.each([
  ["a", "b"],
  ["b", "c"],
  ["c", "b"],
  ["gone", null],
])("after %s one goes on with %s", (id, next) => {
  expect(neighbourOf(ids, id)).toBe(next);
});

test("the only line has no neighbour", () => {
  expect(neighbourOf(["a"], "a")).toBeNull();
});
