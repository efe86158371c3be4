// Where a failure happened, and in which function: what developers read in their terminal and in error messages.
import { afterEach, describe, expect, it } from "vitest";
import { makeDirectory } from "./bundle/test-directory.ts";
import { assertNoFaults, startTestWorld, type TestWorld } from "./testing/world.ts";

const FILES = {
  "work.ts": `import { actionGeneric as action, anyApi, componentsGeneric, mutationGeneric as mutation, queryGeneric as query } from "convex/server";
import { refuse } from "../lib/refuse";
const { part } = componentsGeneric();

export const inQuery = query(async () => refuse("query"));
export const inMutation = mutation(async () => refuse("mutation"));
export const inAction = action(async () => refuse("action"));
export const inChild = mutation((ctx) => ctx.runMutation(part.lib.fails, {}));
export const later = mutation((ctx) => ctx.scheduler.runAfter(0, anyApi.work.inMutation, {}));
export const jobs = query(async (ctx) => (await ctx.db.system.query("_scheduled_functions").collect()).map((job) => job.state));
export const hangs = query(() => new Promise(() => {}));
export const spins = mutation(async () => { for (;;); });
export const waits = action(() => new Promise(() => {}));
export const childHangs = query((ctx) => ctx.runQuery(part.lib.hangs, {}));`,
  "machine.ts": `"use node";
import { actionGeneric as action } from "convex/server";
export const inNode = action(async () => {
  throw new RangeError("node");
});`,
  "http.ts": `import { httpActionGeneric as httpAction, httpRouter } from "convex/server";
import { refuse } from "../lib/refuse";
const http = httpRouter();
http.route({ path: "/fails", method: "GET", handler: httpAction(async () => refuse("http")) });
http.route({ path: "/waits", method: "GET", handler: httpAction(() => new Promise(() => {})) });
export default http;`,
  "crons.ts": `import { anyApi, cronJobs } from "convex/server";
const crons = cronJobs();
crons.hourly("often", { minuteUTC: 30 }, anyApi.work.inMutation, {});
export default crons;`,
  "convex.config.ts": `import { defineApp } from "convex/server";
import part from "./part/convex.config";
const app = defineApp();
app.use(part);
export default app;`,
  "part/convex.config.ts": `import { defineComponent } from "convex/server";
export default defineComponent("part");`,
  "part/lib.ts": `import { mutationGeneric as mutation, queryGeneric as query } from "convex/server";
export const fails = mutation(async () => {
  throw new Error("child");
});
export const hangs = query(() => new Promise(() => {}));`,
  "../lib/refuse.ts": `export function refuse(what: string): never {
  throw new Error(what);
}`,
};

const APP_FRAME =
  /^ {4}at refuse \(\.\.\/lib\/refuse\.ts:2:9\)\n {4}at (handler \()?\.\.\/convex\/work\.ts:\d+:\d+\)?/m;

let world: TestWorld | undefined;
afterEach(async () => {
  await world?.close();
  world = undefined;
});

async function start(options: Parameters<typeof startTestWorld>[1] = {}) {
  const lines: { path: string; line: string }[] = [];
  const started = await startTestWorld("", {
    directory: makeDirectory(FILES),
    onLog: (line) => lines.push(line),
    ...options,
  });
  world = started;
  return { world: started, lines };
}

const failureOf = (on: TestWorld, path: string): Promise<string> =>
  on.call(path).then(
    () => expect.unreachable(),
    (error: Error) => error.message,
  );

describe("the frames of a failure", () => {
  it.each(["inQuery", "inMutation", "inAction"])("name file, line and column in %s", async (name) => {
    const started = await start();
    expect(await failureOf(started.world, `work:${name}`)).toMatch(APP_FRAME);
    expect(started.lines).toEqual([{ path: `work:${name}`, line: expect.stringMatching(APP_FRAME) }]);
    assertNoFaults(started.world);
  });

  it("are those of the component where it happened", async () => {
    const started = await start();
    expect(await failureOf(started.world, "work:inChild")).toContain("../convex/part/lib.ts:3:9");
  });

  it("are there in an action for Node", async () => {
    const started = await start();
    const frame = /Uncaught RangeError: node\n {4}at (handler \()?\.\.\/convex\/machine\.ts:4:9/;
    expect(await failureOf(started.world, "machine:inNode")).toMatch(frame);
    expect(started.lines).toEqual([{ path: "machine:inNode", line: expect.stringMatching(frame) }]);
  });

  it("are there in an HTTP action", async () => {
    const started = await start();
    const answer = await (await fetch(`${started.world.running.siteUrl}/fails`)).text();
    expect(answer).toMatch(/refuse \(\.\.\/lib\/refuse\.ts:2:9\).*\.\.\/convex\/http\.ts:4:\d+/);
    expect(started.lines).toEqual([{ path: "GET /fails", line: expect.stringContaining("../convex/http.ts:4:") }]);
  });

  it("are there in a scheduled function, in the terminal and in its job", async () => {
    const started = await start();
    await started.world.call("work:later");
    await expect
      .poll(() => started.world.call("work:jobs"))
      .toMatchObject([{ kind: "failed", error: expect.stringMatching(APP_FRAME) }]);
    expect(started.lines).toEqual([{ path: "work:inMutation", line: expect.stringMatching(APP_FRAME) }]);
  });

  it("are there in a cron, once", async () => {
    const started = await start();
    started.world.advance(3_600_000);
    await expect
      .poll(() => started.lines)
      .toEqual([{ path: "work:inMutation", line: expect.stringMatching(APP_FRAME) }]);
    expect(started.world.faults).toEqual([]);
  });

  it("are in the terminal also when clients are told nothing", async () => {
    const started = await start({ redactErrors: true });
    expect(await failureOf(started.world, "work:inQuery")).toMatch(/^\[Request ID: \w+\] Server Error$/);
    expect(started.lines).toEqual([{ path: "work:inQuery", line: expect.stringMatching(APP_FRAME) }]);
  });
});

describe("what never ends, or takes too long, says which it was", () => {
  it.each([
    ["work:hangs", /never resolve\n {4}in query work:hangs, after \d+ ms/],
    ["work:childHangs", /never resolve\n {4}in query lib:hangs of component part, after \d+ ms/],
    ["work:spins", /timed out \(maximum duration: 0.05s\)\n {4}in mutation work:spins, after \d+ ms/],
    ["work:waits", /timed out \(maximum duration: 0.05s\)\n {4}in action work:waits, after 50 ms/],
  ])("%s", async (path, words) => {
    const started = await start({ timeoutMs: 50, actionTimeLimitMs: 50 });
    expect(await failureOf(started.world, path)).toMatch(words);
    expect(started.lines).toEqual([{ path, line: expect.stringMatching(words) }]);
  });

  it("an HTTP action", async () => {
    const started = await start({ actionTimeLimitMs: 50 });
    const answer = await (await fetch(`${started.world.running.siteUrl}/waits`)).text();
    expect(answer).toContain("in HTTP action GET /waits, after 50 ms");
  });
});
