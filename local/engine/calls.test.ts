import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import type { StartOptions } from "./start.ts";
import { startTestWorld, type TestWorld } from "./testing/world.ts";
import type { Call, Identity } from "./types.ts";

let world: TestWorld;
beforeAll(async () => {
  world = await startTestWorld("calls");
});
afterAll(() => world.close());

const CALL: Omit<Call, "path"> = { component: "", args: {}, identity: null, publicOnly: true };
const ADA: Identity = { tokenIdentifier: "https://issuer|ada", issuer: "https://issuer", subject: "ada" };

describe("one transaction per call", () => {
  it("undoes a nested mutation that fails, and nothing else, when its parent catches", async () => {
    const caught = await world.call("notes:catchNested");
    expect(caught).toEqual({ message: expect.stringContaining("boom") });
    expect(await world.call("notes:list")).toEqual(expect.arrayContaining(["before", "after"]));
    expect(await world.call("notes:list")).not.toContain("undone");
  });

  it("hands the data of a nested ConvexError to the parent", async () => {
    expect(await world.call("notes:catchNested", { code: "full" })).toEqual({ data: { code: "full" } });
  });

  it("keeps nothing of a mutation that fails after writing", async () => {
    const result = world.running.engine.runMutation({ ...CALL, path: "notes:failAfterWriting" });
    expect(result).toMatchObject({ ok: false, errorData: { code: "nope", at: { $integer: "AQAAAAAAAAA=" } } });
    expect(await world.call("notes:list")).not.toContain("never seen");
  });

  it("gives one request of a session one effect and one answer, however often it comes", async () => {
    const request = { sessionId: "s1", requestId: 7 };
    const call = { ...CALL, path: "notes:add", args: { text: "once" } };
    const first = world.running.engine.runMutation(call, request);
    const second = world.running.engine.runMutation(call, request);
    expect(first.ok && second.ok && second.value === first.value).toBe(true);
    expect(await world.call("notes:list")).toSatisfy(
      (texts: string[]) => texts.filter((t) => t === "once").length === 1,
    );
  });

  it("remembers that answer over a restart", async () => {
    const request = { sessionId: "s2", requestId: 1 };
    const call = { ...CALL, path: "notes:add", args: { text: "over a restart" } };
    const first = world.running.engine.runMutation(call, request);
    await world.restart();
    expect(world.running.engine.runMutation(call, request)).toMatchObject({ ok: true, value: first.ok && first.value });
  });

  it("says what a query read even when it fails, so that the failure can be taken back", () => {
    const result = world.running.engine.runQuery({ ...CALL, path: "notes:list", args: { surplus: 1 } });
    expect(result).toMatchObject({ ok: false, reads: [] });
    expect(world.running.engine.runQuery({ ...CALL, path: "notes:list" }).reads).toHaveLength(1);
  });
});

describe("who may call what", () => {
  it("answers a public caller of an internal function as if there were none", () => {
    const result = world.running.engine.runMutation({ ...CALL, path: "notes:addThenFail", args: { text: "x" } });
    expect(result).toMatchObject({
      errorMessage: expect.stringContaining("Could not find public function for 'notes:addThenFail'"),
    });
  });

  it("refuses a kind that the function is not", () => {
    const result = world.running.engine.runQuery({ ...CALL, path: "notes:add", args: { text: "x" } });
    expect(result).toMatchObject({
      errorMessage: expect.stringContaining("Trying to execute notes.js:add as Query, but it is defined as Mutation."),
    });
  });

  it("lets no query reach a mutation", async () => {
    await expect(world.call("notes:writeFromQuery")).rejects.toThrow("as Query, but it is defined as Mutation");
  });

  it("tells a function its caller, and says that the answer holds for that caller alone", () => {
    const result = world.running.engine.runQuery({ ...CALL, path: "notes:whoAmI", identity: ADA });
    expect(result).toMatchObject({ ok: true, value: '"ada"', usedIdentity: true });
    expect(world.running.engine.runQuery({ ...CALL, path: "notes:list", identity: ADA }).usedIdentity).toBe(false);
  });

  it("calls through a function handle, also after a restart", async () => {
    const handle = await world.call("notes:handle");
    await world.restart();
    await world.call("notes:callHandle", { handle, text: "by handle" });
    expect(await world.call("notes:list")).toContain("by handle");
  });
});

describe("what is refused", () => {
  it.each([
    ["notes:add", { text: 1 }, "ArgumentValidationError: "],
    ["notes:wrongReturn", {}, "ReturnsValidationError: "],
    ["notes:recurse", {}, "call depth limit exceeded"],
    ["notes:unknownOperation", {}, "1.0/teleport is not supported by the local engine yet"],
    ["notes:nothing", {}, "Could not find function for 'notes:nothing'"],
  ])("%s %j: %s", async (path, args, message) => {
    await expect(world.call(path, args)).rejects.toThrow(message);
  });

  it("names the request and shows where the function threw", async () => {
    await expect(world.call("notes:failAfterWriting")).rejects.toThrow(
      /^\[Request ID: [0-9a-f]{16}\] Server Error\nUncaught ConvexError: .*\n    at .*notes\.ts:\d+:\d+/,
    );
  });

  it("cuts a log that overflows, as production does", () => {
    const result = world.running.engine.runMutation({ ...CALL, path: "notes:speak", args: { lines: 300 } });
    expect(result.logLines).toHaveLength(256);
    expect(result.logLines[0]).toBe("[LOG] 'line' 0");
    expect(result.logLines.at(-1)).toContain("Log overflow (maximum 256)");
  });

  it("and none of that is reported as a fault of the engine", () => {
    expect(world.faults).toEqual([]);
  });
});

describe("a call near limits", () => {
  const CLOSE = 900_000;
  const start = async (options: Partial<StartOptions> = {}) => {
    const other = await startTestWorld("calls", options);
    onTestFinished(() => other.close());
    return other.running.engine;
  };

  it("is warned, in production's order, whether it ends well or not", async () => {
    const engine = await start();
    const add = (text: string) => engine.runMutation({ ...CALL, path: "notes:add", args: { text } });
    const large = expect.stringMatching(/^\[WARN\] Large document written with ID "\w+" \(actual: 900\d+ bytes, /u);
    for (let n = 0; n < 15; n++) expect(add("x".repeat(CLOSE)).logLines).toEqual([large]);
    expect(engine.runQuery({ ...CALL, path: "notes:list" }).logLines).toEqual([
      expect.stringContaining("[WARN] Many bytes read in a single function execution (actual: 135"),
      expect.stringContaining("[WARN] Large size of the function return value (actual: 135"),
    ]);
    expect(add("x".repeat(15 * CLOSE))).toMatchObject({
      ok: false,
      logLines: [expect.stringContaining("[WARN] Large size of the function arguments (actual: 135")],
    });
    const action = { ...CALL, path: "jobs:actionAdds", publicOnly: false, args: { text: "x".repeat(15 * CLOSE) } };
    expect((await engine.runAction(action)).logLines).toContainEqual(
      expect.stringContaining("[WARN] Large size of the action arguments (actual: 135"),
    );
  });

  it("of time is warned of what its own code took", async () => {
    vi.useFakeTimers({ toFake: ["performance"] });
    onTestFinished(() => void vi.useRealTimers());
    // What listens to the log takes its time while the function's code runs.
    const engine = await start({ onLog: ({ line }) => void (line.includes("words") && vi.advanceTimersByTime(850)) });
    const { logLines } = engine.runMutation({ ...CALL, path: "jobs:speakThenFail" });
    expect(logLines).toEqual([
      "[LOG] 'last words'",
      "[WARN] Function execution took a long time. (maximum duration: 1s, actual duration: 850ms).",
    ]);
  });
});
