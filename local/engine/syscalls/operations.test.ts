import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { assertNoFaults, startTestWorld, type TestWorld } from "../testing/world.ts";

let world: TestWorld;
beforeAll(async () => {
  world = await startTestWorld("parts");
});
afterAll(() => world.close());
afterEach(() => assertNoFaults(world));

type Door = "sync" | "async" | "js";
type Runtime = "inQuery" | "inMutation" | "inAction";

/** Every operation that the installed client library asks for, and the door it knocks at. */
const ASKED: readonly (readonly [door: Door, operation: string])[] = readOperations();

/** What a query and a mutation are both answered. */
const IN_TRANSACTION = {
  sync: ["1.0/queryStream", "1.0/queryCleanup", "1.0/db/normalizeId", "1.0/getSnapshotTs"],
  async: [
    "1.0/queryStreamNext",
    "1.0/queryPage",
    "1.0/get",
    "1.0/count",
    "1.0/runUdf",
    "1.0/getUserIdentity",
    "1.0/createFunctionHandle",
    "1.0/getFunctionMetadata",
    "1.0/getTransactionMetrics",
    "1.0/getDeploymentMetadata",
    "1.0/storageGetUrl",
    "1.0/storageGetMetadata",
  ],
  js: [],
};

/** What the engine answers, and where. */
const ANSWERED: Readonly<Record<Runtime, Readonly<Record<Door, readonly string[]>>>> = {
  inQuery: IN_TRANSACTION,
  inMutation: {
    ...IN_TRANSACTION,
    async: [
      ...IN_TRANSACTION.async,
      "1.0/insert",
      "1.0/shallowMerge",
      "1.0/replace",
      "1.0/remove",
      "1.0/schedule",
      "1.0/cancel_job",
      "1.0/storageGenerateUploadUrl",
      "1.0/storageStore",
      "1.0/storageGet",
      "1.0/storageDelete",
      "1.0/getRequestMetadata",
      "1.0/auditLog",
      "1.0/signJwt",
    ],
  },
  inAction: {
    sync: [],
    async: [
      "1.0/actions/query",
      "1.0/actions/mutation",
      "1.0/actions/action",
      "1.0/actions/schedule",
      "1.0/actions/cancel_job",
      "1.0/actions/vectorSearch",
      "1.0/getUserIdentity",
      "1.0/createFunctionHandle",
      "1.0/getFunctionMetadata",
      "1.0/storageGenerateUploadUrl",
      "1.0/storageGetUrl",
      "1.0/storageGetMetadata",
      "1.0/storageDelete",
      "1.0/getDeploymentMetadata",
      "1.0/getRequestMetadata",
      "1.0/auditLog",
    ],
    js: ["storage/storeBlob", "storage/getBlob"],
  },
};

/**
 * What the installed client asks for and the engine answers nowhere, with what stands in the way. This list only shrinks:
 * an operation that a new client brings is in neither list, and the first test says so.
 */
const UNSUPPORTED: Readonly<Record<string, string>> = {
  "async 1.0/createServiceToken": "stands for the hosted AI gateway",
  "async 1.0/getServiceUrl": "stands for the hosted AI gateway",
  "js convexJsonFromResponse": "only of HttpRouter.runRequest: the engine calls the route's handler itself",
  "js requestFromConvexJson": "only of HttpRouter.runRequest: the engine calls the route's handler itself",
};

/** Known to queries, which may not change anything. */
const READ_ONLY_REFUSALS: Readonly<Record<string, string>> = {
  "1.0/insert": "A query cannot write to the database.",
  "1.0/shallowMerge": "A query cannot write to the database.",
  "1.0/replace": "A query cannot write to the database.",
  "1.0/remove": "A query cannot write to the database.",
  "1.0/schedule": "A query cannot schedule a function.",
  "1.0/cancel_job": "A query cannot cancel a scheduled function.",
  "1.0/storageGenerateUploadUrl": "A query cannot generate an upload URL.",
  "1.0/storageStore": "A query cannot store a file.",
  "1.0/storageGet": "A query cannot read a file.",
  "1.0/storageDelete": "A query cannot delete a file.",
  "1.0/getRequestMetadata": "A query cannot read the request's metadata.",
  "1.0/auditLog": "A query cannot write an audit log.",
  "1.0/signJwt": "A query cannot sign a JWT.",
};

const ask = (runtime: Runtime, door: Door, operation: string, args = "{}") =>
  world.call(`operations:${runtime}`, { door, operation, args });
const notSupported = (operation: string) => ({ refusal: `${operation} is not supported by the local engine yet` });

describe("the installed client library", () => {
  it("is where the operations are read from, and has not become unreadable", () => {
    expect(ASKED.length).toBeGreaterThanOrEqual(40);
    expect(ASKED).toContainEqual(["async", "1.0/actions/query"]);
    expect(ASKED).toContainEqual(["sync", "1.0/queryStream"]);
    expect(ASKED).toContainEqual(["js", "storage/storeBlob"]);
  });

  it("asks for nothing that is neither answered nor listed as unsupported, and for everything that is listed", () => {
    const answered = new Set(
      Object.values(ANSWERED).flatMap((doors) =>
        Object.entries(doors).flatMap(([door, operations]) => operations.map((operation) => `${door} ${operation}`)),
      ),
    );
    const missing = ASKED.map(([door, operation]) => `${door} ${operation}`).filter((asked) => !answered.has(asked));
    expect(missing.toSorted((a, b) => (a < b ? -1 : 1))).toEqual(Object.keys(UNSUPPORTED));
  });

  it("asks for everything that the engine answers: no answer is there for nobody", () => {
    const asked = new Set(ASKED.map(([door, operation]) => `${door} ${operation}`));
    for (const [runtime, doors] of Object.entries(ANSWERED)) {
      for (const [door, operations] of Object.entries(doors)) {
        for (const operation of operations)
          expect([runtime, asked.has(`${door} ${operation}`) ? operation : null]).toEqual([runtime, operation]);
      }
    }
  });
});

describe.each(["inQuery", "inMutation", "inAction"] as const)("%s", (runtime) => {
  const isAnswered = (door: Door, operation: string) => ANSWERED[runtime][door].includes(operation);
  const isRefused = (operation: string) => runtime === "inQuery" && operation in READ_ONLY_REFUSALS;

  it.each(ASKED.filter(([door, operation]) => isAnswered(door, operation)))(
    "the %s door knows %s: what it says to empty arguments is its own answer",
    async (door, operation) => {
      const answer = await ask(runtime, door, operation);
      expect(answer).not.toEqual(notSupported(operation));
      expect(JSON.stringify(answer)).not.toMatch(/InternalServerError|TypeError|not an error/);
    },
  );

  it.each(ASKED.filter(([door, operation]) => !isAnswered(door, operation) && !isRefused(operation)))(
    "the %s door refuses %s by name",
    async (door, operation) => {
      expect(await ask(runtime, door, operation)).toEqual(notSupported(operation));
    },
  );

  it.each(["1.0/teleport", "constructor", "__proto__", "toString", ""])("no door knows %j", async (operation) => {
    for (const door of ["sync", "async", "js"] as const) {
      expect([door, await ask(runtime, door, operation)]).toEqual([door, notSupported(operation)]);
    }
  });

  it.each(["[]", "null", "7", '"text"'])("arguments that are %s are refused as such", async (args) => {
    expect(await ask(runtime, "async", "1.0/getFunctionMetadata", args)).toEqual({
      refusal: "Expected the arguments of an operation to be an object.",
    });
  });
});

describe("a query", () => {
  it.each(Object.entries(READ_ONLY_REFUSALS))("asking for %s hears: %s", async (operation, refusal) => {
    expect(await ask("inQuery", "async", operation)).toEqual({ refusal });
  });

  it("cannot run a mutation", async () => {
    const args = JSON.stringify({ udfType: "mutation", name: "files:insertNote", args: { text: "x" } });
    expect(await ask("inQuery", "async", "1.0/runUdf", args)).toEqual({
      refusal: "Cannot call a mutation function from a query function",
    });
  });

  it("has no stale snapshot: it is one", async () => {
    const args = JSON.stringify({ udfType: "snapshotQuery", name: "limits:notes", args: {} });
    expect(await ask("inQuery", "async", "1.0/runUdf", args)).toEqual({
      refusal: "Only a mutation can ask for a stale snapshot",
    });
  });
});

describe("a nested call", () => {
  it.each([
    [{ udfType: "snapshotQuery" }, "Expected a function name, a reference or a function handle."],
    [{ udfType: "action", name: "files:store", args: {} }, "Cannot call a function as action."],
    [{ udfType: "query" }, "Expected a function name, a reference or a function handle."],
    [{ udfType: "query", name: "limits:notes" }, "Expected `args`."],
    [{ udfType: "query", name: 7, args: {} }, "Expected a function name, a reference or a function handle."],
    [
      { udfType: "query", functionHandle: "function://nowhere", args: {} },
      '"function://nowhere" is not a function handle.',
    ],
    [{ udfType: "query", functionHandle: "function://gone;a:b", args: {} }, "Component gone is not installed."],
    [
      { udfType: "query", reference: "_reference/childComponent/gone/a/b", args: {} },
      'No component is installed as "gone".',
    ],
    [
      { udfType: "query", reference: "_reference/other/a", args: {} },
      'Unsupported function reference "_reference/other/a".',
    ],
    [{}, "Expected `udfType` to be a string."],
  ])("%j is refused: %s", async (args, refusal) => {
    expect(await ask("inMutation", "async", "1.0/runUdf", JSON.stringify(args))).toEqual({ refusal });
  });
});

describe("metadata", () => {
  it.each(["inQuery", "inMutation", "inAction"] as const)(
    "%s names the function and its component",
    async (runtime) => {
      const { answer } = Object(await ask(runtime, "async", "1.0/getFunctionMetadata"));
      expect(JSON.parse(answer)).toEqual({ name: `operations:${runtime}`, componentPath: "" });
    },
  );
});

/** Reads `performSyscall("…")`, `performAsyncSyscall(…)` and `performJsSyscall(…)` out of the package's sources. */
function readOperations(): [Door, string][] {
  const sources = join(dirname(createRequire(import.meta.url).resolve("convex/package.json")), "src");
  const doors = { "": "sync", Async: "async", Js: "js" } as const;
  const found = new Map<string, [Door, string]>();
  for (const name of readdirSync(sources, { recursive: true, encoding: "utf8" })) {
    if (!name.endsWith(".ts") || name.endsWith(".test.ts")) continue;
    const text = readFileSync(join(sources, name), "utf8");
    for (const [, kind = "", operation = ""] of text.matchAll(/\bperform(Async|Js|)Syscall\(\s*["'`]([^"'`]+)["'`]/g)) {
      const door = kind === "Async" || kind === "Js" ? doors[kind] : doors[""];
      found.set(`${door} ${operation}`, [door, operation]);
    }
  }
  return [...found.values()].sort(([a, x], [b, y]) => (a + x < b + y ? -1 : 1));
}
