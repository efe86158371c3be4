import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { covers } from "../store/testing.ts";
import { startTestWorld, type TestWorld } from "../testing/world.ts";
import type { JsonObject } from "../types.ts";
import { isSystemPath } from "./system-queries.ts";

const PAGE = z.object({
  page: z.array(z.object({ text: z.string() })),
  isDone: z.boolean(),
  continueCursor: z.string(),
});
const FIRST_PAGE = { cursor: null, numItems: 2 };

let world: TestWorld;
beforeEach(async () => {
  world = await startTestWorld("parts");
});
afterEach(() => world.close());

function ask(path: string, args: JsonObject = {}, { component = "", publicOnly = false } = {}) {
  return world.running.engine.runQuery({ component, path, args, identity: null, publicOnly });
}

function valueOf(path: string, args: JsonObject = {}, component = ""): unknown {
  const result = ask(path, args, { component });
  if (!result.ok) throw new Error(result.errorMessage);
  return JSON.parse(result.value);
}

/** Whether the query would be asked again after `change`. */
async function isTouched(path: string, args: JsonObject, change: () => Promise<unknown>): Promise<boolean> {
  const { reads } = ask(path, args);
  let touched = false;
  const stop = world.running.engine.onCommit(({ writes }) => {
    touched ||= writes.some((write) => covers({ reads }, write));
  });
  await change();
  stop();
  return touched;
}

describe("who may ask", () => {
  test.each([
    "_system/cli/tables",
    "_system/cli/tableData",
    "_system/cli/modules:apiSpec",
    "_system/cli/convexUrl:cloudUrl",
    "_system/cli/nothing",
  ])("%s tells nobody but an admin anything", (path) => {
    const result = ask(path, {}, { publicOnly: true });
    expect(result).toMatchObject({ ok: false });
    expect(result.ok || result.errorMessage).toContain("Unauthorized");
  });

  test("a path is the deployment's own by its first folder alone", () => {
    expect(["_system/cli/tables:default", "system/cli:default", "a/_system/b:default"].map(isSystemPath)).toEqual([
      true,
      false,
      false,
    ]);
  });

  test("a query that is not there fails, and is no fault of the engine", () => {
    const result = ask("_system/cli/nothing");
    expect(result.ok || result.errorMessage).toContain("no system query _system/cli/nothing");
    expect(world.faults).toEqual([]);
  });
});

describe("tables", () => {
  test("are those of the component that is asked", () => {
    expect(valueOf("_system/cli/tables")).toMatchObject({
      page: [{ name: "notes" }, { name: "values" }],
      isDone: true,
    });
    expect(valueOf("_system/cli/tables", {}, "vault")).toMatchObject({ page: [{ name: "entries" }], isDone: true });
  });
});

describe("documents of a table", () => {
  test("come in pages, each once, in either order", async () => {
    for (const text of ["a", "b", "c"]) await world.call("files:insertNote", { text });
    for (const [order, expected] of [
      ["asc", ["a", "b", "c"]],
      ["desc", ["c", "b", "a"]],
    ] as const) {
      const ask = (paginationOpts: JsonObject) =>
        PAGE.parse(valueOf("_system/cli/tableData", { table: "notes", order, paginationOpts }));
      const first = ask(FIRST_PAGE);
      const second = ask({ cursor: first.continueCursor, numItems: 10 });
      expect([first.isDone, second.isDone]).toEqual([false, true]);
      expect([...first.page, ...second.page].map(({ text }) => text)).toEqual(expected);
    }
  });

  test("are read again when one comes, and only then", async () => {
    const args = { table: "notes", order: "asc", paginationOpts: FIRST_PAGE };
    const write = (path: string, given: JsonObject) => () => world.call(path, given);
    expect(await isTouched("_system/cli/tableData", args, write("files:insertNote", { text: "new" }))).toBe(true);
    expect(await isTouched("_system/cli/tableData", args, write("values:write", { label: "x", value: 1 }))).toBe(false);
  });

  test("are none for the engine's private tables", async () => {
    await world.call("files:store", { text: "a", type: "text/plain" });
    const page = (table: string) =>
      valueOf("_system/cli/tableData", { table, order: "asc", paginationOpts: FIRST_PAGE });
    expect(page("_crons")).toMatchObject({ page: [], isDone: true });
    expect(page("_storage")).toMatchObject({ page: [{ contentType: "text/plain", size: 1 }] });
  });

  test.each<JsonObject>([
    {},
    { table: "notes", order: "asc" },
    { table: "notes", order: "asc", paginationOpts: [] },
    { table: "notes", order: "asc", paginationOpts: { cursor: null } },
    { table: 1, order: "asc", paginationOpts: FIRST_PAGE },
  ])("are refused, without a fault, to %j", (args) => {
    expect(ask("_system/cli/tableData", args).ok).toBe(false);
    expect(world.faults).toEqual([]);
  });
});

test("routes belong to the app, functions to their component", () => {
  const identifiers = (component: string) =>
    z
      .array(z.looseObject({ identifier: z.string().optional(), path: z.string().optional() }))
      .parse(valueOf("_system/cli/modules:apiSpec", {}, component))
      .map(({ identifier, path }) => identifier ?? path);
  expect(identifiers("")).toEqual(expect.arrayContaining(["files.js:row", "/fails"]));
  expect(identifiers("vault")).toEqual(expect.arrayContaining(["entries.js:secret"]));
  expect(identifiers("vault")).not.toContain("/fails");
});
