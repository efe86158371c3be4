import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { assertNoFaults, startTestWorld, type TestWorld } from "../testing/world.ts";
import type { Json } from "../types.ts";

const MINUTE_MS = 60_000;

let world: TestWorld;
beforeAll(async () => {
  world = await startTestWorld("components");
});
afterAll(() => world.close());
afterEach(() => assertNoFaults(world));

const take = (key: string) => world.call("limits:take", { key });
const peek = (key: string) => world.call("limits:peek", { key });

describe("@convex-dev/rate-limiter", () => {
  it("fills a bucket again as time passes, one token after the other, to its brim", async () => {
    const answers: Json[] = [];
    for (let n = 0; n < 3; n++) answers.push(await take("ada"));
    world.advance(MINUTE_MS / 2);
    for (let n = 0; n < 2; n++) answers.push(await take("ada"));
    world.advance(10 * MINUTE_MS);
    for (let n = 0; n < 3; n++) answers.push(await take("ada"));
    expect(answers).toEqual([true, true, false, true, false, true, true, false]);
  });

  it("can be looked at without taking", async () => {
    for (let n = 0; n < 5; n++) expect(await peek("bob")).toBe(true);
    for (let n = 0; n < 2; n++) await take("bob");
    expect(await peek("bob")).toBe(false);
  });
});
