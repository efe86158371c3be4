// A clock that steps back, as one does that was wrong: what was promised by it comes about, once, and nothing runs backwards.
import { ConvexClient } from "convex/browser";
import { makeFunctionReference } from "convex/server";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { z } from "zod";
import { advanceBy } from "../testing/time.ts";
import { assertNoFaults, startTestWorld, type TestWorld } from "../testing/world.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const TEXTS = z.array(z.string());
const ADD = makeFunctionReference<"mutation">("effects:add");
const NEWEST = makeFunctionReference<"query">("effects:newest");

let world: TestWorld;
beforeEach(async () => {
  world = await startTestWorld("endurance");
  onTestFinished(async () => {
    assertNoFaults(world);
    await world.close();
  });
});

const note = (key: string) => world.call("effects:note", { key, by: "call" });
const schedule = (key: string, delayMs: number) =>
  world.call("effects:schedule", { delayMs, path: "effects:note", args: { key, by: "job" } });
const of = async (key: string) => TEXTS.parse(await world.call("effects:of", { key }));
const newest = async () => TEXTS.parse(await world.call("effects:newest", { count: 3 }));

describe("when the clock steps back an hour", () => {
  it("what is written later still comes later, over a restart too", async () => {
    await note("a");
    world.clock.time -= HOUR_MS;
    await note("b");
    await world.restart();
    await note("c");
    expect(await newest()).toEqual(["c call", "b call", "a call"]);
  });

  it("timestamps go on growing, so that clients that stay are told of everything", async () => {
    const client = new ConvexClient(world.running.url, { logger: false });
    onTestFinished(() => client.close());
    let latest: unknown = null;
    client.onUpdate(NEWEST, { count: 1 }, (value: unknown) => (latest = value));
    await client.mutation(ADD, { key: "a" });
    const before = world.running.engine.latestTimestamp();
    world.clock.time -= HOUR_MS;
    await note("b");
    expect(world.running.engine.latestTimestamp()).toBeGreaterThan(before);
    await expect
      .poll(async () => JSON.stringify(latest) === JSON.stringify(await world.call("effects:newest", { count: 1 })))
      .toBe(true);
    expect(client.client.connectionState().connectionCount).toBe(1);
  });

  it("what was due before stays done, and what was to come waits for its time, and runs once", async () => {
    await schedule("soon", MINUTE_MS);
    await schedule("later", 2 * HOUR_MS);
    await advanceBy(world, MINUTE_MS, MINUTE_MS);
    await expect.poll(() => of("soon")).toEqual(["job"]);
    world.advance(-HOUR_MS);
    await advanceBy(world, 2 * HOUR_MS, 10 * MINUTE_MS);
    expect([await of("soon"), await of("later")]).toEqual([["job"], []]);
    await advanceBy(world, HOUR_MS, 10 * MINUTE_MS);
    await expect.poll(() => of("later")).toEqual(["job"]);
  });

  it("what is scheduled after it counts from the time that it is then", async () => {
    world.advance(-HOUR_MS);
    await schedule("now", MINUTE_MS);
    await advanceBy(world, MINUTE_MS - 1, MINUTE_MS - 1);
    expect(await of("now")).toEqual([]);
    await advanceBy(world, 1, 1);
    await expect.poll(() => of("now")).toEqual(["job"]);
  });

  it("a cron that has run does not run again until its next time", async () => {
    const loads = async () => z.number().parse(await world.call("ballast:count"));
    await advanceBy(world, HOUR_MS, 10 * MINUTE_MS);
    await expect.poll(loads).toBe(1);
    world.advance(-HOUR_MS);
    await advanceBy(world, 3 * HOUR_MS, 10 * MINUTE_MS);
    expect(await loads()).toBe(1);
  });

  it("an upload URL that was given out before still takes a file", async () => {
    const url = z.string().parse(await world.call("files:uploadUrl"));
    world.advance(-HOUR_MS);
    expect((await fetch(url, { method: "POST", body: "x" })).status).toBe(200);
  });
});
