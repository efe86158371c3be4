import { describe, expect, it } from "vitest";
import { runStage, runStages, type Stage } from "./stages.ts";

const LIMIT_MS = 10_000;

describe("a stage", () => {
  it("keeps what the program printed and that it ended well", async () => {
    const outcome = await runStage(shell("says", "echo out; echo err >&2"));
    expect(outcome).toMatchObject({ name: "says", ok: true, reason: "" });
    expect(outcome.output).toContain("out\n");
    expect(outcome.output).toContain("err\n");
  });

  it("fails with the program's status", async () => {
    expect(await runStage(shell("fails", "exit 3"))).toMatchObject({ ok: false, reason: "ended with 3" });
  });

  it("fails when the program does not exist", async () => {
    const outcome = await runStage({ name: "none", command: ["no-such-program"], limitMs: LIMIT_MS });
    expect(outcome.ok).toBe(false);
    expect(outcome.reason).toContain("could not start no-such-program");
  });

  it("is killed at its limit, with what it started", async () => {
    // The grandchild holds the pipe open: the stage could not end if it lived on.
    const outcome = await runStage({ ...shell("hangs", "sleep 60 & wait"), limitMs: 100 });
    expect(outcome).toMatchObject({ ok: false, reason: "stopped after its limit of 0.1 s" });
    expect(outcome.elapsedMs).toBeLessThan(LIMIT_MS);
  });
});

describe("several stages", () => {
  it("answer in their order and all run, whichever fails", async () => {
    const outcomes = await runStages([shell("a", "exit 1"), shell("b", "true"), shell("c", "true")], 2);
    expect(outcomes.map(({ name, ok }) => [name, ok])).toEqual([
      ["a", false],
      ["b", true],
      ["c", true],
    ]);
  });
});

function shell(name: string, script: string): Stage {
  return { name, command: ["sh", "-c", script], limitMs: LIMIT_MS };
}
