import { expect, test } from "vitest";
import { dayNameOf, dayOf, daysBetween, listTimeOf } from "./days.ts";

const timeZone = "America/Sao_Paulo";
const now = Date.parse("2026-03-18T15:00:00Z"); // noon of a Wednesday in São Paulo
const ago = (text: string) => ({ at: Date.parse(text), now, timeZone });

test("a day begins at the midnight of whoever looks", () => {
  const at = Date.parse("2026-03-18T02:30:00Z");
  expect(dayOf(at, timeZone)).toBe("2026-03-17");
  expect(dayOf(at, "Europe/Lisbon")).toBe("2026-03-18");
});

test("a day on which the clocks change is one day", () => {
  expect(daysBetween("2026-03-28", "2026-03-29")).toBe(1);
  expect(daysBetween("2026-02-28", "2026-03-01")).toBe(1);
});

test.each([
  ["2026-03-18T14:59:30Z", { kind: "now" }],
  ["2026-03-18T15:00:05Z", { kind: "now" }], // a clock that runs ahead
  ["2026-03-18T14:55:00Z", { kind: "minutes", count: 5 }],
  ["2026-03-18T13:00:00Z", { kind: "clock" }],
  ["2026-03-18T02:00:00Z", { kind: "yesterday" }],
  ["2026-03-13T12:00:00Z", { kind: "weekday" }],
  ["2026-03-11T12:00:00Z", { kind: "dayOfYear" }],
  ["2025-12-30T12:00:00Z", { kind: "date" }],
])("a list says of %s: %j", (at, time) => {
  expect(listTimeOf(ago(at))).toEqual(time);
});

test.each([
  ["2026-03-18T14:00:00Z", "today"],
  ["2026-03-19T14:00:00Z", "today"],
  ["2026-03-17T14:00:00Z", "yesterday"],
  ["2026-03-14T14:00:00Z", "weekday"],
  ["2026-02-01T14:00:00Z", "dayOfYear"],
  ["2025-02-01T14:00:00Z", "date"],
])("the line above the messages of %s names the %s", (at, name) => {
  expect(dayNameOf(ago(at))).toBe(name);
});
