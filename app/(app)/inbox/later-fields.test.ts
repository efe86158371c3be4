import { expect, test } from "vitest";
import { numberIn, textIn } from "./later-fields.ts";

test("a field that is there is read, one that is not, or is something else, is null", () => {
  const row = { readSeq: 7, memberId: "ana" };
  expect([numberIn(row, "readSeq"), numberIn(row, "memberId"), numberIn(row, "width")]).toEqual([7, null, null]);
  expect([textIn(row, "memberId"), textIn(row, "readSeq"), textIn(row, "name")]).toEqual(["ana", null, null]);
});
