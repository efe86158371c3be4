import type { FunctionAnswer, Stat } from "./answers.ts";

export type FunctionRow = Pick<FunctionAnswer, "component" | "path" | "visibility" | "args"> & {
  kind: Stat["kind"];
  /** Null for a function that nobody called. */
  stat: Stat | null;
};

/** All functions with their calls, those that were called most first; routes are there once they were asked for. */
export function listFunctionRows(functions: readonly FunctionAnswer[], stats: readonly Stat[]): FunctionRow[] {
  const byKey = new Map(stats.map((stat) => [keyOf(stat), stat]));
  const known = new Set(functions.map(keyOf));
  const routes = stats.filter((stat) => !known.has(keyOf(stat)));
  return [
    ...functions.map((one) => ({ ...one, stat: byKey.get(keyOf(one)) ?? null })),
    ...routes.map((stat) => ({ ...stat, visibility: "public" as const, args: "", stat })),
  ].toSorted((a, b) => (b.stat?.calls ?? 0) - (a.stat?.calls ?? 0) || (keyOf(a) < keyOf(b) ? -1 : 1));
}

function keyOf({ component, path }: { component: string; path: string }): string {
  return `${component}:${path}`;
}
