import { expect, test } from "vitest";
import { getOrMake } from "./get-or-make.ts";

test("a value is made once, and found again", () => {
  const map = new Map<string, object>();
  let made = 0;
  const make = () => ({ made: ++made });
  const first = getOrMake(map, "a", make);
  expect([getOrMake(map, "a", make), map.get("a"), made]).toEqual([first, first, 1]);
  expect(getOrMake(map, "b", make)).not.toBe(first);
});
