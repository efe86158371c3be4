import fc from "fast-check";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { advanceUntil } from "../testing/time.ts";
import { assertNoFaults, startTestWorld, type TestWorld } from "../testing/world.ts";
import type { JsonObject } from "../types.ts";

let world: TestWorld;
beforeAll(async () => {
  world = await startTestWorld("components");
});
afterAll(() => world.close());
afterEach(() => assertNoFaults(world));

type Item = { id: string; key: number; sumValue: number };
/** `nth` picks among the items that are there; without any, or for "insert", a new one is made. */
type Step = { kind: "insert" | "delete" | "replace"; nth: number; key: number; sumValue: number };

const FROM = 10;
const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom("insert", "insert", "delete", "replace"),
  nth: fc.nat(99),
  key: fc.integer({ min: 0, max: 20 }),
  sumValue: fc.integer({ min: -50, max: 50 }),
});

const look = (namespace: string) => world.call("sums:look", { namespace, from: FROM });
const apply = (namespace: string, changes: JsonObject[], fails = false) =>
  world.call("sums:apply", { namespace, changes, fails });

describe("@convex-dev/aggregate", () => {
  it("counts, sums and orders as one who looks at every item, after any insertions, replacements and removals", async () => {
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(step, { maxLength: 15 }), { maxLength: 4 }), async (batches) => {
        const namespace = `run ${runs++}`;
        const items: Item[] = [];
        let told = 0;
        for (const steps of batches) {
          await apply(
            namespace,
            steps.map((each) => change(items, each, `item ${told++}`)),
          );
          expect(await look(namespace)).toEqual(naive(items));
        }
      }),
      { numRuns: 25 },
    );
  });

  it("stays as it was when the app's mutation fails", async () => {
    await apply("kept", [{ kind: "insert", id: "a", key: 12, sumValue: 3 }]);
    const failing = apply("kept", [{ kind: "insert", id: "b", key: 13, sumValue: 4 }], true);
    await expect(failing).rejects.toThrow("the app failed");
    expect(await look("kept")).toEqual({ order: ["a"], sum: 3, countFrom: 1, sumFrom: 3 });
  });

  it("refuses an item that is not there, and tells so", async () => {
    await expect(apply("none", [{ kind: "delete", id: "x", key: 1 }])).rejects.toThrow("DELETE_MISSING_KEY");
  });

  it("answers from a stale snapshot too, which a mutation then does not depend on", async () => {
    await apply("stale", [{ kind: "insert", id: "a", key: 1, sumValue: 1 }]);
    expect(await world.call("sums:staleCount", { namespace: "stale" })).toBe(1);
  });

  it("takes what is put off, a little later and in order", async () => {
    const put = (id: string, key: number) =>
      world.call("sums:applyLater", { namespace: "later", id, key, sumValue: key });
    for (let n = 0; n < 5; n++) await put(`item ${n}`, 20 - n);
    await advanceUntil(world, async () => (await world.call("sums:staleCount", { namespace: "later" })) === 5);
    expect(await look("later")).toMatchObject({ order: [4, 3, 2, 1, 0].map((n) => `item ${n}`), sum: 90 });
  });
});

/** Follows the step among the items, and gives it as the component is told. */
function change(items: Item[], { kind, nth, key, sumValue }: Step, newId: string): JsonObject {
  const at = nth % Math.max(items.length, 1);
  const item = items[at];
  if (kind === "insert" || item === undefined) {
    items.push({ id: newId, key, sumValue });
    return { kind: "insert", id: newId, key, sumValue };
  }
  if (kind === "delete") {
    items.splice(at, 1);
    return { kind, id: item.id, key: item.key };
  }
  items[at] = { id: item.id, key, sumValue };
  return { kind, id: item.id, key: item.key, newKey: key, sumValue };
}

function naive(items: readonly Item[]) {
  const sum = (some: readonly Item[]) => some.reduce((total, { sumValue }) => total + sumValue, 0);
  const from = items.filter(({ key }) => key >= FROM);
  const order = items.toSorted((a, b) => a.key - b.key || (a.id < b.id ? -1 : 1)).map(({ id }) => id);
  return { order, sum: sum(items), countFrom: from.length, sumFrom: sum(from) };
}
