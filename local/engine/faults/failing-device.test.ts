// A disk that takes nothing at all, under the engine as people start it: its files may not grow any more, and later may again.
import { execFileSync } from "node:child_process";
import { ConvexClient } from "convex/browser";
import { makeFunctionReference } from "convex/server";
import { describe, expect, it, onTestFinished } from "vitest";
import { z } from "zod";
import { callOverHttp, copyFixture, startProgram, type Program } from "../testing/program.ts";

const SOON = { timeout: 30_000, interval: 50 };
const LIMIT_MS = 60_000;
const ADD = makeFunctionReference<"mutation">("effects:add");

describe.skipIf(!canLimit())("a disk that takes nothing", () => {
  it(
    "ends neither the process nor its jobs: what was due runs once as soon as it takes something",
    async () => {
      const program = await startProgram(copyFixture("endurance"));
      const schedule = (key: string, delayMs: number) =>
        callOverHttp(program.url, "effects:schedule", {
          delayMs,
          path: key === "action" ? "effects:act" : "effects:note",
          args: key === "action" ? { key } : { key, by: "job" },
        });
      for (const key of ["a", "b", "action"]) await schedule(key, 1_500);
      limitFiles(program, "1");
      await expect(callOverHttp(program.url, "effects:note", { key: "no", by: "call" })).rejects.toThrow(
        "The database's disk does not take what is written (disk I/O error): nothing of this was.",
      );
      const client = new ConvexClient(program.url, { logger: false });
      onTestFinished(() => client.close());
      await expect(client.mutation(ADD, { key: "no" })).rejects.toThrow("does not take what is written");
      // The jobs came due, and could not be started.
      await expect.poll(() => program.printed().split("does not take what is written").length, SOON).toBeGreaterThan(8);
      expect(program.child.exitCode).toBeNull();

      limitFiles(program, "unlimited");
      const of = (key: string) => callOverHttp(program.url, "effects:of", { key });
      await expect.poll(() => Promise.all(["a", "b", "action"].map(of)), SOON).toEqual([["job"], ["job"], ["action"]]);
      expect(await of("no")).toEqual([]);
      await client.mutation(ADD, { key: "yes" });
      await expect.poll(() => of("yes"), SOON).toHaveLength(3);
      expect(z.array(z.string()).parse(await callOverHttp(program.url, "effects:jobs"))).toEqual(
        expect.not.arrayContaining([expect.stringMatching(/pending|inProgress|failed/)]),
      );
    },
    LIMIT_MS,
  );
});

/** How large a file of the process may get, bytes. Node leaves the signal that says so ignored. */
function limitFiles({ child }: Program, bytes: string): void {
  execFileSync("prlimit", ["--pid", String(child.pid), `--fsize=${bytes}:unlimited`]);
}

function canLimit(): boolean {
  try {
    execFileSync("prlimit", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
