// What the queue does with jobs that cannot run, or not yet.
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { copyFixture } from "../testing/program.ts";
import { assertNoFaults, startTestWorld, type TestWorld } from "../testing/world.ts";
import type { Json } from "../types.ts";

const HOUR_MS = 3_600_000;
const STATES = z.array(
  z.object({ name: z.string(), state: z.object({ kind: z.string(), error: z.string().optional() }) }),
);

let world: TestWorld;
afterEach(async () => {
  assertNoFaults(world);
  await world.close();
});

const later = (path: string, args: Json = {}, delayMs = 0) => world.call("jobs:later", { delayMs, path, args });
const states = async () => STATES.parse(await world.call("jobs:states"));
const kinds = async () => (await states()).map(({ state }) => state.kind);
const notes = () => world.call("notes:list");

describe("a long queue", () => {
  it("of actions without a free place holds up no mutation behind it", async () => {
    world = await startTestWorld("calls");
    for (let n = 0; n < 100; n++) await later("jobs:actionHangs");
    await later("notes:add", { text: "past a hundred" });
    await expect.poll(notes).toContain("past a hundred");
    expect((await kinds()).filter((kind) => kind === "inProgress")).toHaveLength(8);
  });

  it("of mutations runs to its end, in the order of their times", async () => {
    world = await startTestWorld("calls");
    const texts = Array.from({ length: 200 }, (_, n) => `n${String(n).padStart(3, "0")}`);
    for (const text of texts.toReversed()) await later("notes:add", { text }, HOUR_MS + Number(text.slice(1)));
    world.advance(2 * HOUR_MS);
    await expect.poll(async () => (await kinds()).filter((kind) => kind !== "success")).toEqual([]);
    const ran = z.array(z.string()).parse(await notes());
    expect(ran.filter((text) => /^n\d/.test(text))).toEqual(texts);
  });
});

describe("a job whose function is gone by its time", () => {
  it("fails, and nothing else does", async () => {
    const { convex } = copyFixture("calls");
    writeFileSync(
      join(convex, "passing.ts"),
      `import { mutationGeneric as mutation } from "convex/server"; export const soon = mutation(async () => null);`,
    );
    world = await startTestWorld("calls", { directory: convex });
    await later("passing:soon", {}, HOUR_MS);
    await later("notes:add", { text: "still here" }, HOUR_MS);
    rmSync(join(convex, "passing.ts"));
    await world.running.reload();
    world.advance(HOUR_MS);
    await expect.poll(kinds).toEqual(["failed", "success"]);
    const [gone] = await states();
    expect(gone?.state.error).toBe("The scheduled function passing:soon does not exist any more.");
  });

  it("fails too when its whole component was uninstalled, over a restart as well", async () => {
    const { convex } = copyFixture("parts");
    world = await startTestWorld("parts", { directory: convex });
    const schedule = () => world.call("vaults:laterInAnHour", { name: "add", args: { text: "x" } });
    await schedule();
    await schedule();
    for (const name of ["vault", "limits.ts"]) rmSync(join(convex, name), { recursive: true });
    writeFileSync(
      join(convex, "convex.config.ts"),
      `import { defineApp } from "convex/server"; export default defineApp();`,
    );
    await world.running.reload();
    await world.restart();
    world.advance(HOUR_MS);
    await expect
      .poll(() => world.call("vaults:jobs"))
      .toEqual(
        Array(2).fill({
          name: "entries.js:add",
          state: { kind: "failed", error: "The scheduled function entries:add does not exist any more." },
        }),
      );
  });
});

describe("a reload that is refused", () => {
  it("leaves functions, crons and jobs as they were", async () => {
    const { convex } = copyFixture("calls");
    world = await startTestWorld("calls", { directory: convex });
    await expect.poll(notes).toEqual(["minute"]);
    writeFileSync(
      join(convex, "crons.ts"),
      `import { anyApi, cronJobs } from "convex/server";
       const crons = cronJobs();
       crons.cron("each hour", "5 * * *", anyApi.notes.add, { text: "hour" });
       export default crons;`,
    );
    writeFileSync(join(convex, "jobs.ts"), "export {};");
    await expect(world.running.reload()).rejects.toThrow('Cron "each hour"');
    await later("notes:add", { text: "by the old functions" }, 60_000);
    world.advance(60_000);
    const sorted = async () =>
      z
        .array(z.string())
        .parse(await notes())
        .sort();
    await expect.poll(sorted).toEqual(["by the old functions", "minute", "minute"]);
  });
});
