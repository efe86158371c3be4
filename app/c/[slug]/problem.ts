import { ConvexError } from "convex/values";
import { errorCode } from "@/lib/errors.ts";

/** Why a message did not go: too many at once (with the seconds to wait), the chat was closed, or anything else. */
export type Problem = { kind: "tooFast"; seconds: number } | { kind: "closed" } | { kind: "failed" };

export function problemOf(error: unknown): Problem {
  switch (errorCode(error)) {
    case "rate_limited":
      return { kind: "tooFast", seconds: Math.max(1, Math.ceil(retryAfterOf(error) / 1000)) };
    case "unavailable":
      return { kind: "closed" };
    default:
      return { kind: "failed" };
  }
}

function retryAfterOf(error: unknown): number {
  if (!(error instanceof ConvexError)) return 0;
  const { data }: { data: unknown } = error;
  const ms = typeof data === "object" && data !== null ? Reflect.get(data, "retryAfterMs") : undefined;
  return typeof ms === "number" ? ms : 0;
}
