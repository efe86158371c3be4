import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { advanceBy, advanceUntil } from "../testing/time.ts";
import { assertNoFaults, startTestWorld, type TestWorld } from "../testing/world.ts";
import type { Json } from "../types.ts";

let world: TestWorld;
beforeAll(async () => {
  world = await startTestWorld("components");
});
afterAll(() => world.close());
afterEach(() => assertNoFaults(world));

const events = async (topic: string) => z.array(z.string()).parse(await world.call("events:list", { topic }));
const status = async (id: Json) => world.call("pools:status", { id });

describe("@convex-dev/workpool", () => {
  it("runs all that it is given, no more at once than it may, and tells each one's end", async () => {
    const count = 7;
    const ids = z.array(z.string()).parse(await world.call("pools:enqueue", { count }));
    await advanceUntil(world, async () => (await events("completed")).length === count);
    const squares = Array.from({ length: count }, (_, n) => `${n} -> ${n * n}`);
    expect((await events("completed")).toSorted()).toEqual(squares.toSorted());
    expect(await Promise.all(ids.map(status))).toEqual(ids.map(() => "finished"));
    expect(mostAtOnce(await events("work"))).toBe(2);
  });

  it("tries an action again, as often as it may, and tells that it failed", async () => {
    await world.call("pools:enqueueFailing");
    await advanceUntil(world, async () => (await events("completed")).includes("-1 failed"));
    expect(await events("attempts")).toHaveLength(3);
  });

  it("runs nothing before its time, and nothing that was canceled", async () => {
    const runAfter = 60_000;
    const kept = await world.call("pools:enqueueNote", { text: "kept", runAfter });
    const dropped = await world.call("pools:enqueueNote", { text: "dropped", runAfter });
    await world.call("pools:cancel", { id: dropped });
    await advanceBy(world, runAfter - 1000);
    expect([await status(kept), await status(dropped), await events("notes")]).toEqual(["pending", "finished", []]);
    await advanceUntil(world, async () => (await status(kept)) === "finished");
    expect(await events("notes")).toEqual(["kept"]);
  });

  it("goes on after a restart with what was waiting", async () => {
    const id = await world.call("pools:enqueueNote", { text: "after the restart", runAfter: 5_000 });
    await world.restart();
    await advanceUntil(world, async () => (await status(id)) === "finished");
    expect(await events("notes")).toContain("after the restart");
  });
});

/** How many had begun and not ended, at most. */
function mostAtOnce(steps: readonly string[]): number {
  let running = 0;
  return Math.max(...steps.map((step) => (running += step === "begin" ? 1 : -1)));
}
