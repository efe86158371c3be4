import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonObject } from "../types.ts";
import { nextFire } from "./cron-schedule.ts";

const DAY_MS = 86_400_000;
const cron = (schedule: JsonObject) => ({ identifier: "c", name: "m:f", args: [], schedule });
const next = (schedule: JsonObject, after: number, anchor = 0) => nextFire(cron(schedule), { anchor, after });
const utc = (text: string) => Date.parse(`${text}Z`);

const time = fc.integer({ min: utc("2000-01-01T00:00"), max: utc("2100-01-01T00:00") });
const interval = fc.oneof(
  fc
    .integer({ min: 1, max: 100_000 })
    .map((seconds) => ({ schedule: { type: "interval", seconds }, periodMs: seconds * 1000 })),
  fc
    .integer({ min: 1, max: 10_000 })
    .map((minutes) => ({ schedule: { type: "interval", minutes }, periodMs: minutes * 60_000 })),
  fc
    .integer({ min: 1, max: 500 })
    .map((hours) => ({ schedule: { type: "interval", hours }, periodMs: hours * 3_600_000 })),
);

describe("an interval", () => {
  it("fires next strictly after now, at most a period later, and on the grid that its anchor began", () => {
    fc.assert(
      fc.property(interval, time, time, ({ schedule, periodMs }, anchor, after) => {
        const at = next(schedule, after, anchor);
        expect(at).toBeGreaterThan(after);
        expect(at - after).toBeLessThanOrEqual(periodMs);
        expect(Math.abs((at - anchor) % periodMs)).toBe(0);
      }),
    );
  });

  it("is the same grid wherever one begins to look", () => {
    fc.assert(
      fc.property(interval, time, time, ({ schedule, periodMs }, anchor, after) => {
        const at = next(schedule, after, anchor);
        expect(next(schedule, at, anchor)).toBe(at + periodMs);
        expect(next(schedule, at - 1, anchor)).toBe(at);
      }),
    );
  });

  it.each<JsonObject>([{}, { seconds: 0 }, { minutes: -1 }, { hours: "2" }, { days: 1 }])(
    "of %j is refused by name",
    (unit) => {
      expect(() => next({ type: "interval", ...unit }, 0)).toThrow(
        'Cron "c" has an interval that is not a positive number.',
      );
    },
  );
});

describe("an expression", () => {
  it.each([
    ["* * * * *", "2026-03-01T10:20:30", "2026-03-01T10:21:00"],
    ["0 7 * * *", "2026-03-01T06:59:59", "2026-03-01T07:00:00"],
    ["0 7 * * *", "2026-03-01T07:00:00", "2026-03-02T07:00:00"],
    ["*/15 9-17 * * 1-5", "2026-03-06T17:50:00", "2026-03-09T09:00:00"],
    ["30 2 1 * *", "2026-01-31T12:00:00", "2026-02-01T02:30:00"],
    ["0 0 29 2 *", "2026-03-01T00:00:00", "2028-02-29T00:00:00"],
    ["0 12 * * 0", "2026-03-01T12:00:00", "2026-03-08T12:00:00"],
    // New York's clocks go forward in this night: UTC's do not.
    ["30 7 * * *", "2026-03-08T07:00:00", "2026-03-08T07:30:00"],
  ])("%s after %s is %s, in UTC", (expression, after, expected) => {
    expect(new Date(next({ type: "cron", cron: expression }, utc(after)))).toEqual(new Date(utc(expected)));
  });

  const field = (max: number) => fc.oneof(fc.constant("*"), fc.integer({ min: 0, max }).map(String));
  it("fires next strictly after now, on a whole minute that matches its fields", () => {
    fc.assert(
      fc.property(field(59), field(23), field(6), time, (minute, hour, weekday, after) => {
        const at = next({ type: "cron", cron: `${minute} ${hour} * * ${weekday}` }, after);
        const date = new Date(at);
        expect(at).toBeGreaterThan(after);
        expect(at - after).toBeLessThanOrEqual(8 * DAY_MS);
        expect(at % 60_000).toBe(0);
        const fields = [date.getUTCMinutes(), date.getUTCHours(), date.getUTCDay()].map(String);
        const wanted = [minute, hour, weekday].map((want, n) => (want === "*" ? fields[n] : want));
        expect(fields).toEqual(wanted);
      }),
      { numRuns: 60 },
    );
  });

  it.each(["", "soon", "* * * *", "0 0 7 * * *", "61 * * * *", "0 7 * * *; rm"])(
    "%j is refused, and named",
    (expression) => {
      expect(() => next({ type: "cron", cron: expression }, 0)).toThrow(
        `Cron "c" has an expression that cannot be read (${expression})`,
      );
    },
  );

  it("that no day matches is refused as what it is", () => {
    expect(() => next({ type: "cron", cron: "0 0 31 2 *" }, 0)).toThrow('Cron "c" never fires (0 0 31 2 *).');
  });
});

describe("any other schedule", () => {
  it.each<JsonObject>([
    { type: "hourly", minuteUTC: 5 },
    { type: "daily", hourUTC: 3, minuteUTC: 17 },
    { type: "weekly", dayOfWeek: "monday", hourUTC: 3, minuteUTC: 17 },
    { type: "monthly", day: 1, hourUTC: 3, minuteUTC: 17 },
    { type: "cron" },
    {},
  ])("%j is refused with the way out", (schedule) => {
    expect(() => next(schedule, 0)).toThrow(
      /Cron "c": .*not supported by the local engine yet. Use crons.interval or crons.cron./,
    );
  });
});
