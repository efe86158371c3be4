import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { startTestWorld, type TestWorld } from "../testing.ts";

const MINUTE_MS = 60_000;

let world: TestWorld;
beforeEach(async () => {
  world = await startTestWorld("calls"); // its clock stands at 06:00 UTC
  await vi.waitUntil(async () => JSON.stringify(await notes()) === '["minute"]');
});
afterEach(() => world.close());

const notes = () => world.call("notes:list");

describe("crons", () => {
  it("fire an interval when it is first seen, then on its grid", async () => {
    world.advance(MINUTE_MS - 1);
    expect(await notes()).toEqual(["minute"]);
    world.advance(1);
    await expect.poll(notes).toEqual(["minute", "minute"]);
  });

  it("fire an expression in UTC", async () => {
    world.advance(60 * MINUTE_MS);
    await expect.poll(notes).toContain("seven");
  });

  it("skip what was missed instead of queueing it", async () => {
    world.advance(10 * MINUTE_MS);
    await expect.poll(notes).toEqual(["minute", "minute"]);
  });

  it("keep their rhythm over a restart and a reload", async () => {
    world.clock.time += MINUTE_MS / 2;
    await world.restart();
    await world.running.reload();
    expect(await notes()).toEqual(["minute"]);
    world.advance(MINUTE_MS / 2);
    await expect.poll(notes).toEqual(["minute", "minute"]);
  });
});
