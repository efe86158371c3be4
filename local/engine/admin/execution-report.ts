import { fullName } from "../functions/addresses.ts";
import { MAX_OWN_MS } from "../values/limits.ts";
import type { Execution } from "./execution-log.ts";

/** What the terminal says of an execution that ended, beside what it logged itself: how it failed, and that it was slow. */
export function reportExecution({
  kind,
  component,
  path,
  durationMs,
  error,
}: Execution): { path: string; line: string }[] {
  const lines = error === null ? [] : [`[ERROR] ${error}`];
  if (durationMs > MAX_OWN_MS && (kind === "query" || kind === "mutation")) {
    const took = (durationMs / 1000).toFixed(1);
    lines.push(`[WARN] This ${kind} took ${took} s; production ends one after a second of its own code.`);
  }
  return lines.map((line) => ({ path: fullName(component, path), line }));
}
