import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonObject } from "../types.ts";
import { firstRun, nextRun } from "./cron-schedule.ts";

const DAY_MS = 86_400_000;
const cron = (schedule: JsonObject, identifier = "c") => ({ identifier, name: "m:f", args: [], schedule });
const next = (schedule: JsonObject, after: number, anchor = 0) => nextRun(cron(schedule), { anchor, after });
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

  it.each(["", "soon", "* * * *", "0 0 7 * * *", "61 * * * *", "0 7 * * *; rm", "@daily"])(
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

const minuteUTC = fc.integer({ min: 0, max: 59 });
const hourUTC = fc.integer({ min: 0, max: 23 });
const WEEKDAYS = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];
const calendar = fc.oneof(
  fc.record({ type: fc.constant("hourly"), minuteUTC }),
  fc.record({ type: fc.constant("daily"), hourUTC, minuteUTC }),
  fc.record({ type: fc.constant("weekly"), dayOfWeek: fc.constantFrom(...WEEKDAYS), hourUTC, minuteUTC }),
  fc.record({ type: fc.constant("monthly"), day: fc.integer({ min: 1, max: 31 }), hourUTC, minuteUTC }),
);

/** The next minute that the schedule describes, by looking at every hour that follows. */
function naiveNext(schedule: JsonObject, after: number): number {
  const hour = 3_600_000;
  for (let start = Math.floor(after / hour) * hour; ; start += hour) {
    const at = start + Number(schedule["minuteUTC"]) * 60_000;
    const date = new Date(at);
    const isHour = schedule["hourUTC"] === undefined || date.getUTCHours() === schedule["hourUTC"];
    const isWeekday = schedule["dayOfWeek"] === undefined || WEEKDAYS[date.getUTCDay()] === schedule["dayOfWeek"];
    const isDay = schedule["day"] === undefined || date.getUTCDate() === schedule["day"];
    if (at > after && isHour && isWeekday && isDay) return at;
  }
}

describe("a schedule by the calendar", () => {
  it("fires next at the first minute that it describes, strictly after now", () => {
    fc.assert(
      fc.property(calendar, time, (schedule, after) => {
        expect(next(schedule, after)).toBe(naiveNext(schedule, after));
      }),
      { numRuns: 300 },
    );
  });

  it("leaves nothing out: from any moment before a run, and after the one before, that run is the next", () => {
    fc.assert(
      fc.property(calendar, time, fc.double({ min: 0, max: 1, noNaN: true }), (schedule, after, share) => {
        const first = next(schedule, after);
        const second = next(schedule, first);
        expect(second).toBeGreaterThan(first);
        expect(next(schedule, Math.floor(first + share * (second - first - 1)))).toBe(second);
      }),
      { numRuns: 100 },
    );
  });

  it("does not care where anything else began", () => {
    fc.assert(
      fc.property(calendar, time, time, (schedule, after, anchor) => {
        expect(next(schedule, after, anchor)).toBe(next(schedule, after));
      }),
      { numRuns: 50 },
    );
  });

  const monthly = (day: number) => ({ type: "monthly", day, hourUTC: 3, minuteUTC: 17 });
  it.each<[JsonObject, string, string]>([
    [monthly(31), "2026-01-31T03:17", "2026-03-31T03:17"],
    [monthly(31), "2026-03-31T03:17", "2026-05-31T03:17"],
    [monthly(30), "2026-01-30T03:17", "2026-03-30T03:17"],
    [monthly(29), "2026-01-29T03:17", "2026-03-29T03:17"],
    [monthly(29), "2028-01-29T03:17", "2028-02-29T03:17"],
    [monthly(29), "2100-01-29T03:17", "2100-03-29T03:17"], // no leap year
    [monthly(28), "2026-01-28T03:17", "2026-02-28T03:17"],
    [monthly(1), "2026-12-01T03:17", "2027-01-01T03:17"],
    [{ type: "daily", hourUTC: 0, minuteUTC: 0 }, "2028-02-28T00:00", "2028-02-29T00:00"],
    [{ type: "daily", hourUTC: 23, minuteUTC: 59 }, "2026-12-31T23:59", "2027-01-01T23:59"],
    [{ type: "weekly", dayOfWeek: "monday", hourUTC: 0, minuteUTC: 0 }, "2028-02-28T00:00", "2028-03-06T00:00"],
    [{ type: "hourly", minuteUTC: 5 }, "2026-02-28T23:05", "2026-03-01T00:05"],
  ])("%j after %s is %s", (schedule, after, expected) => {
    expect(new Date(next(schedule, utc(after)))).toEqual(new Date(utc(expected)));
  });

  it.each<[JsonObject, string]>([
    [{ type: "hourly", minuteUTC: 60 }, "a minuteUTC that is not an integer from 0 to 59"],
    [{ type: "hourly", minuteUTC: null }, "a minuteUTC that is not an integer from 0 to 59"],
    [{ type: "daily" }, "a hourUTC that is not an integer from 0 to 23"],
    [{ type: "daily", hourUTC: 1.5 }, "a hourUTC that is not an integer from 0 to 23"],
    [{ type: "weekly", dayOfWeek: "Monday", hourUTC: 1 }, 'a dayOfWeek that is no day, such as "monday"'],
    [{ type: "weekly", dayOfWeek: 1, hourUTC: 1 }, 'a dayOfWeek that is no day, such as "monday"'],
    [{ type: "monthly", day: 0, hourUTC: 1 }, "a day that is not an integer from 1 to 31"],
    [{ type: "monthly", day: 32, hourUTC: 1 }, "a day that is not an integer from 1 to 31"],
  ])("%j is refused: it has %s", (schedule, reason) => {
    expect(() => next(schedule, 0)).toThrow(`Cron "c" has ${reason}.`);
  });
});

describe("a schedule by the calendar that names no minute", () => {
  const spread = fc.oneof(
    fc.constant({ type: "hourly" }),
    fc.record({ type: fc.constant("daily"), hourUTC }),
    fc.record({ type: fc.constant("weekly"), dayOfWeek: fc.constantFrom(...WEEKDAYS), hourUTC }),
    fc.record({ type: fc.constant("monthly"), day: fc.integer({ min: 1, max: 31 }), hourUTC }),
  );
  const run = (schedule: JsonObject, identifier: string, after: number) =>
    nextRun(cron(schedule, identifier), { anchor: 0, after });

  it("keeps to one second of the hour that its name chose, and to the hour that it describes", () => {
    fc.assert(
      fc.property(spread, fc.string(), time, (schedule, identifier, after) => {
        const at = run(schedule, identifier, after);
        const delayMs = run({ type: "hourly" }, identifier, 0) % 3_600_000;
        expect(at).toBeGreaterThan(after);
        expect(at).toBe(naiveNext({ ...schedule, minuteUTC: 0 }, after - delayMs) + delayMs);
      }),
      { numRuns: 200 },
    );
  });

  it("is spread: a hundred names do not meet at the top of the hour", () => {
    const places = Array.from({ length: 100 }, (_, n) => run({ type: "hourly" }, `cron ${n}`, 0) % 3_600_000);
    expect(new Set(places).size).toBeGreaterThan(90);
    for (let quarter = 0; quarter < 4; quarter++) {
      expect(places.filter((place) => Math.floor(place / 900_000) === quarter).length).toBeGreaterThan(5);
    }
  });
});

describe("the first run under a schedule", () => {
  const minutely = cron({ type: "interval", minutes: 1 });
  const daily = cron({ type: "daily", hourUTC: 8, minuteUTC: 0 });
  const now = utc("2026-03-01T10:20:30");

  it("of a new interval is now", () => {
    expect(firstRun(minutely, { last: null, now })).toBe(now);
  });

  it("of an interval that was another is a period after the last run, be it past or to come", () => {
    expect(firstRun(minutely, { last: now - 20_000, now })).toBe(now + 40_000);
    expect(firstRun(minutely, { last: now - 3_600_000, now })).toBe(now - 3_540_000);
  });

  it("by the calendar lies ahead, whatever ran before", () => {
    for (const last of [null, now - 30 * DAY_MS, now]) {
      expect(new Date(firstRun(daily, { last, now }))).toEqual(new Date(utc("2026-03-02T08:00:00")));
    }
  });
});

describe("any other schedule", () => {
  it.each<JsonObject>([{ type: "yearly" }, { type: "cron" }, { type: "cron", cron: 5 }, {}])(
    "%j is refused as unknown",
    (schedule) => {
      expect(() => next(schedule, 0)).toThrow(
        `Cron "c": the local engine does not know a schedule such as ${JSON.stringify(schedule)}.`,
      );
    },
  );
});
