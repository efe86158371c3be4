import fc from "fast-check";
import { expect, test } from "vitest";
import { boxOf, nextSpeed, playTime, sizeOf } from "./media-sizes.ts";

test.each([
  ["a small picture as it is", { width: 200, height: 100 }, { width: 200, height: 100 }],
  ["a wide one by its width", { width: 1200, height: 800 }, { width: 320, height: 213 }],
  ["a tall one by its height", { width: 720, height: 1280 }, { width: 203, height: 360 }],
  ["one of unknown size like most", { width: null, height: 10 }, { width: 280, height: 210 }],
])("keeps room for %s", (_what, size, box) => {
  expect(boxOf(size)).toEqual(box);
});

test("law: the room fits into a bubble and can be pointed at", () => {
  fc.assert(
    fc.property(fc.nat(20_000), fc.nat(20_000), (width, height) => {
      const box = boxOf({ width, height });
      expect(box.width).toBeLessThanOrEqual(320);
      expect(box.height).toBeLessThanOrEqual(360);
      expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(60);
    }),
  );
});

test.each([
  [999, { value: 999, unit: "B" }],
  [1500, { value: 1.5, unit: "KB" }],
  [2_000_000, { value: 2, unit: "MB" }],
  [5e12, { value: 5000, unit: "GB" }],
])("%d bytes are %j", (byteLength, size) => {
  expect(sizeOf(byteLength)).toEqual(size);
});

test.each([
  [0, "0:00"],
  [7.4, "0:07"],
  [750, "12:30"],
  [3723, "1:02:03"],
  [Number.POSITIVE_INFINITY, "0:00"],
  [-1, "0:00"],
])("%d seconds play for %s", (seconds, text) => {
  expect(playTime(seconds)).toBe(text);
});

test("the speeds go round", () => {
  expect([1, 1.5, 2, 3].map(nextSpeed)).toEqual([1.5, 2, 1, 1]);
});
