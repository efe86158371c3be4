/** What suites of `convex/` rely on, on both oracles: whoever changes the kit sees here where it begins to differ. */
import { fileURLToPath } from "node:url";
import { convexTest } from "convex-test";
import { defineSchema, defineTable, makeFunctionReference } from "convex/server";
import { ConvexError, v } from "convex/values";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { loadEngineTest } from "./engine-test.ts";

const MINUTE_MS = 60_000;
const START = Date.UTC(2026, 0, 5, 6, 0, 0);

/** As the fixture's own says. */
const schema = defineSchema({ notes: defineTable({ text: v.string() }) });

const add = makeFunctionReference<"mutation", { text: string }, string>("notes:add");
const list = makeFunctionReference<"query", Record<string, never>, string[]>("notes:list");
const failAfterWriting = makeFunctionReference<"mutation">("notes:failAfterWriting");
const addThenFail = makeFunctionReference<"mutation">("notes:addThenFail");
const catchNested = makeFunctionReference<"mutation">("notes:catchNested");
const whoAmI = makeFunctionReference<"query">("notes:whoAmI");
const later = makeFunctionReference<"mutation">("jobs:later");
const laterFromAction = makeFunctionReference<"action">("jobs:laterFromAction");
const actionAdds = makeFunctionReference<"action">("jobs:actionAdds");
const actionWaits = makeFunctionReference<"action">("jobs:actionWaits");

const modules = {
  ...import.meta.glob("../fixtures/calls/convex/*.ts"),
  "../fixtures/calls/convex/_generated/api.js": async () => ({}),
};
const directory = fileURLToPath(new URL("../fixtures/calls/convex", import.meta.url));

type Kit = ReturnType<typeof convexTest<(typeof schema)["tables"]>>;
const makers: Record<string, () => Kit> = { "convex-test": () => convexTest({ schema, modules }) };
beforeAll(async () => {
  makers["engine"] = await loadEngineTest(directory, schema);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe.each(["convex-test", "engine"])("%s", (oracle) => {
  const open = (): Kit => {
    const make = makers[oracle];
    if (make === undefined) throw new Error(`There is no ${oracle}`);
    return make();
  };
  /** The clock stands at START, and moves with the timers. */
  const openAtStart = (): Kit => {
    vi.useFakeTimers({ now: START });
    return open();
  };
  const count = async (t: Kit) => (await t.query(list)).length;

  describe("a call by reference", () => {
    it("reaches queries, mutations and actions, internal ones too, with arguments or without", async () => {
      const t = open();
      const id = await t.mutation(add, { text: "tea" });
      expect(await t.action(actionAdds, { text: "milk" })).toBeNull();
      expect(await t.query(list)).toEqual(["tea", "milk"]);
      expect(await t.run(async (ctx) => ctx.db.get("notes", ctx.db.normalizeId("notes", id) ?? fail()))).toMatchObject({
        text: "tea",
      });
    });

    it("checks the arguments by the function's validator", async () => {
      const t = open();
      await expect(t.mutation(makeFunctionReference<"mutation">("notes:add"), { text: 7 })).rejects.toThrow(
        /text|string/,
      );
      await expect(t.mutation(makeFunctionReference<"mutation">("notes:add"), {})).rejects.toThrow("text");
      expect(await count(t)).toBe(0);
    });

    it("refuses what is not there, and a kind that the function is not", async () => {
      const t = open();
      await expect(t.query(makeFunctionReference<"query">("notes:nothing"))).rejects.toThrow("nothing");
      await expect(t.query(makeFunctionReference<"query">("notes:add"), { text: "x" })).rejects.toThrow(/query/i);
      expect(await count(t)).toBe(0);
    });

    it("throws a ConvexError with its data as it was, and undoes what the function wrote", async () => {
      const t = open();
      const error = await t.mutation(failAfterWriting).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(ConvexError);
      expect(error).toMatchObject({ data: { code: "nope", at: 1n } });
      expect(await t.query(list)).toEqual([]);
    });

    it("throws another error with its words", async () => {
      await expect(open().mutation(addThenFail, { text: "x" })).rejects.toThrow("boom");
    });

    it("undoes a nested mutation alone when its parent catches", async () => {
      const t = open();
      expect(await t.mutation(catchNested, { code: "full" })).toEqual({ data: { code: "full" } });
      expect(await t.query(list)).toEqual(["before", "after"]);
    });
  });

  describe("an identity", () => {
    it("is that of the accessor which was asked for it, and of no other", async () => {
      const t = open();
      const ada = t.withIdentity({ subject: "ada" });
      const eve = ada.withIdentity({ subject: "eve" });
      expect([await t.query(whoAmI), await ada.query(whoAmI), await eve.query(whoAmI)]).toEqual([null, "ada", "eve"]);
    });

    it("has an issuer, a subject and a token identifier of both, and what else was claimed", async () => {
      const claims = { name: "Ada", o: { id: "org_1", rol: "owner" } };
      const identity = await open()
        .withIdentity(claims)
        .run(async (ctx) => ctx.auth.getUserIdentity());
      expect(identity).toMatchObject({ ...claims, tokenIdentifier: `${identity?.issuer}|${identity?.subject}` });
    });

    it("is of a different person for different claims", async () => {
      const t = open();
      const subjectOf = async (name: string) => t.withIdentity({ name }).query(whoAmI);
      expect(await subjectOf("Ada")).not.toBe(await subjectOf("Eve"));
      expect(await subjectOf("Ada")).toBe(await subjectOf("Ada"));
    });
  });

  describe("code of the test", () => {
    it("runs in one transaction, and what it returns comes back", async () => {
      const t = open();
      const ids = await t.run(async (ctx) => {
        const first = await ctx.db.insert("notes", { text: "one" });
        await ctx.db.patch("notes", first, { text: "two" });
        return { first, size: 1n, rows: (await ctx.db.query("notes").collect()).length };
      });
      expect(ids).toMatchObject({ size: 1n, rows: 1 });
      expect(await t.query(list)).toEqual(["two"]);
    });

    it("leaves nothing when it throws, its jobs neither, and its error arrives as it was thrown", async () => {
      const t = openAtStart();
      const error = new RangeError("on second thoughts");
      const failed = t.run(async (ctx) => {
        await ctx.db.insert("notes", { text: "never" });
        await ctx.scheduler.runAfter(0, add, { text: "never either" });
        throw error;
      });
      await expect(failed).rejects.toThrow(error);
      await t.finishAllScheduledFunctions(vi.runAllTimers);
      expect(await t.query(list)).toEqual([]);
    });

    it("throws ConvexErrors with their data as it was", async () => {
      const failed = open().run(async () => {
        throw new ConvexError({ code: "full", limit: 3n });
      });
      await expect(failed).rejects.toMatchObject({ data: { code: "full", limit: 3n } });
    });

    it("cannot write what the schema forbids", async () => {
      const t = open();
      const wrong = t.run(async (ctx) => ctx.db.insert("notes", JSON.parse('{"text": 7}')));
      await expect(wrong).rejects.toThrow(/string/);
      expect(await count(t)).toBe(0);
    });

    it("runs beside others one after the other: no update is lost", async () => {
      const t = open();
      const addOneMore = async () =>
        t.run(async (ctx) => {
          const known = (await ctx.db.query("notes").collect()).length;
          await new Promise<void>((resolve) => void setImmediate(resolve));
          await ctx.db.insert("notes", { text: `note ${known}` });
        });
      await Promise.all([...Array.from({ length: 5 }, addOneMore), t.mutation(add, { text: "by reference" })]);
      const texts = (await t.query(list)).filter((text) => text.startsWith("note "));
      expect(new Set(texts).size).toBe(5);
    });

    it("can be a query, a mutation or an action", async () => {
      const t = open();
      await t.mutation(async (ctx) => ctx.db.insert("notes", { text: "by a mutation" }));
      const seen = await t.action(async (ctx) => {
        await ctx.runMutation(add, { text: "by an action" });
        return ctx.runQuery(list, {});
      });
      expect(seen).toEqual(["by a mutation", "by an action"]);
      expect(await t.query(async (ctx) => (await ctx.db.query("notes").collect()).length)).toBe(2);
    });

    it("calls functions of the app inside its transaction", async () => {
      const t = open();
      const failed = t.mutation(async (ctx) => {
        await ctx.runMutation(add, { text: "undone with its caller" });
        throw new Error("no");
      });
      await expect(failed).rejects.toThrow("no");
      expect(await t.query(list)).toEqual([]);
    });

    it("keeps, finds and deletes files", async () => {
      const t = open();
      const id = await t.run(async (ctx) => ctx.storage.store(new Blob(["hello"], { type: "text/plain" })));
      const found = await t.run(async (ctx) => {
        const blob = await ctx.storage.get(id);
        return { text: await blob?.text(), type: blob?.type, url: (await ctx.storage.getUrl(id)) !== null };
      });
      expect(found).toEqual({ text: "hello", type: "text/plain", url: true });
      await t.run(async (ctx) => ctx.storage.delete(id));
      expect(await t.run(async (ctx) => ctx.storage.get(id))).toBeNull();
    });
  });

  describe("a scheduled function", () => {
    it("runs when the fake clock has come to its time, and not before", async () => {
      const t = openAtStart();
      await t.mutation(later, { delayMs: MINUTE_MS, path: "notes:add", args: { text: "in a minute" } });
      vi.advanceTimersByTime(MINUTE_MS - 1);
      await t.finishInProgressScheduledFunctions();
      expect(await t.query(list)).toEqual([]);
      vi.advanceTimersByTime(1);
      await t.finishInProgressScheduledFunctions();
      expect(await t.query(list)).toEqual(["in a minute"]);
    });

    it("of an action is due by the fake clock too", async () => {
      const t = openAtStart();
      await t.action(laterFromAction, { delayMs: MINUTE_MS, path: "notes:add", args: { text: "in a minute" } });
      const [job] = await t.run(async (ctx) => ctx.db.system.query("_scheduled_functions").collect());
      expect(job).toMatchObject({ scheduledTime: START + MINUTE_MS, state: { kind: "pending" } });
    });

    it("runs with all that follows from it", async () => {
      const t = openAtStart();
      const last = { delayMs: 3 * MINUTE_MS, path: "jobs:actionAdds", args: { text: "the end" } };
      await t.mutation(later, { delayMs: MINUTE_MS, path: "jobs:later", args: last });
      await t.finishAllScheduledFunctions(vi.runAllTimers);
      expect(await t.query(list)).toEqual(["the end"]);
      // A timer of 0 ms that is set while fake time passes takes 1 ms.
      expect(Math.floor(Date.now() / 10)).toBe(Math.floor((START + 4 * MINUTE_MS) / 10));
      const jobs = await t.run(async (ctx) => ctx.db.system.query("_scheduled_functions").collect());
      expect(jobs.map(({ state }) => state.kind)).toEqual(["success", "success"]);
    });

    it("that fails is failed, and the others go on", async () => {
      const t = openAtStart();
      vi.spyOn(console, "error").mockImplementation(() => {}); // where convex-test says it
      await t.mutation(later, { delayMs: 0, path: "jobs:fails", args: {} });
      await t.mutation(later, { delayMs: 1, path: "jobs:actionFails", args: {} });
      await t.mutation(later, { delayMs: 2, path: "notes:add", args: { text: "still here" } });
      await t.finishAllScheduledFunctions(vi.runAllTimers);
      const jobs = await t.run(async (ctx) => ctx.db.system.query("_scheduled_functions").collect());
      expect(jobs.map(({ state }) => state.kind)).toEqual(["failed", "failed", "success"]);
      expect(await t.query(list)).toEqual(["still here"]);
    });

    it("that is canceled never runs", async () => {
      const t = openAtStart();
      await t.run(async (ctx) => {
        const job = await ctx.scheduler.runAfter(MINUTE_MS, add, { text: "never" });
        await ctx.scheduler.cancel(job);
      });
      await t.finishAllScheduledFunctions(vi.runAllTimers);
      expect(await t.query(list)).toEqual([]);
    });

    it("that schedules itself for ever is told of", async () => {
      const t = openAtStart();
      await t.mutation(later, { delayMs: 0, path: "jobs:again", args: {} });
      await expect(t.finishAllScheduledFunctions(() => vi.advanceTimersByTime(1), 5)).rejects.toThrow("maxIterations");
      vi.clearAllTimers();
    });

    it("waits by the test's timers and asks the test's network", async () => {
      const t = openAtStart();
      vi.stubGlobal("fetch", async (url: unknown) => new Response(`answer of ${String(url)}`));
      const args = { delayMs: 10 * MINUTE_MS, url: "https://provider.test/" };
      await t.mutation(later, { delayMs: 0, path: "jobs:actionWaits", args });
      await t.finishAllScheduledFunctions(vi.runAllTimers);
      const at = START + 10 * MINUTE_MS;
      expect(await t.query(list)).toEqual([`answer of https://provider.test/ at ${at}`]);
    });
  });

  it("calls actions directly with the test's network and clock as well", async () => {
    const t = openAtStart();
    vi.stubGlobal("fetch", async () => new Response("yes"));
    const answer = t.action(actionWaits, { delayMs: MINUTE_MS, url: "https://provider.test/" });
    await vi.waitFor(() => expect(vi.getTimerCount()).toBeGreaterThan(0));
    vi.advanceTimersByTime(MINUTE_MS);
    expect(await answer).toMatch(/^yes at \d+$/);
  });

  it("knows nothing of another backend", async () => {
    const [one, other] = [open(), open()];
    await one.mutation(add, { text: "of one" });
    expect([await one.query(list), await other.query(list)]).toEqual([["of one"], []]);
  });
});

function fail(): never {
  throw new Error("An id is an id of its table");
}
