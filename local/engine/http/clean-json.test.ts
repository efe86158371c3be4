import { type Value, convexToJson } from "convex/values";
import { expect, test } from "vitest";
import type { Json } from "../types.ts";
import { toCleanJson } from "./clean-json.ts";

const clean = (value: Value) => {
  const encoded: Json = JSON.parse(JSON.stringify(convexToJson(value)));
  return toCleanJson(encoded);
};

test.each<[string, Value, Json]>([
  ["int64", -7n, "-7"],
  ["the largest int64", 2n ** 63n - 1n, "9223372036854775807"],
  ["bytes", new Uint8Array([0, 16, 131]).buffer, "ABCD"],
  ["NaN", NaN, "NaN"],
  ["infinity", -Infinity, "-Infinity"],
  ["negative zero", -0, -0],
  ["plain values", ["a", 1.5, true, null], ["a", 1.5, true, null]],
  ["what lies inside", { list: [{ n: 1n }] }, { list: [{ n: "1" }] }],
])("%s", (_what, value, expected) => {
  expect(clean(value)).toEqual(expected);
});
