import { shownPath } from "../functions/addresses.ts";
import type { Execution } from "./execution-log.ts";

/** Longer than this, production would have ended a query or mutation: a second of its own code. */
const ONE_SECOND_MS = 1000;

/** What the terminal says of an execution that ended, beside what it logged itself: how it failed, and that it was slow. */
export function reportExecution({
  kind,
  component,
  path,
  durationMs,
  error,
}: Execution): { path: string; line: string }[] {
  const name = component === "" ? shownPath(path) : `${component}/${shownPath(path)}`;
  const lines = error === null ? [] : [`[ERROR] ${error}`];
  if (durationMs > ONE_SECOND_MS && (kind === "query" || kind === "mutation")) {
    const took = (durationMs / 1000).toFixed(1);
    lines.push(`[WARN] This ${kind} took ${took} s; production ends one after a second of its own code.`);
  }
  return lines.map((line) => ({ path: name, line }));
}
