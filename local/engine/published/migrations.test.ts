import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { advanceUntil } from "../testing/time.ts";
import { assertNoFaults, startTestWorld, type TestWorld } from "../testing/world.ts";

let world: TestWorld;
beforeEach(async () => {
  world = await startTestWorld("components");
});
afterEach(async () => {
  assertNoFaults(world);
  await world.close();
});

const STATUS = z.array(
  z.object({ name: z.string(), state: z.string(), processed: z.number(), error: z.string().nullable() }),
);
const status = async () => STATUS.parse(await world.call("moves:status"));
const contacts = () => world.call("moves:contacts");
const events = (topic: string) => world.call("events:list", { topic });
const states = async () => (await status()).map(({ state }) => state);
const isDone = async () => (await states()).every((state) => state === "success");
const named = (count: number) => Array.from({ length: count }, (_, n) => `Contact ${n}`);

describe("@convex-dev/migrations", () => {
  it("takes every document once, batch by batch, and then the next migration", async () => {
    const names = named(25);
    await world.call("moves:seed", { names });
    await world.call("moves:run");
    const lower = names.map((name) => name.toLowerCase());
    expect(await contacts()).toEqual(lower.map((name, n) => (n < 10 ? name : null)));
    await advanceUntil(world, isDone);
    expect(await contacts()).toEqual(lower);
    expect([await events("normalized"), await events("announced")]).toEqual([names, lower]);
    expect((await status()).map(({ processed }) => processed)).toEqual([25, 25]);
  });

  it("stops at a document that fails, and goes on from its batch when it is mended", async () => {
    const names = named(25).with(15, "broken");
    await world.call("moves:seed", { names });
    await world.call("moves:run");
    await advanceUntil(world, async () => (await states())[0] === "failed");
    expect((await status())[0]).toMatchObject({ processed: 10, error: expect.stringContaining("cannot be moved") });
    await world.call("moves:mend", { name: "broken" });
    await world.call("moves:run");
    await advanceUntil(world, isDone);
    expect(await events("normalized")).toEqual(names.with(15, "broken, mended"));
  });

  it("goes on after a restart, from the batch where it was", async () => {
    const names = named(25);
    await world.call("moves:seed", { names });
    await world.call("moves:run");
    await world.restart();
    await advanceUntil(world, isDone);
    expect(await events("normalized")).toEqual(names);
  });

  it("changes nothing in a dry run, nor when all is done", async () => {
    await world.call("moves:seed", { names: named(3) });
    await world.call("moves:run", { dryRun: true });
    expect([await contacts(), await events("normalized")]).toEqual([[null, null, null], []]);
    await world.call("moves:run");
    await advanceUntil(world, isDone);
    await world.call("moves:run");
    expect(await events("normalized")).toEqual(named(3));
  });
});
