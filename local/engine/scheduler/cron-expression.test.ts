import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseCronExpression } from "./cron-expression.ts";

const utc = (text: string) => new Date(`${text}Z`);
const next = (expression: string, after: Date) => parseCronExpression("c", expression).nextRun(after);

describe("an expression", () => {
  it.each([
    ["5/15 * * * *", "2026-01-31T12:00", "2026-01-31T12:05"],
    ["0-30/10,45 * * * *", "2026-01-31T12:30", "2026-01-31T12:45"],
    ["*/20,7 * * * *", "2026-01-31T12:00", "2026-01-31T12:07"],
    ["0 0 1 JAN *", "2026-01-31T12:00", "2027-01-01T00:00"],
    ["0 0 * feb-mar Mon-fri", "2026-01-31T12:00", "2026-02-02T00:00"],
    ["0 0 * * 0", "2026-01-31T12:00", "2026-02-01T00:00"],
    ["0 0 L * *", "2028-02-01T00:00", "2028-02-29T00:00"],
    ["0 0 LW * *", "2026-01-31T12:00", "2026-02-27T00:00"],
    ["0 0 15W * *", "2026-01-31T12:00", "2026-02-16T00:00"],
    ["0 0 * * 5L", "2026-01-31T12:00", "2026-02-27T00:00"],
    ["0 0 * * MON#2", "2026-01-31T12:00", "2026-02-09T00:00"],
    ["0\t0   31 * *", "2026-01-31T12:00", "2026-03-31T00:00"],
  ])("%s after %s is %s", (expression, after, expected) => {
    expect(next(expression, utc(after))).toEqual(utc(expected));
  });

  it("with two kinds of day restricted means either: the thirteenths and the Fridays", () => {
    const runs = parseCronExpression("c", "0 0 13 * 5").nextRuns(5, utc("2026-01-31T12:00"));
    expect(runs.map((run) => run.toISOString().slice(0, 10))).toEqual([
      "2026-02-06",
      "2026-02-13",
      "2026-02-20",
      "2026-02-27",
      "2026-03-06",
    ]);
    expect(next("0 0 13 4 5", utc("2026-04-10T00:00"))).toEqual(utc("2026-04-13T00:00"));
  });

  it.each([
    ["0 12 * * 7", "7"], // Sunday is 0 alone
    ["0 0 ? * 1", "?"],
    ["0 0 * * +5", "+5"],
    ["*,5 * * * *", "*,5"],
    ["*-30/5 * * * *", "*-30/5"],
    ["1,,2 * * * *", "1,,2"],
    ["0 0 * january *", "january"],
    ["0 0 0 * noon", "noon"],
    ["0 0 * * MON#6", "MON#6"],
    ["0 0 L-3 * *", "L-3"],
    ["0 0 * * L", "L"],
  ])("%s is refused for its %s", (expression, field) => {
    expect(() => parseCronExpression("c", expression)).toThrow(
      `Cron "c" has an expression that cannot be read (${expression}): it does not know "${field}" there`,
    );
  });

  it.each(["60 * * * *", "* 24 * * *", "* * 32 * *", "* * 0 * *", "* * * 13 *", "*/0 * * * *", "0 22-2 * * *"])(
    "%s is refused for what it means",
    (expression) => {
      expect(() => parseCronExpression("c", expression)).toThrow(`cannot be read (${expression}): `);
    },
  );

  it.each([
    ["* * * *", 4],
    ["0 0 0 * * *", 6],
    ["@daily", 1],
    ["", 1],
    [" 0 0 * * *", 6],
  ])("%j is refused for its %d fields", (expression, count) => {
    expect(() => parseCronExpression("c", expression)).toThrow(`it has ${count} fields and needs 5`);
  });

  it("is read or refused by name, never anything else", () => {
    const field = fc.oneof(
      fc.stringMatching(/^[0-9*,/#LW?-]{0,6}$/),
      fc.constantFrom("*", "1", "5/2", "mon", "jan", "L"),
    );
    fc.assert(
      fc.property(fc.array(field, { minLength: 4, maxLength: 6 }), (fields) => {
        expect(outcomeOf(fields.join(" "))).toMatch(
          /^(read|DeveloperError: Cron "c" has an expression that cannot be read)/,
        );
      }),
      { numRuns: 500 },
    );
  });
});

function outcomeOf(expression: string): string {
  try {
    parseCronExpression("c", expression);
    return "read";
  } catch (error) {
    return String(error);
  }
}
