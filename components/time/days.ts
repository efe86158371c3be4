/** The calendar of whoever looks: days begin at their midnight, not at the server's. */

const dayMs = 24 * 60 * 60 * 1000;
const formatters = new Map<string, Intl.DateTimeFormat>();

/** `2026-03-29`: sorts as text, equal for two times of one day in that zone. */
export function dayOf(at: number, timeZone: string): string {
  const known = formatters.get(timeZone);
  const formatter = known ?? new Intl.DateTimeFormat("en-CA", { timeZone, dateStyle: "short" });
  if (known === undefined) formatters.set(timeZone, formatter);
  return formatter.format(at);
}

/** Whole days from one `dayOf` to another; midnights that a change of the clocks moved count as one day. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / dayMs);
}

export type Moment = { at: number; now: number; timeZone: string };

/** How a list says when: the nearer, the finer. */
export type ListTime =
  | { kind: "now" | "clock" | "yesterday" | "weekday" | "dayOfYear" | "date" }
  | { kind: "minutes"; count: number };

export function listTimeOf({ at, now, timeZone }: Moment): ListTime {
  const minutes = Math.floor((now - at) / 60_000);
  if (minutes < 1) return { kind: "now" };
  if (minutes < 60) return { kind: "minutes", count: minutes };
  const then = dayOf(at, timeZone);
  const today = dayOf(now, timeZone);
  const days = daysBetween(then, today);
  if (days === 0) return { kind: "clock" };
  if (days === 1) return { kind: "yesterday" };
  if (days < 7) return { kind: "weekday" };
  return { kind: then.slice(0, 4) === today.slice(0, 4) ? "dayOfYear" : "date" };
}

/** How a line between two days of a thread names the day below it. */
export function dayNameOf({ at, now, timeZone }: Moment): "today" | "yesterday" | "weekday" | "dayOfYear" | "date" {
  const then = dayOf(at, timeZone);
  const today = dayOf(now, timeZone);
  const days = daysBetween(then, today);
  if (days <= 0) return "today";
  if (days === 1) return "yesterday";
  if (days < 7) return "weekday";
  return then.slice(0, 4) === today.slice(0, 4) ? "dayOfYear" : "date";
}
