import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { assertNoFaults, startTestWorld, type TestWorld } from "../testing/world.ts";

let world: TestWorld;
beforeAll(async () => {
  world = await startTestWorld("vectors");
});
afterAll(() => world.close());
beforeEach(() => world.call("shapes:clear"));
afterEach(() => assertNoFaults(world));

const found = z.array(z.object({ name: z.string().nullable(), score: z.number() }));
const put = (name: string, vector: number[], color = "red") => world.call("shapes:put", { name, vector, color });
const find = async (args: { vector: number[]; limit?: number; colors?: string[] }) =>
  found.parse(await world.call("shapes:find", args));
const names = async (args: Parameters<typeof find>[0]) => (await find(args)).map(({ name }) => name);

describe("ctx.vectorSearch", () => {
  it("finds what mutations wrote, changed and removed", async () => {
    await put("east", [1, 0]);
    await put("north", [0, 1]);
    expect(await find({ vector: [2, 0] })).toEqual([
      { name: "east", score: 1 },
      { name: "north", score: 0 },
    ]);
    await put("north", [1, 0.1]);
    await put("east", [-1, 0]);
    expect(await names({ vector: [2, 0] })).toEqual(["north", "east"]);
    await world.call("shapes:clear");
    expect(await find({ vector: [2, 0] })).toEqual([]);
  });

  it("takes a limit and a filter of the client library's", async () => {
    await put("a", [1, 0], "red");
    await put("b", [1, 0], "blue");
    await put("c", [1, 0], "green");
    expect(await names({ vector: [1, 0], limit: 2 })).toEqual(["a", "b"]);
    expect(await names({ vector: [1, 0], colors: ["blue", "green"] })).toEqual(["b", "c"]);
    expect(await names({ vector: [1, 0], colors: ["none"] })).toEqual([]);
  });

  it("still finds after a restart", async () => {
    await put("east", [1, 0]);
    await world.restart();
    expect(await names({ vector: [1, 0] })).toEqual(["east"]);
  });

  it.each([
    ["shapes:find", { vector: [1, 0, 0] }, "Expected a vector with dimensions 2, received 3."],
    ["shapes:find", { vector: [1, 0], limit: 300 }, "Vector queries can fetch at most 256 results, requested 300."],
    ["shapes:find", { vector: [] }, "`vector` must be a non-empty Array in vectorSearch"],
    ["shapes:findBy", { index: "by_nothing", field: "color" }, "Index shapes.by_nothing not found."],
    ["shapes:findBy", { index: "by_vector", field: "vector" }, 'contains a filter on "vector"'],
  ])("%s refuses %j", async (path, args, message) => {
    await expect(world.call(path, args)).rejects.toThrow(message);
  });

  it("searches a component's own tables inside the component", async () => {
    await put("east", [1, 0]);
    const { added, found: inDepot } = z
      .object({ added: z.string(), found: z.array(z.object({ _id: z.string(), _score: z.number() })) })
      .parse(await world.call("shapes:addToDepot", { vector: [1, 0, 0] }));
    expect(inDepot).toEqual([{ _id: added, _score: 1 }]);
  });
});
