import { afterEach, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { z } from "zod";
import type { StartOptions } from "../start.ts";
import { startTestWorld, type TestWorld } from "../testing/world.ts";
import type { Json } from "../types.ts";

const HOUR_MS = 3_600_000;

let world: TestWorld;
beforeEach(async () => {
  world = await startTestWorld("calls");
});
afterEach(() => world.close());

const notes = () => world.call("notes:list");
const states = () => world.call("jobs:states");
const later = (path: string, args: Json = {}, delayMs = 0) => world.call("jobs:later", { delayMs, path, args });
const texts = async () => z.array(z.string()).parse(await notes());

describe("scheduled functions", () => {
  it("run when their time has come and not before", async () => {
    await later("notes:add", { text: "in an hour" }, HOUR_MS);
    world.advance(HOUR_MS - 1);
    await expect.poll(notes).toContain("minute");
    expect(await notes()).not.toContain("in an hour");
    world.advance(1);
    await expect.poll(notes).toContain("in an hour");
  });

  it("run once, and say so, whether a mutation or an action scheduled them", async () => {
    await later("notes:add", { text: "a" });
    await world.call("jobs:laterFromAction", { delayMs: 0, path: "jobs:actionAdds", args: { text: "b" } });
    await expect.poll(states).toEqual([
      { name: "notes.js:add", state: { kind: "success" }, isCompleted: true },
      { name: "jobs.js:actionAdds", state: { kind: "success" }, isCompleted: true },
    ]);
    expect((await texts()).filter((text) => text.length === 1)).toEqual(["a", "b"]);
  });

  it("are scheduled by a transaction or not at all", async () => {
    await expect(world.call("jobs:laterThenFail")).rejects.toThrow("changed my mind");
    expect(await states()).toEqual([]);
  });

  it("survive a restart", async () => {
    await later("notes:add", { text: "after all" }, HOUR_MS);
    await world.restart();
    world.advance(HOUR_MS);
    await expect.poll(notes).toContain("after all");
  });

  it("keep a mutation's effects and its job's state together: a failing one is failed, undone and not tried again", async () => {
    await later("jobs:fails");
    await expect
      .poll(states)
      .toMatchObject([{ state: { kind: "failed", error: expect.stringContaining("bad luck") } }]);
    world.advance(HOUR_MS);
    await expect.poll(notes).toContain("minute");
    expect(await notes()).not.toContain("undone");
  });

  it("see their own job as in progress", async () => {
    await later("jobs:lookAtMyself");
    await expect.poll(notes).toContain("inProgress");
  });

  it("mark an action that throws as failed", async () => {
    await later("jobs:actionFails");
    await expect
      .poll(states)
      .toMatchObject([{ state: { kind: "failed", error: expect.stringContaining("no answer") } }]);
  });

  it("run an action at most once: one that a restart interrupted has failed", async () => {
    await later("jobs:actionHangs");
    await expect.poll(notes).toContain("hanging");
    await world.restart();
    expect(await states()).toMatchObject([
      { state: { kind: "failed", error: "Transient error while executing action" }, isCompleted: true },
    ]);
    expect((await texts()).filter((text) => text === "hanging")).toHaveLength(1);
  });

  it("hold back actions beyond eight at once, and no mutation", async () => {
    for (let n = 0; n < 9; n++) await later("jobs:actionHangs");
    await later("notes:add", { text: "past them" });
    await expect.poll(notes).toContain("past them");
    const kinds = JSON.stringify(await states());
    expect(kinds.match(/inProgress/g)).toHaveLength(8);
    expect(kinds.match(/pending/g)).toHaveLength(1);
  });
});

describe("how a job failed", () => {
  const start = async (options: Partial<StartOptions>) => {
    const other = await startTestWorld("calls", options);
    onTestFinished(() => other.close());
    return other;
  };
  const kept = async (other: TestWorld) => JSON.stringify(await other.call("jobs:states"));

  it.each([
    ["jobs:fails", /"Uncaught Error: bad luck\\n {4}at .*jobs\.ts:/],
    ["jobs:actionFails", /"Uncaught Error: no answer\\n {4}at .*jobs\.ts:/],
  ])("is kept whole, frames included, where clients get none of it, as in production: %s", async (path, expected) => {
    const other = await start({ redactErrors: true });
    await other.call("jobs:later", { delayMs: 0, path, args: {} });
    await expect.poll(() => kept(other)).toMatch(expected);
  });

  it("says nothing of a fault of the engine, which is reported", async () => {
    const onLog = ({ line }: { line: string }) => {
      if (line.startsWith("[ERROR]")) throw new Error("the terminal is gone");
    };
    const other = await start({ onLog });
    await other.call("jobs:later", { delayMs: 0, path: "jobs:actionFails", args: {} });
    await expect.poll(() => kept(other)).toContain('"error":"Transient error while executing action"');
    expect(other.faults).toEqual([new Error("the terminal is gone")]);
  });
});

describe("cancelling", () => {
  it("keeps a pending job from ever starting", async () => {
    const id = await later("notes:add", { text: "never" }, HOUR_MS);
    await world.call("jobs:cancel", { id });
    world.advance(HOUR_MS);
    await expect.poll(notes).toContain("minute");
    expect(await states()).toMatchObject([{ state: { kind: "canceled" } }]);
    expect(await notes()).not.toContain("never");
  });

  it("lets an action in progress end, and drops what it schedules from then on", async () => {
    await later("jobs:actionOutlivesItsJob");
    await expect.poll(notes).toContain("end of action");
    world.advance(HOUR_MS);
    await expect.poll(notes).toContain("seven"); // the scheduler has looked
    expect(await states()).toMatchObject([
      { state: { kind: "canceled" } },
      { name: "notes.js:add", state: { kind: "canceled" } },
    ]);
    expect(await notes()).not.toContain("from beyond");
  });

  it("is refused to a mutation that means itself", async () => {
    await later("jobs:cancelMyself");
    await expect
      .poll(states)
      .toMatchObject([
        { state: { kind: "failed", error: expect.stringContaining("A mutation cannot cancel itself") } },
      ]);
  });
});

describe("scheduling is refused", () => {
  it.each([
    ["notes:nothing", {}, 0, "Attempted to schedule function at nonexistent path: notes.js:nothing"],
    ["notes:list", {}, 0, "it is a query"],
    ["notes:add", { text: 1 }, 0, "ArgumentValidationError"],
    ["notes:add", { text: "x" }, 6 * 365 * 24 * HOUR_MS, "more than five years away"],
  ])("%s %j in %d ms: %s", async (path, args, delayMs, message) => {
    await expect(later(path, args, delayMs)).rejects.toThrow(message);
    expect(await states()).toEqual([]);
  });

  it("beyond a thousand in one mutation", async () => {
    await world.call("jobs:many", { count: 1000 });
    await expect(world.call("jobs:many", { count: 1001 })).rejects.toThrow("1000");
  });
});

describe("finished jobs", () => {
  it("are kept for a week", async () => {
    await later("notes:add", { text: "old" });
    await expect.poll(states).toMatchObject([{ state: { kind: "success" } }]);
    world.clock.time += 8 * 24 * HOUR_MS;
    await world.restart();
    expect(await states()).toEqual([]);
  });
});
