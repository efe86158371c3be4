// The engine's switches, each through a real engine.
import { afterEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { assertNoFaults, startTestWorld, type TestWorld } from "./testing/world.ts";
import type { Call, Commit } from "./types.ts";

let world: TestWorld;
afterEach(async () => {
  assertNoFaults(world);
  await world.close();
});

const CALL: Omit<Call, "path"> = { component: "", args: {}, identity: null, publicOnly: true };
const notes = async () => z.array(z.string()).parse(await world.call("notes:list"));
const runMutation = (path: string, args: Call["args"]) => world.running.engine.runMutation({ ...CALL, path, args });

describe("mutations that run twice", () => {
  it("leave what one run leaves: writes, nested calls, jobs, logs and one commit", async () => {
    world = await startTestWorld("calls", { rehearseMutations: true });
    const commits: Commit[] = [];
    await expect.poll(notes).toEqual(["minute"]);
    const stop = world.running.engine.onCommit((commit) => commits.push(commit));
    const result = runMutation("jobs:doEverything", { text: "x" });
    stop();
    expect(result.logLines).toEqual(["[LOG] 'once' 'x'"]);
    expect(commits).toHaveLength(1);
    await expect.poll(notes).toEqual(["minute", "x direct", "x nested", "x scheduled"]);
    expect(await world.call("jobs:states")).toMatchObject([{ state: { kind: "success" } }]);
  });

  it("show what code keeps outside of its transaction", async () => {
    world = await startTestWorld("calls", { rehearseMutations: true });
    expect(await world.call("notes:countInModule")).toBe(2);
  });

  it("delete and store files once", async () => {
    world = await startTestWorld("parts", { rehearseMutations: true });
    const id = await world.call("files:store", { text: "x", type: "" });
    expect(await world.call("files:rows")).toBe(1);
    await world.call("files:remove", { id });
    expect(await world.call("files:rows")).toBe(0);
  });

  it("count once in a component", async () => {
    world = await startTestWorld("parts", { rehearseMutations: true });
    const answers: unknown[] = [];
    for (let n = 0; n < 4; n++) answers.push(await world.call("limits:take", { limiter: "loose", key: "k" }));
    expect(answers).toEqual([true, true, true, false]);
  });

  it("spend the limits of one: what the first run counted is forgotten", async () => {
    world = await startTestWorld("calls", { rehearseMutations: true });
    await expect(world.call("jobs:many", { count: 1000 })).resolves.toBeNull();
  });

  it("answer a repeated request from memory, without another run", async () => {
    world = await startTestWorld("calls", { rehearseMutations: true });
    const request = { sessionId: "s", requestId: 1 };
    const call = { ...CALL, path: "notes:add", args: { text: "once" } };
    const first = world.running.engine.runMutation(call, request);
    expect(world.running.engine.runMutation(call, request)).toMatchObject({ value: first.ok && first.value });
    expect((await notes()).filter((text) => text === "once")).toHaveLength(1);
  });

  it("fail as one run fails, with its words and its data", async () => {
    world = await startTestWorld("calls", { rehearseMutations: true });
    expect(runMutation("notes:failAfterWriting", {})).toMatchObject({ ok: false, errorData: { code: "nope" } });
    expect(await notes()).not.toContain("never seen");
    expect(runMutation("jobs:speakThenFail", {})).toMatchObject({ ok: false, logLines: ["[LOG] 'last words'"] });
  });
});

describe("isolation", () => {
  it('"fresh" forgets module state after each call, nested ones included', async () => {
    world = await startTestWorld("calls", { isolation: "fresh" });
    expect([await world.call("notes:countInModule"), await world.call("notes:countInModule")]).toEqual([1, 1]);
    await world.call("notes:catchNested");
    expect(await notes()).toEqual(expect.arrayContaining(["before", "after"]));
  });

  it('"reused" is fast and keeps it: what the rerun brings to light', async () => {
    world = await startTestWorld("calls", { isolation: "reused" });
    expect([await world.call("notes:countInModule"), await world.call("notes:countInModule")]).toEqual([1, 2]);
  });
});

describe("a time limit", () => {
  it("ends a mutation that spins, undone, and the next call is none the worse", async () => {
    world = await startTestWorld("calls", { timeoutMs: 100 });
    const result = runMutation("jobs:writeThenSpin", {});
    expect(result).toMatchObject({ ok: false, errorMessage: expect.stringMatching(/timed out|too long/i) });
    expect(await notes()).not.toContain("spinning");
    await world.call("notes:add", { text: "after" });
    expect(await notes()).toContain("after");
  });

  it("does not end what it need not", async () => {
    world = await startTestWorld("calls", { timeoutMs: 1_000 });
    await world.call("jobs:many", { count: 500 });
    await world.call("notes:catchNested");
    expect(await notes()).toContain("after");
  });
});

describe("environment variables", () => {
  it("are the deployment's, and the engine's two own", async () => {
    const variables = new Map([["NAME", "value"]]);
    const environmentNames = [...variables.keys()];
    world = await startTestWorld("calls", { environment: (name) => variables.get(name), environmentNames });
    const read = (name: string) => world.call("notes:variable", { name });
    expect(await read("NAME")).toBe("value");
    expect(await read("OTHER")).toBeNull();
    expect(await read("CONVEX_CLOUD_URL")).toBe(world.running.url);
    expect(await read("CONVEX_SITE_URL")).toBe(world.running.siteUrl);
    expect(await world.call("notes:variables")).toEqual(["NAME", "CONVEX_CLOUD_URL", "CONVEX_SITE_URL"]);
  });
});

describe("logs", () => {
  it("are passed on, line by line, with the function that a client called", async () => {
    const lines: unknown[] = [];
    world = await startTestWorld("calls", { onLog: (line) => lines.push(line) });
    await world.call("notes:speak", { lines: 2 });
    expect(lines).toEqual([0, 1].map((n) => ({ path: "notes:speak", line: `[LOG] 'line' ${n}` })));
  });

  it("of scheduled functions are passed on too", async () => {
    const paths: string[] = [];
    world = await startTestWorld("calls", { onLog: ({ path }) => paths.push(path) });
    await world.call("jobs:later", { delayMs: 0, path: "notes:speak", args: { lines: 1 } });
    await expect.poll(() => paths).toEqual(["notes:speak"]);
  });
});
