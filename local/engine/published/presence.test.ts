import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { advanceBy } from "../testing/time.ts";
import { assertNoFaults, startTestWorld, type TestWorld } from "../testing/world.ts";

let world: TestWorld;
beforeAll(async () => {
  world = await startTestWorld("components");
});
afterAll(() => world.close());
afterEach(() => assertNoFaults(world));

const TOKENS = z.object({ roomToken: z.string(), sessionToken: z.string() });
/** Says for the next 25 seconds that this user is here. */
const beat = async (room: string, user: string, session = user) =>
  TOKENS.parse(await world.call("rooms:beat", { room, user, session: `${room} ${session}` }));
const list = (token: string) => world.call("rooms:list", { token });

describe("@convex-dev/presence", () => {
  it("has who beats as here, and who stopped as gone when the time is over", async () => {
    const { roomToken } = await beat("hall", "ada");
    await beat("hall", "bob");
    await advanceBy(world, 20_000);
    await beat("hall", "ada");
    expect(await list(roomToken)).toEqual({ ada: true, bob: true });
    await advanceBy(world, 8_000);
    expect(await list(roomToken)).toEqual({ ada: true, bob: false });
    await advanceBy(world, 25_000);
    expect(await list(roomToken)).toEqual({ ada: false, bob: false });
  });

  it("has one who comes back as here again", async () => {
    const { roomToken } = await beat("garden", "ada");
    await advanceBy(world, 30_000);
    expect(await list(roomToken)).toEqual({ ada: false });
    await beat("garden", "ada");
    expect(await list(roomToken)).toEqual({ ada: true });
  });

  it("has a user as here while one of several sessions is", async () => {
    const phone = await beat("shop", "ada", "phone");
    const laptop = await beat("shop", "ada", "laptop");
    await world.call("rooms:leave", { token: phone.sessionToken });
    expect(await list(phone.roomToken)).toEqual({ ada: true });
    await world.call("rooms:leave", { token: laptop.sessionToken });
    expect(await list(phone.roomToken)).toEqual({ ada: false });
  });

  it("times out over a restart too", async () => {
    const { roomToken } = await beat("tower", "ada");
    await world.restart();
    expect(await list(roomToken)).toEqual({ ada: true });
    await advanceBy(world, 30_000);
    expect(await list(roomToken)).toEqual({ ada: false });
  });
});
