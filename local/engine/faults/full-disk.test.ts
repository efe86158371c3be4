// A disk without room: what has none is refused with words, what is due stays due, and all goes on once there is room.
import { ConvexClient } from "convex/browser";
import { makeFunctionReference } from "convex/server";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { z } from "zod";
import { advanceBy, advanceUntil } from "../testing/time.ts";
import { startTestWorld, type TestWorld } from "../testing/world.ts";

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const LARGE = { characters: 100_000 };
const LOAD = makeFunctionReference<"mutation">("ballast:load");
const COUNT = makeFunctionReference<"query">("ballast:count");
const FULL = "The disk is full: nothing of this was written. Free some space; the engine goes on by itself.";

let world: TestWorld;
beforeEach(async () => {
  world = await startTestWorld("endurance", { maxPages: 400 });
  onTestFinished(() => world.close());
});

const call = (path: string, args = {}) => world.call(path, args);
const schedule = (path: string, args = {}) => call("effects:schedule", { delayMs: MINUTE_MS, path, args });
const jobsAre = (...jobs: string[]) =>
  advanceUntil(world, async () => JSON.stringify(await call("effects:jobs")) === JSON.stringify(jobs));
const faultsSaid = () => world.faults.map(String);

/** Until nothing large fits any more. Gives how many did. */
async function fillDisk(): Promise<number> {
  for (let n = 0; ; n++) {
    const failure = await call("ballast:load", LARGE).then(() => null, String);
    if (failure === null) continue;
    world.faults.length = 0;
    if (failure.includes(FULL)) return n;
    throw new Error(failure);
  }
}

async function makeRoom(): Promise<void> {
  await call("ballast:drop");
}

describe("a scheduled mutation without room", () => {
  it("stays due, and runs once when there is room", async () => {
    await schedule("ballast:load", LARGE);
    await fillDisk();
    world.advance(MINUTE_MS);
    await expect.poll(faultsSaid).toContain(`Error: ${FULL}`);
    expect(await call("effects:jobs")).toEqual(["ballast.js:load pending"]);
    await makeRoom();
    await jobsAre("ballast.js:load success");
    expect(await call("ballast:count")).toBe(1);
  });

  it("holds up no other that has room", async () => {
    await schedule("ballast:load", LARGE);
    await schedule("effects:note", { key: "small", by: "job" });
    await fillDisk();
    world.advance(MINUTE_MS);
    await jobsAre("ballast.js:load pending", "effects.js:note success");
    expect(await call("effects:of", { key: "small" })).toEqual(["job"]);
  });

  it("and without room for what it failed with has failed once there is some", async () => {
    await schedule("ballast:failAtLength", LARGE);
    await fillDisk();
    world.advance(MINUTE_MS);
    await expect.poll(faultsSaid).toContain(`Error: ${FULL}`);
    expect(await call("effects:jobs")).toEqual(["ballast.js:failAtLength pending"]);
    await makeRoom();
    await jobsAre("ballast.js:failAtLength failed");
  });
});

describe("a scheduled action whose end has no room", () => {
  it("is not run again: its end is noted when there is room", async () => {
    await schedule("ballast:failAtLengthInAction", LARGE);
    await fillDisk();
    world.advance(MINUTE_MS);
    await expect.poll(faultsSaid).toContain(`Error: ${FULL}`);
    expect(await call("effects:jobs")).toEqual(["ballast.js:failAtLengthInAction inProgress"]);
    await makeRoom();
    await jobsAre("ballast.js:failAtLengthInAction failed");
    expect(await call("effects:of", { key: "action" })).toEqual(["run"]);
  });

  it("is not run again by a restart either: it has failed", async () => {
    await schedule("ballast:failAtLengthInAction", LARGE);
    await fillDisk();
    world.advance(MINUTE_MS);
    await expect.poll(faultsSaid).toContain(`Error: ${FULL}`);
    await makeRoom();
    await world.restart();
    await jobsAre("ballast.js:failAtLengthInAction failed");
    expect(await call("effects:of", { key: "action" })).toEqual(["run"]);
  });
});

describe("a cron without room", () => {
  it("is reported, and runs once when there is room", async () => {
    await fillDisk();
    world.advance(HOUR_MS);
    await expect
      .poll(faultsSaid)
      .toContainEqual(expect.stringContaining(`Cron "ballast at seven" waits: Error: ${FULL}`));
    await makeRoom();
    await advanceUntil(world, async () => (await call("ballast:count")) === 1);
    await advanceBy(world, HOUR_MS, HOUR_MS / 20);
    expect(await call("ballast:count")).toBe(1);
  });
});

describe("a client's mutation without room", () => {
  it("fails with words; its socket, its subscriptions and what comes next live", async () => {
    const before = await fillDisk();
    const client = new ConvexClient(world.running.url, { logger: false });
    onTestFinished(() => client.close());
    let latest: unknown = null;
    client.onUpdate(COUNT, {}, (value: unknown) => (latest = value));
    await expect(client.mutation(LOAD, LARGE)).rejects.toThrow(FULL);
    await expect.poll(() => latest).toBe(before);
    await makeRoom();
    await client.mutation(LOAD, LARGE);
    expect(latest).toBe(1);
    expect(client.client.connectionState().connectionCount).toBe(1);
  });

  it("has not happened in part, though the function caught what was thrown", async () => {
    await fillDisk();
    await expect(call("ballast:loadStubbornly", LARGE)).rejects.toThrow(FULL);
    expect(await call("effects:of", { key: "stubborn" })).toEqual([]);
  });
});

describe("a start without room", () => {
  it("serves what is there, and takes more when there is room", async () => {
    const before = await fillDisk();
    await world.restart();
    expect(await call("ballast:count")).toBe(before);
    await expect(call("ballast:load", LARGE)).rejects.toThrow(FULL);
    await makeRoom();
    await call("ballast:load", LARGE);
    expect(await call("ballast:count")).toBe(1);
  });

  it("for a new file ends with words", async () => {
    await expect(startTestWorld("endurance", { maxPages: 2 })).rejects.toThrow(
      /^The database .*sqlite cannot be opened\. The disk is full: nothing of this was written\. Free some space/,
    );
  });
});

describe("an upload without room", () => {
  it("is refused, and its URL still takes one when there is room", async () => {
    const before = await fillDisk();
    const url = z.string().parse(await call("files:uploadUrl"));
    const upload = () => fetch(url, { method: "POST", body: "x".repeat(LARGE.characters) });
    expect((await upload()).status).toBe(500);
    expect(faultsSaid()).toEqual([`Error: ${FULL}`]);
    expect(await call("ballast:count")).toBe(before);
    await makeRoom();
    expect((await upload()).status).toBe(200);
  });
});
