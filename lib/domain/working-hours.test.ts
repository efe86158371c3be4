import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isOpen, isTimezone, localMinute, nextOpening, officeHours, type WorkingHours } from "./working-hours.ts";

const SAO_PAULO = "America/Sao_Paulo";
const NEW_YORK = "America/New_York";
const hours = officeHours(SAO_PAULO);
/** São Paulo is three hours behind UTC all year since 2019. */
const saoPaulo = (day: number, hour: number, minute = 0) => Date.UTC(2026, 2, day, hour + 3, minute);

describe("office hours in São Paulo", () => {
  test.each<[string, number, boolean]>([
    ["Monday 8:59", saoPaulo(9, 8, 59), false],
    ["Monday 9:00", saoPaulo(9, 9), true],
    ["Monday 12:30", saoPaulo(9, 12, 30), true],
    ["Monday 17:59", saoPaulo(9, 17, 59), true],
    ["Monday 18:00", saoPaulo(9, 18), false],
    ["Friday 17:00", saoPaulo(13, 17), true],
    ["Saturday 10:00", saoPaulo(14, 10), false],
    ["Sunday 10:00", saoPaulo(15, 10), false],
  ])("%s", (_, at, open) => {
    expect(isOpen(hours, at)).toBe(open);
  });

  test("the same moment is judged by the clock of the zone, not of the server", () => {
    const monday9InSaoPaulo = saoPaulo(9, 9);
    expect(isOpen(hours, monday9InSaoPaulo)).toBe(true);
    expect(isOpen(officeHours("America/Los_Angeles"), monday9InSaoPaulo)).toBe(false);
    expect(isOpen(officeHours("Europe/Lisbon"), monday9InSaoPaulo)).toBe(true);
  });
});

describe("the next opening", () => {
  test("is now while open", () => {
    expect(nextOpening(hours, saoPaulo(9, 10, 7))).toBe(saoPaulo(9, 10, 7));
  });

  test.each<[string, number, number]>([
    ["before work is the same morning", saoPaulo(9, 6), saoPaulo(9, 9)],
    ["after work is the next morning", saoPaulo(9, 18), saoPaulo(10, 9)],
    ["on Friday evening is Monday", saoPaulo(13, 20), saoPaulo(16, 9)],
    ["on Sunday is Monday", saoPaulo(15, 13, 13), saoPaulo(16, 9)],
    ["one minute early is one minute later", saoPaulo(9, 8, 59), saoPaulo(9, 9)],
  ])("%s", (_, at, opening) => {
    expect(nextOpening(hours, at)).toBe(opening);
  });

  test("is found to the minute when the team begins at an odd time", () => {
    const odd: WorkingHours = { ...hours, openings: [{ weekday: 1, opensAtMinute: 547, closesAtMinute: 1_080 }] };
    expect(nextOpening(odd, saoPaulo(9, 6))).toBe(saoPaulo(9, 9, 7));
  });

  test("after today's only opening of the week is a week later", () => {
    const mondays: WorkingHours = { ...hours, openings: [{ weekday: 1, opensAtMinute: 540, closesAtMinute: 600 }] };
    expect(nextOpening(mondays, saoPaulo(9, 10))).toBe(saoPaulo(16, 9));
  });

  test("takes the second opening of a day with a break", () => {
    const openings = [
      { weekday: 1, opensAtMinute: 540, closesAtMinute: 720 },
      { weekday: 1, opensAtMinute: 840, closesAtMinute: 1_080 },
    ];
    expect(nextOpening({ ...hours, openings }, saoPaulo(9, 12, 30))).toBe(saoPaulo(9, 14));
  });

  test("never comes for a team that never opens", () => {
    expect(nextOpening({ ...hours, openings: [] }, saoPaulo(9, 10))).toBeNull();
  });

  test("moves with daylight saving: New York opens an hour earlier in UTC after the change", () => {
    const newYork = officeHours(NEW_YORK);
    const friday = Date.UTC(2026, 2, 6, 5, 0);
    const mondayAfterChange = Date.UTC(2026, 2, 9, 5, 0);
    expect(nextOpening(newYork, friday)).toBe(Date.UTC(2026, 2, 6, 14, 0));
    expect(nextOpening(newYork, mondayAfterChange)).toBe(Date.UTC(2026, 2, 9, 13, 0));
  });

  test("is open, is never before the moment asked, and nothing in between is open", () => {
    const moments = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2026, 11, 31) });
    fc.assert(
      fc.property(moments, fc.constantFrom(SAO_PAULO, NEW_YORK, "Asia/Kolkata", "UTC"), (at, zone) => {
        const zoned = officeHours(zone);
        const opening = nextOpening(zoned, at);
        if (opening === null) throw new Error("office hours always come");
        expect(opening).toBeGreaterThanOrEqual(at);
        expect(isOpen(zoned, opening)).toBe(true);
        expect(opening > at && isOpen(zoned, opening - 60_000)).toBe(false);
      }),
      { numRuns: 40 },
    );
  });
});

describe("local clocks", () => {
  test("midnight is minute 0 of the new day", () => {
    expect(localMinute(saoPaulo(10, 0), SAO_PAULO)).toEqual({ weekday: 2, minute: 0 });
    expect(localMinute(saoPaulo(9, 23, 59), SAO_PAULO)).toEqual({ weekday: 1, minute: 1_439 });
  });

  test.each([
    [SAO_PAULO, true],
    ["UTC", true],
    ["Mars/Olympus", false],
    ["", false],
  ])("%j is a time zone: %s", (zone, known) => {
    expect(isTimezone(zone)).toBe(known);
  });
});

describe("a week in four zones", () => {
  /** First moment of work after Saturday noon UTC, 2026-03-14. */
  test.each<[string, number]>([
    ["America/Sao_Paulo", Date.UTC(2026, 2, 16, 12, 0)],
    ["America/New_York", Date.UTC(2026, 2, 16, 13, 0)],
    ["Europe/Lisbon", Date.UTC(2026, 2, 16, 9, 0)],
    ["Asia/Kolkata", Date.UTC(2026, 2, 16, 3, 30)],
  ])("work in %s begins on Monday at nine by its own clock", (zone, opening) => {
    expect(nextOpening(officeHours(zone), Date.UTC(2026, 2, 14, 12, 0))).toBe(opening);
  });

  test("has 45 open hours, whichever the zone, and also in the week the clocks change", () => {
    for (const [zone, from] of [
      [SAO_PAULO, Date.UTC(2026, 5, 1, 3)],
      [NEW_YORK, Date.UTC(2026, 2, 8, 5)],
      ["Europe/Lisbon", Date.UTC(2026, 2, 29, 0)],
    ] as const) {
      const halfHours = Array.from({ length: 7 * 48 }, (_, at) => from + at * 1_800_000);
      expect(halfHours.filter((at) => isOpen(officeHours(zone), at))).toHaveLength(90);
    }
  });
});
