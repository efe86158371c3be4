import { describe, expect, test } from "vitest";
import { LogBuffer } from "../logs.ts";
import { ExecutionLog, type Execution } from "./execution-log.ts";

const NEVER = new AbortController().signal;

function execution(path: string, more: Partial<Execution> = {}): Execution {
  const plain = {
    component: "",
    requestId: "0123456789abcdef",
    startedAt: 1_500,
    durationMs: 20,
    logLines: [],
    error: null,
  };
  return { kind: "query", path, ...plain, ...more };
}

function startLog(time = 1_000) {
  const clock = { time, now: () => clock.time };
  return { log: new ExecutionLog(clock), clock };
}

const names = ({ entries }: { entries: { [field: string]: unknown }[] }) => entries.map(({ identifier }) => identifier);

describe("following", () => {
  test("gives every execution once, in order, although no time passes", async () => {
    const { log } = startLog();
    log.record(execution("m:a"));
    log.record(execution("m:b"));
    const first = await log.after(0, NEVER);
    log.record(execution("m:c"));
    const second = await log.after(first.newCursor, NEVER);
    expect([names(first), names(second)]).toEqual([["m:a", "m:b"], ["m:c"]]);
  });

  test("loses nothing between the first answer and the next question", async () => {
    const { log } = startLog();
    const { entries, newCursor } = await log.after(0, NEVER);
    expect(entries).toEqual([]);
    expect(newCursor).toBeGreaterThan(0);
    log.record(execution("m:first"));
    expect(names(await log.after(newCursor, NEVER))).toEqual(["m:first"]);
  });

  test("waits for the next one, and wakes everybody who waits", async () => {
    const { log } = startLog();
    const { newCursor } = await log.after(0, NEVER);
    const waiting = [log.after(newCursor, NEVER), log.after(newCursor, NEVER)];
    expect(log.waiting).toBe(2);
    log.record(execution("m:news"));
    expect((await Promise.all(waiting)).map(names)).toEqual([["m:news"], ["m:news"]]);
    expect(log.waiting).toBe(0);
  });

  test("ends with nothing when its signal says so, before or while it waits", async () => {
    const { log } = startLog();
    const { newCursor } = await log.after(0, NEVER);
    expect(await log.after(newCursor, AbortSignal.abort())).toEqual({ entries: [], newCursor });
    const controller = new AbortController();
    const waiting = log.after(newCursor, controller.signal);
    controller.abort();
    expect(await waiting).toEqual({ entries: [], newCursor });
    expect(log.waiting).toBe(0);
  });

  test("goes on after a restart, with the cursor of the process before", async () => {
    const before = startLog(1_000).log;
    before.record(execution("m:old"));
    const { newCursor } = await before.after(0, NEVER);
    const { log } = startLog(5_000);
    log.record(execution("m:new"));
    expect(names(await log.after(newCursor, NEVER))).toEqual(["m:new"]);
  });

  test("a clock that goes back hides nothing", async () => {
    const { log, clock } = startLog(5_000);
    const { newCursor } = await log.after(0, NEVER);
    clock.time = 1_000;
    log.record(execution("m:late"));
    expect(names(await log.after(newCursor, NEVER))).toEqual(["m:late"]);
  });
});

test("only the newest thousand are kept", async () => {
  const { log } = startLog();
  for (let n = 0; n < 1_200; n++) log.record(execution(`m:f${n}`));
  const kept = names(await log.after(0, NEVER));
  expect([kept.length, kept[0], kept.at(-1)]).toEqual([1_000, "m:f200", "m:f1199"]);
});

test("of those that log much only as many are kept as fit into memory, the newest always", async () => {
  const { log } = startLog();
  const logLines = Array.from({ length: 256 }, () => "x".repeat(32_000));
  for (let n = 0; n < 5; n++) log.record(execution(`m:f${n}`, { logLines }));
  expect(names(await log.after(0, NEVER))).toEqual(["m:f3", "m:f4"]);
  log.record(execution("m:little"));
  expect(names(await log.after(0, NEVER))).toEqual(["m:f3", "m:f4", "m:little"]);
  log.record(execution("m:large", { error: "x".repeat(20_000_000) }));
  expect(names(await log.after(0, NEVER))).toEqual(["m:large"]);
});

test("a line that was too long says so beside what is left of it", async () => {
  const { log } = startLog();
  const logs = new LogBuffer();
  logs.add("LOG", ["x".repeat(40_000)]);
  log.record(execution("m:f", { logLines: logs.lines }));
  const [entry] = (await log.after(0, NEVER)).entries;
  expect(entry?.logLines).toMatchObject([{ messages: [expect.stringMatching(/^x+$/)], isTruncated: true }]);
});

test("an entry says what production's says", async () => {
  const { log } = startLog();
  const logLines = ["[WARN] 'two' 'parts'", "[LOG] 'first\nsecond'", "no level"];
  log.record(execution("m:default", { kind: "mutation", component: "vault", logLines, error: "Uncaught Error: no" }));
  const { entries } = await log.after(0, NEVER);
  expect(entries).toEqual([
    {
      kind: "Completion",
      udfType: "Mutation",
      componentPath: "vault",
      identifier: "m",
      logLines: [
        { messages: ["'two' 'parts'"], level: "WARN", timestamp: 1_500, isTruncated: false },
        { messages: ["'first\nsecond'"], level: "LOG", timestamp: 1_500, isTruncated: false },
        { messages: ["no level"], level: "LOG", timestamp: 1_500, isTruncated: false },
      ],
      timestamp: 1.5,
      cachedResult: false,
      executionTime: 0.02,
      success: null,
      error: "Uncaught Error: no",
      requestId: expect.stringMatching(/^[0-9a-f]{16}$/),
      executionId: expect.any(String),
    },
  ]);
});
