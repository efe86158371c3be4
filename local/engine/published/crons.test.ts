import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { advanceBy } from "../testing/time.ts";
import { assertNoFaults, startTestWorld, type TestWorld } from "../testing/world.ts";
import type { JsonObject } from "../types.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

let world: TestWorld;
beforeAll(async () => {
  world = await startTestWorld("components");
});
afterAll(() => world.close());
afterEach(() => assertNoFaults(world));

const FIRED = z.array(z.string());
/** How often the cron of this name fired. */
const fired = async (name: string) =>
  FIRED.parse(await world.call("events:list", { topic: "fired" })).filter((each) => each === name).length;
const register = (name: string, schedule: JsonObject) => world.call("rhythms:register", { name, schedule });

describe("@convex-dev/crons", () => {
  it("fires what was registered while the app runs, in its rhythm", async () => {
    await register("often", { kind: "interval", ms: 10_000 });
    await advanceBy(world, 9_900);
    expect(await fired("often")).toBe(0);
    await advanceBy(world, 25_100);
    expect(await fired("often")).toBe(3);
  });

  it("fires an expression in its time zone", async () => {
    await advanceBy(world, DAY_MS - (world.clock.time % DAY_MS), HOUR_MS); // to midnight UTC
    await register("21:30 in São Paulo", { kind: "cron", cronspec: "30 21 * * *", tz: "America/Sao_Paulo" });
    await register("21:30", { kind: "cron", cronspec: "30 21 * * *" });
    const both = async () => [await fired("21:30 in São Paulo"), await fired("21:30")];
    await advanceBy(world, 29 * MINUTE_MS, MINUTE_MS);
    expect(await both()).toEqual([0, 0]);
    await advanceBy(world, 2 * MINUTE_MS, MINUTE_MS / 4);
    expect(await both()).toEqual([1, 0]);
    await advanceBy(world, DAY_MS, 10 * MINUTE_MS);
    expect(await both()).toEqual([2, 1]);
  });

  it("keeps it over a restart", async () => {
    await register("hourly", { kind: "interval", ms: HOUR_MS });
    await world.restart();
    await advanceBy(world, HOUR_MS, MINUTE_MS);
    expect(await fired("hourly")).toBe(1);
  });

  it("fires no more once it is removed, and its name is free again", async () => {
    const schedule = { kind: "interval", ms: 10_000 };
    await register("removed", schedule);
    await expect(register("removed", schedule)).rejects.toThrow("already exists");
    await world.call("rhythms:remove", { name: "removed" });
    await advanceBy(world, MINUTE_MS, 1_000);
    expect(await world.call("rhythms:list")).not.toContain("removed");
    expect(await fired("removed")).toBe(0);
    await register("removed", schedule);
    expect(await world.call("rhythms:list")).toContain("removed");
  });

  it("refuses a schedule that cannot be kept", async () => {
    await expect(register("never", { kind: "cron", cronspec: "soon" })).rejects.toThrow("Invalid cronspec");
    await expect(register("always", { kind: "interval", ms: 10 })).rejects.toThrow("Interval must be");
  });
});
