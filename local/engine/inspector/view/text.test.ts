import { expect, test } from "vitest";
import { encodeId } from "../../values/ids.ts";
import { cellText, durationText, functionText, looksLikeId, scheduleText, timeText, valueText } from "./text.ts";

test.each([
  ["text", '"text"'],
  ['<b>"', '"<b>\\""'],
  [5n, "5n"],
  [-0, "-0"],
  [Number.NaN, "NaN"],
  [new ArrayBuffer(3), "3 bytes"],
  [null, "null"],
  [true, "true"],
  [undefined, ""],
  [[1, "a"], '[1, "a"]'],
  [{}, "{}"],
  [{ a: { b: 1n } }, "{ a: { b: 1n } }"],
])("%s is told apart from everything else", (value, text) => {
  expect(valueText(value)).toBe(text);
});

test("in a cell text is bare, and cut where it gets long", () => {
  expect(cellText("text")).toBe("text");
  expect(cellText("x ".repeat(500))).toHaveLength(121);
  expect(cellText(encodeId(10_001, Buffer.alloc(16)))).toMatch(/^\w{8}…$/);
});

test("ids are recognized, whatever their table's number, and words are not", () => {
  for (const number of [1, 540, 10_001, 4_000_000]) expect(looksLikeId(encodeId(number))).toBe(true);
  for (const text of ["", "hello", "a".repeat(30), "UPPER".repeat(7), "with space".repeat(4)]) {
    expect(looksLikeId(text)).toBe(false);
  }
});

test.each([
  [0.04, "0.0 ms"],
  [3.14, "3.1 ms"],
  [12.6, "13 ms"],
  [1_240, "1.2 s"],
  [65_000, "65 s"],
])("%d ms are %s", (ms, text) => {
  expect(durationText(ms)).toBe(text);
});

test("times are local, and can be compared by eye", () => {
  expect(timeText(new Date(2026, 0, 5, 6, 7, 8).getTime())).toBe("2026-01-05 06:07:08");
  expect(timeText(Number.NaN)).toBe("NaN");
});

test("functions are named as one writes them", () => {
  expect(functionText("", "a/b:list")).toBe("a/b:list");
  expect(functionText("part", "clean:default")).toBe("part / clean");
});

test("schedules say their rhythm", () => {
  expect(scheduleText({ type: "cron", cron: "0 * * * *" })).toBe("0 * * * *");
  expect(scheduleText({ type: "interval", seconds: 30n })).toBe("interval: seconds 30n");
});
