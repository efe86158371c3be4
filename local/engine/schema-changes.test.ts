// A running app whose schema changes while it has documents.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { makeDirectory } from "./bundle/test-directory.ts";
import { assertNoFaults, startTestWorld, type TestWorld } from "./testing/world.ts";

let world: TestWorld;
afterEach(async () => {
  assertNoFaults(world);
  await world.close();
});

const IMPORTS = `import { defineSchema, defineTable, mutationGeneric, queryGeneric } from "convex/server";
  import { v } from "convex/values";`;
const schemaOf = (table: string, options = "{}") =>
  `${IMPORTS} export default defineSchema({ notes: ${table} }, ${options});`;
const TEXT = "{ text: v.string() }";
const functionsOf = (answer: string) => `${IMPORTS}
  export const add = mutationGeneric((ctx, note) => ctx.db.insert("notes", note));
  export const list = queryGeneric(async (ctx) => (await ctx.db.query("notes").collect()).map(({ text }) => text));
  export const byText = queryGeneric((ctx, { text }) =>
    ctx.db.query("notes").withIndex("by_text", (q) => q.eq("text", text)).collect());
  export const search = queryGeneric((ctx, { text }) =>
    ctx.db.query("notes").withSearchIndex("search", (q) => q.search("text", text)).collect());
  export const version = queryGeneric(() => "${answer}");`;

async function start(schema: string) {
  const directory = makeDirectory({ "schema.ts": schema, "notes.ts": functionsOf("first") });
  world = await startTestWorld("", { directory });
  const write = (files: Record<string, string>) => {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);
  };
  const reload = async (files: Record<string, string>) => {
    write(files);
    await world.running.reload();
  };
  return { directory, write, reload };
}

const add = async (note: { text: string | number }) => z.string().parse(await world.call("notes:add", note));
const list = () => world.call("notes:list");

describe("a schema that a document does not match", () => {
  it("is refused with that document; nothing is lost, and the old app goes on as it was", async () => {
    const { reload } = await start(schemaOf(`defineTable(${TEXT}).index("by_text", ["text"])`));
    const id = await add({ text: "kept" });
    const next = schemaOf(`defineTable({ text: v.number() })`);
    await expect(reload({ "schema.ts": next, "notes.ts": functionsOf("second") })).rejects.toThrow(
      `Document with ID "${id}" in table "notes" does not match the schema: Value does not match validator.\nPath: .text\nValue: "kept"\nValidator: v.float64()`,
    );
    expect(await world.call("notes:version")).toBe("first");
    expect(await list()).toEqual(["kept"]);
    expect(await world.call("notes:byText", { text: "kept" })).toHaveLength(1);
    await expect(add({ text: 5 })).rejects.toThrow("because it does not match the schema");
    await add({ text: "after" });
    await reload({ "schema.ts": schemaOf(`defineTable({ text: v.union(v.string(), v.number()) })`) });
    expect(await world.call("notes:version")).toBe("second");
    await add({ text: 5 });
    expect(await list()).toEqual(["kept", "after", 5]);
  });

  it("keeps the engine from starting, until the schema fits again", async () => {
    const { write, directory } = await start(schemaOf(`defineTable(${TEXT})`));
    await world.close();
    const options = { directory, file: join(directory, "..", "store.sqlite") };
    world = await startTestWorld("", options);
    await add({ text: "kept" });
    await world.close();
    write({ "schema.ts": schemaOf("defineTable({})") });
    await expect(startTestWorld("", options)).rejects.toThrow("extra field `text`");
    write({ "schema.ts": schemaOf(`defineTable(${TEXT})`) });
    world = await startTestWorld("", options);
    expect(await list()).toEqual(["kept"]);
  });

  it("is taken with schemaValidation: false, and checked again once that is gone", async () => {
    const { reload } = await start(schemaOf(`defineTable(${TEXT})`));
    const strict = schemaOf(`defineTable({ text: v.number() })`);
    await add({ text: "kept" });
    await reload({ "schema.ts": schemaOf(`defineTable({ text: v.number() })`, "{ schemaValidation: false }") });
    await add({ text: "unchecked" });
    await expect(reload({ "schema.ts": strict })).rejects.toThrow('in table "notes" does not match the schema');
    expect(await list()).toEqual(["kept", "unchecked"]);
  });
});

describe("a table that leaves the schema", () => {
  it("keeps its documents, which are checked when it comes back", async () => {
    const { reload } = await start(schemaOf(`defineTable(${TEXT}).index("by_text", ["text"])`));
    await add({ text: "kept" });
    await reload({ "schema.ts": `${IMPORTS} export default defineSchema({});` });
    expect(await list()).toEqual(["kept"]);
    await expect(world.call("notes:byText", { text: "kept" })).rejects.toThrow("Index notes.by_text not found.");
    await add({ text: 5 });
    await expect(reload({ "schema.ts": schemaOf(`defineTable(${TEXT})`) })).rejects.toThrow("Value: 5.0");
    await reload({ "schema.ts": schemaOf(`defineTable({ text: v.any() }).index("by_text", ["text"])`) });
    expect(await world.call("notes:byText", { text: "kept" })).toHaveLength(1);
  });
});

describe("a schema that breaks a rule", () => {
  it("is refused before anything happens", async () => {
    const { reload } = await start(schemaOf(`defineTable(${TEXT})`));
    await add({ text: "kept" });
    const wrong = schemaOf(`defineTable({ text: v.number() }).index("by_missing", ["missing"])`);
    await expect(reload({ "schema.ts": wrong })).rejects.toThrow(
      'In table "notes" the index "by_missing" is invalid because it references the field "missing" that does not exist.',
    );
    expect(await list()).toEqual(["kept"]);
  });
});

describe("a staged index", () => {
  const staged = schemaOf(`defineTable(${TEXT})
    .index("by_text", { fields: ["text"], staged: true })
    .searchIndex("search", { searchField: "text", staged: true })`);
  const enabled = schemaOf(
    `defineTable(${TEXT}).index("by_text", ["text"]).searchIndex("search", { searchField: "text" })`,
  );

  it("is refused in queries until it is enabled, and then knows what came while it was staged", async () => {
    const { reload } = await start(schemaOf(`defineTable(${TEXT})`));
    await add({ text: "before" });
    await reload({ "schema.ts": staged });
    await add({ text: "meanwhile" });
    await expect(world.call("notes:byText", { text: "before" })).rejects.toThrow(
      "Index notes.by_text is currently staged and not available to query until it is enabled.",
    );
    await expect(world.call("notes:search", { text: "before" })).rejects.toThrow(
      "Index notes.search is currently staged and not available to query until it is enabled.",
    );
    await reload({ "schema.ts": enabled });
    for (const text of ["before", "meanwhile"]) {
      expect(await world.call("notes:byText", { text })).toHaveLength(1);
      expect(await world.call("notes:search", { text })).toHaveLength(1);
    }
    await reload({ "schema.ts": staged });
    await expect(world.call("notes:byText", { text: "before" })).rejects.toThrow("currently staged");
    await world.restart();
    await expect(world.call("notes:byText", { text: "before" })).rejects.toThrow("currently staged");
  });
});
