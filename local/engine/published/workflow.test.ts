import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { advanceBy, advanceUntil } from "../testing/time.ts";
import { assertNoFaults, startTestWorld, type TestWorld } from "../testing/world.ts";
import type { Json } from "../types.ts";

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

let world: TestWorld;
beforeAll(async () => {
  world = await startTestWorld("components");
});
afterAll(() => world.close());
afterEach(() => assertNoFaults(world));

const events = async (topic: string) => z.array(z.string()).parse(await world.call("events:list", { topic }));
const status = (id: Json) => world.call("flows:status", { id });
const isAt = (id: Json, type: string) => async () =>
  z.object({ type: z.string() }).parse(await status(id)).type === type;

describe("@convex-dev/workflow", () => {
  it("does each step once, in order, over a restart of the engine, and gives what it made", async () => {
    const id = await world.call("flows:start", { flow: "onboard", args: { name: "Ada" } });
    await advanceBy(world, HOUR_MS / 2, MINUTE_MS);
    expect([await events("greeted"), await events("flow")]).toEqual([["Ada"], []]);
    await world.restart();
    await advanceUntil(world, async () => (await events("flow")).length === 2, {
      stepMs: MINUTE_MS / 2,
      limitMs: HOUR_MS,
    });
    await advanceBy(world, MINUTE_MS, MINUTE_MS / 60);
    expect(await status(id)).toEqual({ type: "inProgress", result: null });
    await world.call("flows:answer", { id, value: "yes" });
    await advanceUntil(world, isAt(id, "completed"));
    expect(await status(id)).toEqual({ type: "completed", result: "Hello Ada yes" });
    expect(await events("greeted")).toEqual(["Ada"]);
    expect((await events("flow")).toSorted()).toEqual(["Hello Ada 1", "Hello Ada 2"]);
    await advanceUntil(world, async () => (await events("flow ended")).includes("success"));
  });

  it("tries a step again, fails with it, and tells so", async () => {
    const id = await world.call("flows:start", { flow: "stumble", args: {} });
    await advanceUntil(world, isAt(id, "failed"));
    expect(await events("stumbled")).toHaveLength(3);
    await advanceUntil(world, async () => (await events("flow ended")).includes("failed"));
  });

  it("does no further step once it is canceled, nor after a restart", async () => {
    const id = await world.call("flows:start", { flow: "onboard", args: { name: "Bob" } });
    await advanceUntil(world, async () => (await events("greeted")).includes("Bob"));
    await advanceBy(world, MINUTE_MS, MINUTE_MS / 60);
    await world.call("flows:cancel", { id });
    await world.restart();
    await advanceBy(world, 2 * HOUR_MS, MINUTE_MS);
    expect(await status(id)).toEqual({ type: "canceled", result: null });
    expect(await events("flow")).not.toContain("Hello Bob 1");
  });
});
