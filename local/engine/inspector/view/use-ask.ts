import { useQueries } from "convex/react";
import { makeFunctionReference } from "convex/server";
import type { Value } from "convex/values";
import { useMemo } from "react";
import type { z } from "zod";

export type Asked<T> = { state: "loading" } | { state: "failed"; reason: string } | { state: "ready"; value: T };

/** A query of the inspector's, live. */
export function useAsk<T>(name: string, args: Record<string, Value>, schema: z.ZodType<T>): Asked<T> {
  const text = JSON.stringify([name, args]);
  const queries = useMemo(
    () => ({ asked: { query: makeFunctionReference<"query">(`_system/inspector/${name}`), args } }),
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- arguments are the same when they say the same
    [text],
  );
  const { asked } = useQueries(queries);
  return useMemo(() => {
    if (asked === undefined) return { state: "loading" };
    if (asked instanceof Error) return { state: "failed", reason: asked.message };
    return { state: "ready", value: schema.parse(asked) };
  }, [asked, schema]);
}
