// Every value through the official HTTP client, a write, a read, an index and a filter.
import { ConvexHttpClient } from "convex/browser";
import { makeFunctionReference } from "convex/server";
import { type Value } from "convex/values";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { assertNoFaults, startTestWorld, type TestWorld } from "../testing/world.ts";

let world: TestWorld;
let client: ConvexHttpClient;
beforeAll(async () => {
  world = await startTestWorld("parts");
  client = new ConvexHttpClient(world.running.url, { logger: false });
});
afterAll(async () => {
  assertNoFaults(world);
  await world.close();
});

const ECHO = makeFunctionReference<"query">("values:echo");
const WRITE = makeFunctionReference<"mutation">("values:write");
const READ = makeFunctionReference<"query">("values:read");
const BY_INDEX = makeFunctionReference<"query">("values:labelsByIndex");
const BY_FILTER = makeFunctionReference<"query">("values:labelsByFilter");
const IN_ORDER = makeFunctionReference<"query">("values:labelsInOrder");
const MIN_INT64 = -(2n ** 63n);
const MAX_INT64 = 2n ** 63n - 1n;
const bytes = (...list: number[]): ArrayBuffer => new Uint8Array(list).buffer;

const EDGES: readonly (readonly [label: string, value: Value])[] = [
  ["null", null],
  ["smallest int64", MIN_INT64],
  ["int64 -2^31 - 1", -(2n ** 31n) - 1n],
  ["int64 -1", -1n],
  ["int64 0", 0n],
  ["int64 255", 255n],
  ["int64 2^53 + 1", 2n ** 53n + 1n],
  ["greatest int64", MAX_INT64],
  ["minus infinity", -Infinity],
  ["greatest negative float", -Number.MAX_VALUE],
  ["minus zero", -0],
  ["zero", 0],
  ["smallest float", Number.MIN_VALUE],
  ["one", 1],
  ["infinity", Infinity],
  ["not a number", NaN],
  ["false", false],
  ["true", true],
  ["empty text", ""],
  ["text with a zero", "a\0b"],
  ["text a", "ab"],
  ["text beyond the first plane", "😀"],
  ["no bytes", bytes()],
  ["zero bytes", bytes(0, 0)],
  ["bytes", bytes(0, 255)],
  ["empty list", []],
  ["list", [null, 1n, [-0]]],
  ["empty object", {}],
  ["object", { a: 1n, "b c": [NaN] }],
  ["object with an inherited name", { constructor: 1, toString: "x" }],
];

describe("an edge value", () => {
  const ids = new Map<string, unknown>();
  beforeAll(async () => {
    // Written from last to first: order comes from the index alone.
    for (const [label, value] of EDGES.toReversed()) ids.set(label, await client.mutation(WRITE, { label, value }));
  });

  it.each(EDGES)("%s comes back as it was sent", async (label, value) => {
    const expected = expect.objectContaining({ value });
    expect({ value: await client.query(ECHO, { value }) }).toEqual(expected);
    expect({ value: await client.query(READ, { id: ids.get(label) }) }).toEqual(expected);
  });

  it.each(EDGES)("%s is found by index and by filter, and nothing else is", async (label, value) => {
    await expect(client.query(BY_INDEX, { value })).resolves.toEqual([label]);
    await expect(client.query(BY_FILTER, { value })).resolves.toEqual([label]);
  });

  it("has its place in Convex's order", async () => {
    await expect(client.query(IN_ORDER, {})).resolves.toEqual(EDGES.map(([label]) => label));
  });
});

describe("any value", () => {
  const leaf = fc.oneof(
    fc.constant(null),
    fc.boolean(),
    fc.double(),
    fc.bigInt({ min: MIN_INT64, max: MAX_INT64 }),
    fc.string({ unit: "grapheme" }),
    fc.uint8Array({ maxLength: 12 }).map((array) => bytes(...array)),
  );
  const name = fc.stringMatching(/^[a-zA-Z][a-zA-Z0-9 _-]{0,8}$/);
  const value = fc.letrec<{ value: Value }>((tie) => ({
    value: fc.oneof(
      { depthSize: "small" },
      leaf,
      fc.array(tie("value"), { maxLength: 4 }),
      fc.dictionary(name, tie("value"), { maxKeys: 4 }),
    ),
  })).value;

  it("comes back as it was sent, and is found by what it is", async () => {
    await fc.assert(
      fc.asyncProperty(value, fc.uuid(), async (sent, label) => {
        const id = await client.mutation(WRITE, { label, value: sent });
        expect({ value: await client.query(READ, { id }) }).toEqual({ value: sent });
        await expect(client.query(BY_INDEX, { value: sent })).resolves.toContain(label);
      }),
      { numRuns: 60 },
    );
  });
});

describe("text that is not Unicode", () => {
  it.each(["\ud800", "\udc00", "a\ud83d", "\udc00\ud800"])("%j never becomes another text", async (text) => {
    const label = `half of ${JSON.stringify(text)}`;
    const stored = await client.mutation(WRITE, { label, value: text }).then(
      (id: unknown) => client.query(READ, { id }),
      () => text,
    );
    expect(stored).toBe(text);
    await expect(client.query(BY_INDEX, { value: "\ufffd" })).resolves.toEqual([]);
  });
});

describe("what may not be stored", () => {
  const nest = (levels: number): Value => (levels === 0 ? 1 : [nest(levels - 1)]);
  it.each<[what: string, value: Value, message: string]>([
    ["a list of 8,193", Array<number>(8193).fill(0), "Array length is too long (8193 > maximum length 8192)"],
    [
      "an object of 1,025 fields",
      Object.fromEntries(Array.from({ length: 1025 }, (_, n) => [`f${n}`, n])),
      "too many fields",
    ],
    ["a document of more than 1 MiB", "x".repeat(1024 * 1024), "Value is too large"],
    ["a value nested beyond 16 levels", nest(16), "too nested"],
  ])("%s is refused in words", async (_what, value, message) => {
    await expect(client.mutation(WRITE, { label: "too much", value })).rejects.toThrow(message);
  });

  it.each<[what: string, value: Value]>([
    ["a list of 8,192", Array<number>(8192).fill(0)],
    ["a value nested 15 levels deep", nest(15)],
  ])("%s is not", async (_what, value) => {
    await expect(client.mutation(WRITE, { label: "much", value })).resolves.toBeTypeOf("string");
  });

  it.each([
    '{"$x":1}',
    '{"é":1}',
    '{"a\\u0000":1}',
    '{"$integer":"AA=="}',
    '{"$float":"AAAAAAAA8D8="}',
    '{"$bytes":7}',
    '{"$undefined":null}',
  ])("%s, from a client of one's own, is stored by no door", async (json) => {
    const body = `{"path":"values:write","args":{"label":"raw","value":${json}},"format":"json"}`;
    const response = await fetch(`${world.running.url}/api/mutation`, { method: "POST", body });
    const answer: unknown = await response.json();
    expect(answer).not.toMatchObject({ status: "success" });
  });
});
