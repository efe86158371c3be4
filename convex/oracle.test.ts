import { describe, expect, it } from "vitest";
import { internal } from "./_generated/api";
import { makeBackend, oracle } from "./test.setup.ts";

describe("the oracle", () => {
  it("is the one that the project stands for", ({ task }) => {
    expect({ product: "convex-test", engine: "engine" }).toHaveProperty([task.file.projectName ?? ""], oracle);
  });

  it("is behind every backend: the engine names a job as production does", async () => {
    const names = await makeBackend().run(async (ctx) => {
      await ctx.scheduler.runAfter(60_000, internal.webchat.jobs.retireLimits, {});
      return (await ctx.db.system.query("_scheduled_functions").collect()).map(({ name }) => name);
    });
    expect(names).toEqual([`webchat/jobs${oracle === "engine" ? ".js" : ""}:retireLimits`]);
  });
});
