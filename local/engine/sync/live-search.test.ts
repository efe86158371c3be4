import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { assertNoFaults, startTestWorld, type TestWorld } from "../testing/world.ts";
import { Reactor } from "./reactor.ts";

/** A live text search of the served engine, of which one room's messages and one word are asked. */
let world: TestWorld;
let reactor: Reactor;
beforeAll(async () => {
  world = await startTestWorld("app", { environment: () => "https://issuer.example" });
});
afterAll(() => world.close());
beforeEach(() => {
  reactor = new Reactor(world.running.engine);
});
afterEach(() => {
  reactor.close();
  assertNoFaults(world);
});

const messages = z.array(z.object({ body: z.string() }));
const send = async (room: string, body: string) => world.call("rooms/messages:send", { room, author: "ann", body });

async function roomNamed(name: string): Promise<string> {
  return z.string().parse(await world.call("rooms/upkeep:open", { name }));
}

/** Watches a search: how often it was told, and what it finds now. */
function watch(roomId: string, text: string) {
  const watcher = { times: 0, onStale: () => void (watcher.times += 1) };
  const target = { component: "", path: "rooms/messages:search", args: { roomId, text } };
  const ask = () => {
    const { result } = reactor.subscribe({ target, journal: null, identity: null, publicOnly: true }, watcher);
    if (!result.ok) throw new Error(result.errorMessage);
    return messages.parse(JSON.parse(result.value)).map(({ body }) => body);
  };
  return { ask, told: () => watcher.times };
}

describe("a live text search", () => {
  test("runs again for a message that matches in its room, and for no other", async () => {
    const [kitchen, office] = [await roomNamed("kitchen"), await roomNamed("office")];
    await send("kitchen", "green tea");
    const search = watch(kitchen, "green te");
    expect(search.ask()).toEqual(["green tea"]);
    await send("kitchen", "black coffee");
    await send("office", "green tea");
    expect(search.told()).toBe(0);
    await send("kitchen", "a teapot");
    expect(search.told()).toBe(1);
    expect(search.ask()).toEqual(["green tea", "a teapot"]);
    expect(watch(office, "tea").ask()).toEqual(["green tea"]);
  });

  test("of which nothing was found yet hears of its first match", async () => {
    const search = watch(await roomNamed("attic"), "trunk");
    expect(search.ask()).toEqual([]);
    await send("attic", "a trunk");
    expect(search.told()).toBe(1);
  });

  test("is told alone, of two thousand that ask for other words", async () => {
    const cellar = await roomNamed("cellar");
    const searches = Array.from({ length: 2_000 }, (_, n) => watch(cellar, `bottle${n} x`));
    for (const search of searches) search.ask();
    await send("cellar", "bottle7 and bottle1999");
    expect(searches.filter((search) => search.told() > 0)).toEqual([searches[7], searches[1_999]]);
  });
});
