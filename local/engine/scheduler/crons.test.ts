import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { copyFixture } from "../testing/program.ts";
import { startTestWorld, type TestWorld } from "../testing/world.ts";

const MINUTE_MS = 60_000;

const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

describe("crons", () => {
  let world: TestWorld;
  beforeEach(async () => {
    world = await startTestWorld("calls"); // its clock stands at 06:00 UTC
    await vi.waitUntil(async () => JSON.stringify(await notes()) === '["minute"]');
  });
  afterEach(() => world.close());

  const notes = () => world.call("notes:list");

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

let marks = 0;

/** An app whose crons are these lines; the clock stands at 06:00 UTC on Monday, 5 January 2026. Each run leaves its name. */
async function startWithCrons(lines: string) {
  const { convex } = copyFixture("calls");
  const write = (text: string) =>
    writeFileSync(
      join(convex, "crons.ts"),
      `import { anyApi, cronJobs } from "convex/server";
       const crons = cronJobs();
       const { add } = anyApi.notes;
       ${text}
       export default crons;`,
    );
  write(lines);
  const printed: string[] = [];
  const onLog = ({ path, line }: { path: string; line: string }) => printed.push(`${path} ${line.split("\n")[0]}`);
  const world = await startTestWorld("calls", { directory: convex, onLog });
  onTestFinished(() => world.close());
  const notes = () => world.call("notes:list");
  return {
    world,
    notes,
    /** What the terminal showed, first lines only. */
    printed,
    /** Replaces the crons as saving the file does. */
    reload: async (text: string) => {
      write(text);
      await world.running.reload();
    },
    /** Lets everything run that is due; a job scheduled now runs after the crons have been looked at. */
    settle: async () => {
      world.running.wake();
      const mark = `mark ${++marks}`;
      await world.call("jobs:later", { delayMs: 0, path: "notes:add", args: { text: mark } });
      await expect.poll(notes).toContain(mark);
      const { length } = JSON.stringify(await notes()).match(/"run"/g) ?? [];
      return length ?? 0;
    },
  };
}

const CALENDAR = `
  crons.hourly("h", { minuteUTC: 30 }, add, { text: "hourly" });
  crons.daily("d", { hourUTC: 8, minuteUTC: 15 }, add, { text: "daily" });
  crons.weekly("w", { dayOfWeek: "tuesday", hourUTC: 0, minuteUTC: 0 }, add, { text: "weekly" });
  crons.monthly("m", { day: 31, hourUTC: 12, minuteUTC: 0 }, add, { text: "monthly" });`;

describe("crons by the calendar", () => {
  it("run at the times they describe, in UTC, and not when they are first seen", async () => {
    const { world, notes, settle } = await startWithCrons(CALENDAR);
    const seen = async () => JSON.stringify(await notes()).match(/hourly|daily|weekly|monthly/g) ?? [];
    await settle();
    expect(await seen()).toEqual([]);
    for (const [to, expected] of [
      [30 * MINUTE_MS, ["hourly"]],
      [2 * HOUR_MS + 15 * MINUTE_MS, ["hourly", "hourly", "daily"]],
    ] as const) {
      world.advance(Date.UTC(2026, 0, 5, 6) + to - world.clock.time);
      await settle();
      expect(await seen()).toEqual(expected);
    }
    world.advance(Date.UTC(2026, 0, 6) - world.clock.time);
    await settle();
    expect(await seen()).toContain("weekly");
    world.advance(Date.UTC(2026, 0, 31, 11, 59) - world.clock.time);
    await settle();
    expect(await seen()).not.toContain("monthly");
    world.advance(MINUTE_MS);
    await settle();
    expect(await seen()).toContain("monthly");
  });

  it("are refused before anything is served when they cannot be read", async () => {
    const { reload, settle } = await startWithCrons(`crons.interval("a", { hours: 1 }, add, { text: "run" });`);
    await expect(reload(`crons.cron("a", "0 12 * * 7", add, { text: "run" });`)).rejects.toThrow(
      'Cron "a" has an expression that cannot be read (0 12 * * 7)',
    );
    expect(await settle()).toBe(1);
  });
});

const HOURLY = `crons.hourly("a", { minuteUTC: 30 }, add, { text: "run" });`;

describe("catching up", () => {
  it("makes up for one run that a stopped engine missed, and skips the others", async () => {
    const { world, settle } = await startWithCrons(HOURLY);
    world.clock.time += DAY_MS;
    await world.restart();
    expect(await settle()).toBe(1);
    world.advance(30 * MINUTE_MS - 1);
    expect(await settle()).toBe(1);
    world.advance(1);
    expect(await settle()).toBe(2);
  });

  it("does the same when the clock leaps while it runs", async () => {
    const { world, settle } = await startWithCrons(HOURLY);
    world.advance(10 * DAY_MS);
    expect([await settle(), await settle()]).toEqual([1, 1]);
  });

  it("runs nothing twice when the clock is set back", async () => {
    const { world, settle } = await startWithCrons(HOURLY);
    world.advance(30 * MINUTE_MS);
    expect(await settle()).toBe(1);
    world.advance(-HOUR_MS);
    expect(await settle()).toBe(1);
    world.advance(HOUR_MS);
    expect(await settle()).toBe(1);
    world.advance(HOUR_MS);
    expect(await settle()).toBe(2);
  });

  it("has nothing to make up for when nothing was missed", async () => {
    const { world, settle } = await startWithCrons(HOURLY);
    world.clock.time += 29 * MINUTE_MS;
    await world.restart();
    expect(await settle()).toBe(0);
  });
});

describe("a reload", () => {
  const EVERY_HOUR = `crons.interval("a", { hours: 1 }, add, { text: "run" });`;

  it("lets a changed interval run a period after its last run", async () => {
    const { world, reload, settle } = await startWithCrons(EVERY_HOUR);
    expect(await settle()).toBe(1);
    world.advance(10 * MINUTE_MS);
    await reload(`crons.interval("a", { minutes: 15 }, add, { text: "run" });`);
    expect(await settle()).toBe(1);
    world.advance(5 * MINUTE_MS);
    expect(await settle()).toBe(2);
  });

  it("runs a changed interval at once when that moment is past", async () => {
    const { world, reload, settle } = await startWithCrons(EVERY_HOUR);
    expect(await settle()).toBe(1);
    world.advance(50 * MINUTE_MS);
    await reload(`crons.interval("a", { minutes: 15 }, add, { text: "run" });`);
    expect(await settle()).toBe(2);
    world.advance(10 * MINUTE_MS); // the grid is that of the last run under the old schedule
    expect(await settle()).toBe(3);
  });

  it("keeps the rhythm when only what runs has changed", async () => {
    const { world, reload, settle } = await startWithCrons(EVERY_HOUR);
    await settle();
    world.advance(10 * MINUTE_MS);
    await reload(
      `crons.interval("a", { hours: 1 }, anyApi.jobs.later, { delayMs: 0, path: "notes:add", args: { text: "run" } });`,
    );
    expect(await settle()).toBe(1);
    world.advance(50 * MINUTE_MS);
    await settle();
    expect(await settle()).toBe(2);
  });

  it("lets a cron that became one of the calendar wait for its time", async () => {
    const { world, reload, settle } = await startWithCrons(EVERY_HOUR);
    await settle();
    world.advance(40 * MINUTE_MS);
    await reload(HOURLY);
    expect(await settle()).toBe(1);
    world.advance(50 * MINUTE_MS);
    expect(await settle()).toBe(2);
  });

  it("begins anew with a cron that was gone in between", async () => {
    const { world, reload, settle } = await startWithCrons(EVERY_HOUR);
    await settle();
    world.advance(10 * MINUTE_MS);
    await reload("");
    expect(await settle()).toBe(1);
    await reload(EVERY_HOUR);
    expect(await settle()).toBe(2);
  });
});

describe("a cron that fails", () => {
  it.each([
    ["jobs.fails, {}", "jobs:fails [ERROR] Uncaught Error: bad luck"],
    ["jobs.actionFails, {}", "jobs:actionFails [ERROR] Uncaught Error: no answer"],
    ["notes.add, { text: 1 }", "notes:add [ERROR] ArgumentValidationError: "],
  ])("is told of once, by its function, and comes again: %s", async (what, expected) => {
    const { world, printed, settle } = await startWithCrons(`crons.interval("a", { hours: 1 }, anyApi.${what});`);
    const seen = () => printed.filter((line) => line.startsWith(expected)).length;
    await settle();
    await expect.poll(seen).toBe(1);
    world.advance(HOUR_MS);
    await settle();
    await expect.poll(seen).toBe(2);
    expect(printed.filter((line) => line.includes("[ERROR]"))).toHaveLength(2);
    expect(world.faults).toEqual([]);
  });
});
