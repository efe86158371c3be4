import { z } from "zod";
import { expect, test } from "./fixtures.ts";

const inspectionSchema = z.object({
  unknownRoutes: z.array(z.unknown()),
  crashes: z.array(z.unknown()),
  deliveries: z.array(z.object({ type: z.string(), state: z.string() })),
});

test("after all journeys, nothing was asked of Clerk's emulator that it does not have, and all its news arrived", async ({
  world,
}) => {
  const read = async () => inspectionSchema.parse(await (await fetch(`${world.emulators.clerk}/_inspect`)).json());
  const { unknownRoutes, crashes } = await read();
  expect({ unknownRoutes, crashes }).toEqual({ unknownRoutes: [], crashes: [] });
  await expect.poll(async () => (await read()).deliveries.filter(({ state }) => state !== "delivered")).toEqual([]);
});
