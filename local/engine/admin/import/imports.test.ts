import { describe, expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { assertNoFaults, startTestWorld } from "../../testing/world.ts";
import type { JsonObject } from "../../types.ts";
import type { ImportRequest } from "./request.ts";

const ROW = z.object({ state: z.looseObject({ state: z.string(), error_message: z.string().optional() }) });
const ANSWER = z.object({ value: z.string() });
const AUTHORS: ImportRequest = { component: "", mode: "append", format: "jsonLines", table: "authors" };

async function start() {
  const world = await startTestWorld("moving");
  onTestFinished(async () => {
    assertNoFaults(world);
    await world.close();
  });
  const { imports } = world.running.admin;
  const query = (name: string, args: JsonObject) => {
    const call = { component: "", path: `_system/cli/${name}`, args, identity: null, publicOnly: false };
    const result = world.running.engine.runQuery(call);
    const value: unknown = JSON.parse(ANSWER.parse(result).value);
    return { reads: result.reads, value };
  };
  const ask = (importId: string) => {
    const { reads, value } = query("queryImport", { importId });
    return { reads, state: ROW.parse(value).state };
  };
  const prepare = (text: string, request = AUTHORS) => imports.prepare(request, Buffer.from(text));
  return { world, imports, prepare, ask, query };
}

describe("an import", () => {
  test("waits to be confirmed, then is done: once", async () => {
    const { imports, prepare, ask, world } = await start();
    const id = prepare('{"name":"Ana"}\n');
    expect(ask(id).state).toMatchObject({ state: "waiting_for_confirmation", require_manual_confirmation: false });
    expect(await world.call("blog:read", { name: "Ana" })).toEqual([]);
    imports.perform(id);
    expect(ask(id).state).toEqual({ state: "completed", num_rows_written: { $integer: "AQAAAAAAAAA=" } });
    expect(() => imports.perform(id)).toThrow(/not found, or over already/);
    expect(() => imports.cancel(id)).toThrow(/not found, or over already/);
  });

  test("that is refused says why, in the row that the CLI watches", async () => {
    const { prepare, ask } = await start();
    expect(ask(prepare("7")).state).toEqual({
      state: "failed",
      error_message: 'Hit an error while importing:\nRow 1 of "authors" cannot be imported: it is not an object',
    });
  });

  test("can be canceled, and is when another comes", async () => {
    const { imports, prepare, ask } = await start();
    const first = prepare('{"name":"Ana"}');
    const second = prepare('{"name":"Rui"}');
    expect(ask(first).state.error_message).toBe("Import canceled");
    expect(() => imports.perform(first)).toThrow(/not found/);
    imports.cancel(second);
    expect(ask(second).state.error_message).toBe("Import canceled");
  });

  test("that the engine did not live to end has failed when it starts again; what is over stays as it is", async () => {
    const { world, imports, prepare, ask } = await start();
    const done = prepare('{"name":"Ana"}');
    imports.perform(done);
    const open = prepare('{"name":"Rui"}');
    await world.restart();
    expect(ask(open).state).toEqual({
      state: "failed",
      error_message: "The engine stopped before this import was done. Nothing of it was imported: run it again.",
    });
    expect(ask(done).state.state).toBe("completed");
    expect(await world.call("blog:read", { name: "Rui" })).toEqual([]);
  });

  test("is told live to who watches it, and to live queries of its tables", async () => {
    const { world, imports, prepare, ask } = await start();
    const id = prepare('{"name":"Ana"}');
    const touched = new Set<number>();
    world.running.engine.onCommit(({ writes }) => writes.forEach(({ index }) => touched.add(index)));
    const { reads } = ask(id);
    const query = { component: "", path: "blog:read", args: { name: "Ana" }, identity: null, publicOnly: true };
    const authors = world.running.engine.runQuery(query).reads;
    imports.perform(id);
    for (const depends of [reads, authors]) expect(depends.some(({ index }) => touched.has(index))).toBe(true);
  });

  test("of values separated by commas leaves out what is empty and may be missing", async () => {
    const { imports, prepare, query } = await start();
    imports.perform(prepare("name,born\nAna,\n", { ...AUTHORS, format: "csv" }));
    const args = { table: "authors", order: "asc", paginationOpts: { numItems: 5, cursor: null } };
    expect(query("tableData", args).value).toMatchObject({
      page: [{ _id: expect.any(String), _creationTime: expect.any(Number), name: "Ana" }],
    });
    expect(JSON.stringify(query("tableData", args).value)).not.toContain("born");
  });
});
