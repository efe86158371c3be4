// When a team works, in its own IANA zone. Everything is computed per date, so daylight saving moves with the zone.
import { type Infer, v } from "convex/values";

/** One opening of a weekday. `weekday` 0 is Sunday; minutes count from local midnight, `closesAtMinute` is exclusive. */
const openingValidator = v.object({
  weekday: v.number(),
  opensAtMinute: v.number(),
  closesAtMinute: v.number(),
});

export const workingHoursValidator = v.object({
  timezone: v.string(),
  openings: v.array(openingValidator),
  /** `answer` as always · `announce` answers and says when the team is back · `wait` stays silent until then. */
  outside: v.union(v.literal("answer"), v.literal("announce"), v.literal("wait")),
});
export type WorkingHours = Infer<typeof workingHoursValidator>;

type LocalMinute = { weekday: number; minute: number };

const MINUTE_MS = 60_000;
const DAY_MINUTES = 1_440;
const WEEKDAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
/** Zones move their clocks in steps of 15 minutes, so a search with this step meets every opening time. */
const STEP_MS = 15 * MINUTE_MS;
const WEEK_STEPS = (8 * DAY_MINUTES * MINUTE_MS) / STEP_MS;

/** Monday to Friday, 9 to 18. */
export function officeHours(timezone: string): WorkingHours {
  const openings = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, opensAtMinute: 540, closesAtMinute: 1_080 }));
  return { timezone, openings, outside: "announce" };
}

/** Whether the team works at `at` (epoch ms). */
export function isOpen(hours: WorkingHours, at: number): boolean {
  const local = localMinute(at, hours.timezone);
  return hours.openings.some(
    (opening) =>
      opening.weekday === local.weekday &&
      opening.opensAtMinute <= local.minute &&
      local.minute < opening.closesAtMinute,
  );
}

/** The next moment (epoch ms, whole minute) at which the team works: `at` itself when open, null when it never opens. */
export function nextOpening(hours: WorkingHours, at: number): number | null {
  if (isOpen(hours, at)) return at;
  const firstStep = Math.ceil(at / STEP_MS) * STEP_MS;
  for (let step = 0; step <= WEEK_STEPS; step += 1) {
    const candidate = firstStep + step * STEP_MS;
    if (isOpen(hours, candidate)) return openedAt(hours, candidate, at);
  }
  return null;
}

export function isTimezone(timezone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: timezone });
    return true;
  } catch {
    return false;
  }
}

/** Weekday and minute that a clock on the wall of `timezone` shows at `at` (epoch ms). */
export function localMinute(at: number, timezone: string): LocalMinute {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone: timezone,
    weekday: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).formatToParts(at);
  const part = (type: string) => parts.find((candidate) => candidate.type === type)?.value ?? "";
  return {
    weekday: WEEKDAYS.indexOf(part("weekday")),
    minute: Number(part("hour")) * 60 + Number(part("minute")),
  };
}

/** Walks back from an open `candidate` to the minute at which it opened, but not before `notBefore`. */
function openedAt(hours: WorkingHours, candidate: number, notBefore: number): number {
  let opened = candidate;
  while (opened - MINUTE_MS >= notBefore && isOpen(hours, opened - MINUTE_MS)) opened -= MINUTE_MS;
  return opened;
}
