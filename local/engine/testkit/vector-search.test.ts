/** Vector search as suites of `convex/` would use it, on both oracles. */
import { fileURLToPath } from "node:url";
import { convexTest } from "convex-test";
import { defineSchema, defineTable, makeFunctionReference } from "convex/server";
import { v } from "convex/values";
import { beforeAll, describe, expect, it } from "vitest";
import { loadEngineTest } from "./engine-test.ts";

/** As the fixture's own says. */
const schema = defineSchema({
  shapes: defineTable({ name: v.string(), vector: v.array(v.number()), color: v.optional(v.string()) })
    .index("by_name", ["name"])
    .vectorIndex("by_vector", { vectorField: "vector", dimensions: 2, filterFields: ["color"] }),
});

type Asked = { vector: number[]; limit?: number; colors?: string[] };
type Found = { name: string; score: number }[];

const put = makeFunctionReference<"mutation", { name: string; vector: number[]; color?: string }>("shapes:put");
const clear = makeFunctionReference<"mutation">("shapes:clear");
const find = makeFunctionReference<"action", Asked, Found>("shapes:find");

const modules = {
  ...import.meta.glob("../fixtures/vectors/convex/*.ts"),
  "../fixtures/vectors/convex/_generated/api.js": async () => ({}),
};
const directory = fileURLToPath(new URL("../fixtures/vectors/convex", import.meta.url));

type Kit = ReturnType<typeof convexTest<(typeof schema)["tables"]>>;
const makers: Record<string, () => Kit> = { "convex-test": () => convexTest({ schema, modules }) };
beforeAll(async () => {
  makers["engine"] = await loadEngineTest(directory, schema);
});

describe.each(["convex-test", "engine"])("%s", (oracle) => {
  const open = async (): Promise<Kit> => {
    const t = makers[oracle]?.();
    if (t === undefined) throw new Error(`There is no ${oracle}`);
    await t.mutation(put, { name: "north", vector: [0, 1], color: "red" });
    await t.mutation(put, { name: "east", vector: [3, 0], color: "blue" });
    await t.mutation(put, { name: "northeast", vector: [1, 1] });
    return t;
  };

  it("finds by direction, the nearest first, with the cosine for a score", async () => {
    const t = await open();
    expect(await t.action(find, { vector: [2, 0] })).toEqual([
      { name: "east", score: expect.closeTo(1, 6) },
      { name: "northeast", score: expect.closeTo(Math.SQRT1_2, 6) },
      { name: "north", score: expect.closeTo(0, 6) },
    ]);
  });

  it("limits and filters", async () => {
    const t = await open();
    const names = async (asked: Asked) => (await t.action(find, asked)).map(({ name }) => name);
    expect(await names({ vector: [2, 0], limit: 1 })).toEqual(["east"]);
    expect(await names({ vector: [2, 0], colors: ["red"] })).toEqual(["north"]);
    expect(await names({ vector: [2, 0], colors: ["red", "blue"] })).toEqual(["east", "north"]);
    expect(await names({ vector: [2, 0], colors: ["green"] })).toEqual([]);
  });

  it("follows changes and removals", async () => {
    const t = await open();
    await t.mutation(put, { name: "north", vector: [9, 0] });
    await t.mutation(put, { name: "east", vector: [-1, 0] });
    expect((await t.action(find, { vector: [2, 0] })).map(({ name }) => name)).toEqual(["north", "northeast", "east"]);
    await t.mutation(clear);
    expect(await t.action(find, { vector: [2, 0] })).toEqual([]);
  });

  it("searches in code of the test's own that runs as an action", async () => {
    const t = await open();
    const found = await t.action(async (ctx) => ctx.vectorSearch("shapes", "by_vector", { vector: [0, 1], limit: 1 }));
    expect(found).toEqual([{ _id: expect.any(String), _score: expect.closeTo(1, 6) }]);
  });
});
