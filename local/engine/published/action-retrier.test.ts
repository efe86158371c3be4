import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { advanceBy, advanceUntil } from "../testing/time.ts";
import { assertNoFaults, startTestWorld, type TestWorld } from "../testing/world.ts";
import type { Json } from "../types.ts";

let world: TestWorld;
beforeAll(async () => {
  world = await startTestWorld("components");
});
afterAll(() => world.close());
afterEach(() => assertNoFaults(world));

const STATUS = z.object({ type: z.string(), result: z.record(z.string(), z.unknown()).optional() });
const status = async (id: Json) => STATUS.parse(await world.call("retries:status", { id }));
const isCompleted = (id: Json) => async () => (await status(id)).type === "completed";
const events = (topic: string) => world.call("events:list", { topic });
const start = (topic: string, failures: number) => world.call("retries:start", { topic, failures });

describe("@convex-dev/action-retrier", () => {
  it("tries an action again until it goes well, and tells what it gave", async () => {
    const id = await start("twice", 2);
    await advanceUntil(world, isCompleted(id));
    expect((await status(id)).result).toEqual({ type: "success", returnValue: "went well after 3 tries" });
    expect(await events("retried")).toEqual(["success"]);
  });

  it("waits longer each time", async () => {
    const id = await start("waits", 9);
    const began = world.clock.time;
    const after: number[] = [];
    for (let tries = 2; tries <= 4; tries++) {
      await advanceUntil(world, async () => z.array(z.string()).parse(await events("waits")).length === tries);
      after.push(world.clock.time - began);
    }
    await advanceUntil(world, isCompleted(id));
    // Half to one and a half times 2, 4 and 8 seconds, one after the other.
    expect(after[0]).toBeGreaterThanOrEqual(1_000);
    expect((after[1] ?? 0) - (after[0] ?? 0)).toBeGreaterThanOrEqual(1_900);
    expect((after[2] ?? 0) - (after[1] ?? 0)).toBeGreaterThanOrEqual(3_900);
  });

  it("gives up after as many failures as it may have", async () => {
    const id = await start("never", 99);
    await advanceUntil(world, isCompleted(id));
    expect((await status(id)).result).toMatchObject({ type: "failed" });
    expect(await events("never")).toHaveLength(4);
    expect(await events("retried")).toContain("failed");
  });

  it("tries no more when it is canceled", async () => {
    const id = await start("canceled", 99);
    await advanceUntil(world, async () => z.array(z.string()).parse(await events("canceled")).length === 1);
    await world.call("retries:cancel", { id });
    await advanceBy(world, 60_000, 1_000);
    expect([await events("canceled"), (await status(id)).result]).toEqual([["tried"], { type: "canceled" }]);
  });

  it("goes on after a restart between two tries", async () => {
    const id = await start("restarted", 1);
    await advanceUntil(world, async () => z.array(z.string()).parse(await events("restarted")).length === 1);
    await advanceBy(world, 500); // the first try has ended, the second comes after one second at the soonest
    await world.restart();
    await advanceUntil(world, isCompleted(id));
    expect((await status(id)).result).toMatchObject({ type: "success" });
  });
});
