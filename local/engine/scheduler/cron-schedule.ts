import { Cron } from "croner";
import { DeveloperError } from "../errors.ts";
import type { CronJson, JsonObject } from "../types.ts";

const UNIT_MS = { seconds: 1000, minutes: 60_000, hours: 3_600_000 } as const;

/**
 * When a cron fires next, strictly after `after` (epoch ms). An interval keeps to the grid that `anchor` began, so that
 * runs that were missed are skipped and the rhythm stays.
 */
export function nextFire(cron: CronJson, { anchor, after }: { anchor: number; after: number }): number {
  const { schedule } = cron;
  if (schedule.type === "interval") {
    const period = intervalMs(cron.identifier, schedule);
    return anchor + (Math.floor((after - anchor) / period) + 1) * period;
  }
  if (schedule.type === "cron" && typeof schedule.cron === "string") {
    const next = parse(cron.identifier, schedule.cron).nextRun(new Date(after));
    if (next === null) throw new DeveloperError(`Cron "${cron.identifier}" never fires (${schedule.cron}).`);
    return next.getTime();
  }
  throw new DeveloperError(
    `Cron "${cron.identifier}": a schedule of type ${JSON.stringify(schedule.type)} is not supported by the local engine yet. Use crons.interval or crons.cron.`,
  );
}

function intervalMs(identifier: string, schedule: JsonObject): number {
  for (const [unit, unitMs] of Object.entries(UNIT_MS)) {
    const count = schedule[unit];
    if (typeof count === "number" && count > 0) return count * unitMs;
  }
  throw new DeveloperError(`Cron "${identifier}" has an interval that is not a positive number.`);
}

/** Five fields in UTC, as in production. */
function parse(identifier: string, expression: string): Cron {
  try {
    return new Cron(expression, { mode: "5-part", timezone: "UTC" });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new DeveloperError(`Cron "${identifier}" has an expression that cannot be read (${expression}): ${reason}`);
  }
}
