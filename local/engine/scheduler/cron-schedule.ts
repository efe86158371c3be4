/** When crons run: pure arithmetic on UTC, after the rules of the production backend. All times are epoch ms. */
import { createHash } from "node:crypto";
import { DeveloperError } from "../errors.ts";
import type { CronJson } from "../types.ts";
import { parseCronExpression } from "./cron-expression.ts";

const UNIT_MS = { seconds: 1000, minutes: 60_000, hours: 3_600_000 } as const;
const SECONDS_PER_HOUR = 3600;
const DAYS = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

/**
 * When a cron runs next, strictly after `after`. An interval keeps to the grid on which `anchor` lies, so that runs that
 * were missed are skipped and the rhythm stays; the calendar needs no anchor. Throws `DeveloperError` for a schedule
 * that cannot be read or that no day matches.
 */
export function nextRun(cron: CronJson, { anchor, after }: { anchor: number; after: number }): number {
  if (cron.schedule.type === "interval") {
    const period = intervalMs(cron);
    return anchor + (Math.floor((after - anchor) / period) + 1) * period;
  }
  const expression = expressionOf(cron);
  const delayMs = splayMs(cron);
  const next = parseCronExpression(cron.identifier, expression).nextRun(new Date(after - delayMs));
  if (next === null) throw new DeveloperError(`Cron "${cron.identifier}" never fires (${expression}).`);
  return next.getTime() + delayMs;
}

/**
 * When a cron runs whose schedule is seen for the first time: `last` is its last run under another schedule, or null. A
 * new interval runs at once; a changed one a period after its last run, which may be past, and then it too runs at once.
 */
export function firstRun(cron: CronJson, { last, now }: { last: number | null; now: number }): number {
  if (cron.schedule.type !== "interval") return nextRun(cron, { anchor: now, after: now });
  const period = intervalMs(cron);
  return last === null ? now : last + period;
}

function intervalMs({ identifier, schedule }: CronJson): number {
  for (const [unit, unitMs] of Object.entries(UNIT_MS)) {
    const count = schedule[unit];
    if (typeof count === "number" && count > 0) return count * unitMs;
  }
  throw new DeveloperError(`Cron "${identifier}" has an interval that is not a positive number.`);
}

function expressionOf(cron: CronJson): string {
  const { identifier, schedule } = cron;
  const minute = schedule["minuteUTC"] === undefined ? 0 : integerOf(cron, "minuteUTC", [0, 59]);
  const hour = () => integerOf(cron, "hourUTC", [0, 23]);
  switch (schedule.type) {
    case "hourly":
      return `${minute} * * * *`;
    case "daily":
      return `${minute} ${hour()} * * *`;
    case "weekly":
      return `${minute} ${hour()} * * ${weekdayOf(cron)}`;
    case "monthly":
      return `${minute} ${hour()} ${integerOf(cron, "day", [1, 31])} * *`;
    case "cron":
      if (typeof schedule["cron"] === "string") return schedule["cron"];
      break;
    default:
  }
  throw new DeveloperError(
    `Cron "${identifier}": the local engine does not know a schedule such as ${JSON.stringify(schedule)}.`,
  );
}

/**
 * How far into its hour a cron runs that names none of the hour's minutes: production spreads such crons at random, and
 * each keeps its place. Here the place follows from the name, so that it is the same on every machine.
 */
function splayMs({ identifier, schedule }: CronJson): number {
  if (schedule.type === "cron" || schedule["minuteUTC"] !== undefined) return 0;
  return (createHash("sha256").update(identifier).digest().readUInt32BE() % SECONDS_PER_HOUR) * 1000;
}

function weekdayOf({ identifier, schedule }: CronJson): number {
  const { dayOfWeek } = schedule;
  const day = typeof dayOfWeek === "string" ? DAYS.indexOf(dayOfWeek) : -1;
  if (day === -1) throw new DeveloperError(`Cron "${identifier}" has a dayOfWeek that is no day, such as "monday".`);
  return day;
}

function integerOf({ identifier, schedule }: CronJson, field: string, [min, max]: [number, number]): number {
  const value = schedule[field];
  if (typeof value === "number" && Number.isInteger(value) && value >= min && value <= max) return value;
  throw new DeveloperError(`Cron "${identifier}" has a ${field} that is not an integer from ${min} to ${max}.`);
}
