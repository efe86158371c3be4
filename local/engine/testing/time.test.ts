import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { advanceBy, advanceUntil } from "./time.ts";
import { assertNoFaults, startTestWorld, type TestWorld } from "./world.ts";

const HOUR_MS = 3_600_000;

let real: TestWorld;
/** The same world, which notes every step of time that it is asked for. */
let world: TestWorld;
const steps: number[] = [];
beforeAll(async () => {
  real = await startTestWorld("calls");
  world = {
    ...real,
    advance: (ms) => {
      steps.push(ms);
      real.advance(ms);
    },
  };
});
afterAll(async () => {
  assertNoFaults(real);
  await real.close();
});

const later = (text: string, delayMs: number) =>
  world.call("jobs:later", { path: "jobs:actionAdds", delayMs, args: { text } });
const has = async (text: string): Promise<boolean> => Array.from(Object(await world.call("notes:list"))).includes(text);

describe("letting time pass", () => {
  it("is exactly as long as it is meant to be, in steps none of which is too long", async () => {
    const span = fc.record({ ms: fc.integer({ min: 0, max: 2_000 }), stepMs: fc.integer({ min: 100, max: 700 }) });
    await fc.assert(
      fc.asyncProperty(span, async ({ ms, stepMs }) => {
        const before = world.clock.time;
        steps.length = 0;
        await advanceBy(world, ms, stepMs);
        expect(world.clock.time).toBe(before + ms);
        expect(steps).toHaveLength(Math.ceil(ms / stepMs));
        expect(steps.filter((step) => step > stepMs)).toEqual([]);
      }),
      { numRuns: 20 },
    );
  });

  it("lets what comes due on the way run, and nothing that is due later", async () => {
    await later("in a second", 1_000);
    await later("in an hour", HOUR_MS);
    await advanceBy(world, 1_500);
    expect([await has("in a second"), await has("in an hour")]).toEqual([true, false]);
  });
});

describe("waiting for something", () => {
  it("ends when it has come about, not when time is up", async () => {
    const before = world.clock.time;
    await later("awaited", 5_000);
    await advanceUntil(world, () => has("awaited"));
    const passedMs = world.clock.time - before;
    expect(passedMs).toBeGreaterThanOrEqual(5_000);
    expect(passedMs).toBeLessThan(10_000);
  });

  it("lets no time pass when it holds already", async () => {
    const before = world.clock.time;
    await advanceUntil(world, async () => true);
    expect(world.clock.time).toBe(before);
  });

  it("fails when it has not come about in the time it may take, and asks a last time at the end of it", async () => {
    const before = world.clock.time;
    const asked: number[] = [];
    const never = advanceUntil(
      world,
      async () => {
        asked.push(world.clock.time - before);
        return false;
      },
      { stepMs: 50, limitMs: 200 },
    );
    await expect(never).rejects.toThrow("it did not come about within 200 ms");
    expect(asked).toEqual([0, 50, 100, 150, 200]);
  });

  it("takes what comes about with the last step", async () => {
    const end = world.clock.time + 200;
    await advanceUntil(world, async () => world.clock.time >= end, { stepMs: 50, limitMs: 200 });
    expect(world.clock.time).toBe(end);
  });

  it("passes on what its question throws", async () => {
    const broken = advanceUntil(world, () => Promise.reject(new Error("no answer")));
    await expect(broken).rejects.toThrow("no answer");
  });
});
