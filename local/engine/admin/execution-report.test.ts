import { describe, expect, it } from "vitest";
import type { Execution } from "./execution-log.ts";
import { reportExecution } from "./execution-report.ts";

function report(more: Partial<Execution>) {
  const quick = {
    kind: "query",
    component: "",
    path: "m:f",
    startedAt: 0,
    durationMs: 10,
    logLines: [],
    error: null,
  } as const;
  return reportExecution({ ...quick, ...more });
}

describe("the terminal", () => {
  it("says nothing of what went well in good time", () => {
    expect(report({})).toEqual([]);
    expect(report({ durationMs: 1000 })).toEqual([]);
  });

  it("shows a failure with its frames, under the function's name and its component's", () => {
    const error = "Uncaught Error: no\n    at handler (../convex/m.ts:1:2)";
    expect(report({ error })).toEqual([{ path: "m:f", line: `[ERROR] ${error}` }]);
    expect(report({ error, component: "a/b", path: "m:default" })).toEqual([
      { path: "a/b/m", line: `[ERROR] ${error}` },
    ]);
  });

  it.each(["query", "mutation"] as const)("warns of a %s that production would have ended", (kind) => {
    expect(report({ kind, durationMs: 1234 })).toEqual([
      { path: "m:f", line: `[WARN] This ${kind} took 1.2 s; production ends one after a second of its own code.` },
    ]);
  });

  it.each(["action", "httpAction"] as const)("lets an %s take its time", (kind) => {
    expect(report({ kind, durationMs: 60_000 })).toEqual([]);
  });

  it("says both of what was slow and failed", () => {
    expect(report({ durationMs: 5000, error: "late" })).toHaveLength(2);
  });
});
