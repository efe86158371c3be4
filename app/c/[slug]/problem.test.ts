import { ConvexError } from "convex/values";
import { expect, it } from "vitest";
import { problemOf } from "./problem.ts";

it.each([
  { error: new ConvexError({ code: "rate_limited", retryAfterMs: 2_100 }), problem: { kind: "tooFast", seconds: 3 } },
  { error: new ConvexError({ code: "rate_limited" }), problem: { kind: "tooFast", seconds: 1 } },
  { error: new ConvexError({ code: "unavailable", what: "webchat" }), problem: { kind: "closed" } },
  { error: new ConvexError("words"), problem: { kind: "failed" } },
  { error: new Error("line is down"), problem: { kind: "failed" } },
])("$error.data is the problem $problem.kind", ({ error, problem }) => {
  expect(problemOf(error)).toEqual(problem);
});
