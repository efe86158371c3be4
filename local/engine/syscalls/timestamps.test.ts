import { jsonToConvex } from "convex/values";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { assertNoFaults, startTestWorld, type TestWorld } from "../testing/world.ts";

let world: TestWorld;
beforeAll(async () => {
  world = await startTestWorld("parts");
});
afterAll(() => world.close());
afterEach(() => assertNoFaults(world));

const stamped = z.object({ id: z.string(), before: z.bigint(), inside: z.string() });
const read = z.object({ value: z.bigint(), now: z.bigint() });

const stamp = async () => stamped.parse(jsonToConvex(z.json().parse(await world.call("files:stamp", { label: "at" }))));
const stampOf = async (id: string) =>
  read.parse(jsonToConvex(z.json().parse(await world.call("files:stampOf", { id }))));

describe("a commit timestamp", () => {
  it("is a placeholder inside its mutation, and the commit's own timestamp for everybody after", async () => {
    const { id, before, inside } = await stamp();
    const committed = world.running.engine.latestTimestamp();
    expect(inside).toBe("object");
    expect(committed).toBeGreaterThan(before);
    expect(await stampOf(id)).toEqual({ value: committed, now: committed });
  });

  it("only grows, and outlives the engine", async () => {
    const first = await stamp();
    const second = await stamp();
    await world.restart();
    const [early, late] = [await stampOf(first.id), await stampOf(second.id)];
    expect(late.value).toBeGreaterThan(early.value);
    expect(second.before).toBe(early.value);
  });
});

describe("the snapshot's timestamp", () => {
  it("is that of the last commit, and stands still while nothing is written", async () => {
    const { id } = await stamp();
    const { now } = await stampOf(id);
    world.advance(60_000);
    expect((await stampOf(id)).now).toBe(now);
    const next = await stamp();
    expect(next.before).toBe(now);
  });
});
