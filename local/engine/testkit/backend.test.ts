/** What only the engine's kit does: rehearsals, planted functions, components, HTTP, and whose turn it is. */
import { fileURLToPath } from "node:url";
import {
  actionGeneric,
  defineSchema,
  defineTable,
  makeFunctionReference,
  mutationGeneric,
  queryGeneric,
} from "convex/server";
import { ConvexError, v } from "convex/values";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { loadApp } from "../bundle/load-app.ts";
import { TestBackend } from "./backend.ts";
import { type EngineTestOptions, loadEngineTest } from "./engine-test.ts";
import { callFunction, callInline } from "./functions.ts";

const MINUTE_MS = 60_000;

const add = makeFunctionReference<"mutation", { text: string }, string>("notes:add");
const list = makeFunctionReference<"query", Record<string, never>, string[]>("notes:list");
const countInModule = makeFunctionReference<"mutation", Record<string, never>, number>("notes:countInModule");
const doEverything = makeFunctionReference<"mutation", { text: string }, string>("jobs:doEverything");
const variable = makeFunctionReference<"query", { name: string }, string | null>("notes:variable");
const later = makeFunctionReference<"mutation">("jobs:later");
const actionAdds = makeFunctionReference<"action">("jobs:actionAdds");

/** Both fixtures have this table. */
const schema = defineSchema({ notes: defineTable({ text: v.string() }) });

let openNotes: Awaited<ReturnType<typeof loadKit>>;
let openParts: Awaited<ReturnType<typeof loadKit>>;
beforeAll(async () => {
  [openNotes, openParts] = await Promise.all([loadKit("calls"), loadKit("parts")]);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

async function loadKit(app: string) {
  return loadEngineTest(directoryOf(app), schema);
}

function directoryOf(app: string): string {
  return fileURLToPath(new URL(`../fixtures/${app}/convex`, import.meta.url));
}

const pause = async () => new Promise<void>((resolve) => void setImmediate(resolve));

describe("a mutation", () => {
  const secondAnswer = async (options: EngineTestOptions) => {
    const t = openNotes(options);
    const first = await t.mutation(countInModule, {});
    return (await t.mutation(countInModule, {})) - first;
  };

  it("is rehearsed: state that survives a rollback shows", async () => {
    expect(await secondAnswer({})).toBe(2);
    expect(await secondAnswer({ rehearseMutations: false })).toBe(1);
  });

  it("has its effects once all the same", async () => {
    vi.useFakeTimers();
    const t = openNotes();
    await t.mutation(doEverything, { text: "tea" });
    await t.finishAllScheduledFunctions(vi.runAllTimers);
    expect(await t.query(list)).toEqual(["tea direct", "tea nested", "tea scheduled"]);
  });

  it("that only fails by itself fails once", async () => {
    const t = openNotes();
    await expect(t.mutation(makeFunctionReference<"mutation">("notes:failAfterWriting"))).rejects.toThrow(ConvexError);
    expect(await t.query(list)).toEqual([]);
  });
});

describe("variables", () => {
  it("are those of the process when they are read, and the deployment's addresses", async () => {
    const t = openNotes();
    vi.stubEnv("QIFY_TEST_VARIABLE", "set later");
    expect(await t.query(variable, { name: "QIFY_TEST_VARIABLE" })).toBe("set later");
    expect(await t.query(variable, { name: "CONVEX_SITE_URL" })).toBe("https://some.convex.site");
    expect(await t.query(variable, { name: "QIFY_NO_SUCH_VARIABLE" })).toBeNull();
  });
});

describe("planted functions", () => {
  const planted: EngineTestOptions["planted"] = {
    "./planted.ts": async () => ({
      count: queryGeneric({ args: {}, handler: async (ctx) => (await ctx.db.query("notes").collect()).length }),
      add: mutationGeneric({
        args: { text: v.string() },
        returns: v.string(),
        handler: async (ctx, { text }) => ctx.runMutation(add, { text }),
      }),
      wrong: queryGeneric({ args: {}, returns: v.number(), handler: async () => JSON.parse('"1"') }),
      refuse: mutationGeneric({
        args: {},
        handler: async (ctx) => {
          await ctx.db.insert("notes", { text: "never" });
          throw new ConvexError({ limit: 3n });
        },
      }),
      act: actionGeneric({
        args: { text: v.string() },
        handler: async (ctx, { text }) => {
          const subject = (await ctx.auth.getUserIdentity())?.subject ?? "nobody";
          return ctx.runMutation(add, { text: `${text} of ${subject}` });
        },
      }),
      notAFunction: 7,
    }),
  };
  const named = <Kind extends "query" | "mutation" | "action">(name: string) =>
    makeFunctionReference<Kind>(`planted:${name}`);

  it("run beside the app's own, in the test's own realm", async () => {
    const t = openNotes({ planted });
    await t.mutation(named<"mutation">("add"), { text: "tea" });
    await t.withIdentity({ subject: "ada" }).action(named<"action">("act"), { text: "milk" });
    expect(await t.query(named<"query">("count"))).toBe(2);
    expect(await t.query(list)).toEqual(["tea", "milk of ada"]);
  });

  it("are held to their validators and their kind", async () => {
    const t = openNotes({ planted });
    await expect(t.mutation(named<"mutation">("add"), { text: 7 })).rejects.toThrow("ArgumentValidationError");
    await expect(t.action(named<"action">("act"), {})).rejects.toThrow("ArgumentValidationError");
    await expect(t.query(named<"query">("wrong"))).rejects.toThrow("ReturnsValidationError");
    await expect(t.query(named<"query">("add"), { text: "x" })).rejects.toThrow("planted:add is a mutation");
    await expect(t.query(named<"query">("notAFunction"))).rejects.toThrow("Could not find");
    expect(await t.query(list)).toEqual([]);
  });

  it("leave nothing when they throw, and ConvexErrors keep their data", async () => {
    const t = openNotes({ planted });
    await expect(t.mutation(named<"mutation">("refuse"))).rejects.toMatchObject({ data: { limit: 3n } });
    expect(await t.query(list)).toEqual([]);
  });
});

describe("code of the test that waits", () => {
  /** Inserts, waits until told, and throws when told so. */
  const openHeld = () => {
    const t = openNotes();
    const { promise, resolve } = Promise.withResolvers<"keep" | "undo">();
    const running = t.run(async (ctx) => {
      await ctx.db.insert("notes", { text: "held" });
      if ((await promise) === "undo") throw new Error("undone");
    });
    return { t, running, end: resolve };
  };

  it("is alone: calls wait for its end, and see what it wrote", async () => {
    const { t, running, end } = openHeld();
    const answers = [
      t.query(list),
      t.action(actionAdds, { text: "after" }),
      t.query(async (ctx) => ctx.db.query("notes").take(9)),
    ];
    await pause();
    end("keep");
    expect(await Promise.all([running, ...answers])).toMatchObject([null, ["held"], null, [{ text: "held" }]]);
    expect(await t.query(list)).toEqual(["held", "after"]);
  });

  it("is alone also when it throws: nobody has seen what it undid", async () => {
    const { t, running, end } = openHeld();
    const answer = t.query(list);
    end("undo");
    await expect(running).rejects.toThrow("undone");
    expect(await answer).toEqual([]);
  });

  it("is not disturbed by a job that becomes due, which runs afterwards", async () => {
    vi.useFakeTimers({ toFake: ["Date", "setTimeout", "clearTimeout"] });
    const t = openNotes();
    await t.mutation(later, { delayMs: MINUTE_MS, path: "notes:add", args: { text: "job" } });
    await t.mutation(later, { delayMs: MINUTE_MS, path: "jobs:actionAdds", args: { text: "action" } });
    vi.advanceTimersByTime(1);
    const seen = await t.run(async (ctx) => {
      vi.advanceTimersByTime(MINUTE_MS);
      await pause();
      return (await ctx.db.query("notes").collect()).length;
    });
    expect(seen).toBe(0);
    await t.finishAllScheduledFunctions(vi.runAllTimers);
    expect(await t.query(list)).toEqual(["job", "action"]);
  });

  it("cannot write as a query", async () => {
    const t = openNotes();
    const wrong = t.query(async (ctx) => ctx.runQuery(makeFunctionReference<"query">("notes:add"), { text: "x" }));
    await expect(wrong).rejects.toThrow("Trying to execute notes.js:add as Query");
    expect(await t.query(list)).toEqual([]);
  });
});

describe("jobs", () => {
  it("have the names that production gives them", async () => {
    vi.useFakeTimers();
    const t = openNotes();
    await t.mutation(later, { delayMs: 0, path: "notes:add", args: { text: "x" } });
    const jobs = await t.run(async (ctx) => ctx.db.system.query("_scheduled_functions").collect());
    expect(jobs).toMatchObject([{ name: "notes.js:add", args: [{ text: "x" }], state: { kind: "pending" } }]);
  });

  it("that do not become due are left when all others are done", async () => {
    vi.useFakeTimers();
    const t = openNotes();
    await t.mutation(later, { delayMs: 60 * MINUTE_MS, path: "notes:add", args: { text: "in an hour" } });
    await t.mutation(later, { delayMs: 0, path: "notes:add", args: { text: "now" } });
    await t.finishAllScheduledFunctions(() => vi.advanceTimersByTime(1));
    expect(await t.query(list)).toEqual(["now"]);
  });
});

describe("a backend that is closed", () => {
  const openBackend = async () => {
    const app = await loadApp({ directory: directoryOf("calls"), environment: () => undefined });
    return new TestBackend({ app, planted: {}, rehearseMutations: true, siteUrl: "https://some.convex.site" });
  };

  it("starts no job any more, and has no timer left, whichever timers it was made under", async () => {
    const backend = await openBackend();
    vi.useFakeTimers();
    const args = { delayMs: MINUTE_MS, path: "notes:add", args: { text: "late" } };
    await callFunction(backend, { kind: "mutation", reference: later, args, identity: null });
    vi.advanceTimersByTime(1);
    expect([vi.getTimerCount(), backend.countJobs("pending")]).toEqual([1, 1]);
    await backend.close();
    expect(vi.getTimerCount()).toBe(0);
    expect(() => backend.countJobs("pending")).toThrow("not open");
  });

  it("waits for code of the test that still holds the store", async () => {
    const backend = await openBackend();
    const code = async () => pause();
    const running = callInline(backend, { kind: "mutation", code, identity: null });
    await Promise.all([backend.close(), running]);
    expect(() => backend.countJobs("pending")).toThrow("not open");
  });

  it("says what went wrong with the engine itself", async () => {
    const backend = await openBackend();
    backend.context.reportFault(new Error("the disk is full"));
    await expect(backend.close()).rejects.toThrow("the disk is full");
  });
});

describe("components", () => {
  const take = makeFunctionReference<"mutation">("limits:take");

  it("are the app's own, each with its tables", async () => {
    const t = openParts();
    const answers: unknown[] = [];
    for (let n = 0; n < 4; n++) answers.push(await t.mutation(take, { limiter: "loose", key: "k" }));
    expect(answers).toEqual([true, true, true, false]);
    expect(await t.mutation(take, { limiter: "strict", key: "k" })).toBe(true);
  });

  it("undo with the mutation that called them", async () => {
    const t = openParts();
    for (let n = 0; n < 5; n++) {
      const failing = t.mutation(makeFunctionReference<"mutation">("limits:takeThenFail"), {
        limiter: "loose",
        key: "k",
      });
      await expect(failing).rejects.toThrow("nothing was sent");
    }
    expect(await t.mutation(take, { limiter: "loose", key: "k" })).toBe(true);
  });

  it("may be registered as for convex-test when convex.config installs them, and not otherwise", () => {
    const t = openParts();
    t.registerComponent("rateLimiter", schema, {});
    expect(() => t.registerComponent("unknown", schema, {})).toThrow("installs no component at unknown");
  });

  it("schedule jobs that are finished too", async () => {
    vi.useFakeTimers();
    const t = openParts();
    const vaults = (name: string) => makeFunctionReference<"mutation">(`vaults:${name}`);
    await t.mutation(vaults("later"), { name: "add", args: { text: "kept" } });
    await t.finishAllScheduledFunctions(vi.runAllTimers);
    const ask = makeFunctionReference<"query">("vaults:ask");
    expect(await t.query(ask, { name: "list", args: {} })).toEqual(["kept"]);
  });
});

describe("HTTP", () => {
  it("reaches the app's routes, and answers 404 beside them", async () => {
    const t = openParts();
    await expect(t.fetch("/fails", { method: "GET" })).rejects.toThrow("secret reason");
    expect((await t.fetch("/nowhere?x=1")).status).toBe(404);
  });
});

describe("files", () => {
  it("of the test are the app's, and those of the app are the test's", async () => {
    const t = openParts();
    const id = await t.run(async (ctx) => ctx.storage.store(new Blob(["ours"], { type: "text/plain" })));
    expect(await t.action(makeFunctionReference<"action">("files:read"), { id })).toEqual({
      text: "ours",
      type: "text/plain",
    });
    const store = makeFunctionReference<"action">("files:store");
    const theirs = await t.action(store, { text: "theirs", type: "text/plain" });
    expect(await t.run(async (ctx) => (await ctx.storage.get(theirs))?.text())).toBe("theirs");
    expect(await t.query(makeFunctionReference<"query">("files:rows"))).toBe(2);
  });

  it("that a failing transaction stored are gone", async () => {
    const t = openParts();
    const failed = t.run(async (ctx) => {
      await ctx.storage.store(new Blob(["never"]));
      throw new Error("no");
    });
    await expect(failed).rejects.toThrow("no");
    expect(await t.query(makeFunctionReference<"query">("files:rows"))).toBe(0);
  });
});

describe("what the engine does not know", () => {
  it("is refused by name", () => {
    expect(() => openNotes().withRequestMetadata({ ip: "127.0.0.1" })).toThrow("not supported by the local engine yet");
  });
});
