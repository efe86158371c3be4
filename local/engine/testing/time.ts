import type { TestWorld } from "./world.ts";

/**
 * Lets time pass, step by step, until `holds`: jobs, retries and waits come due as they would. Throws when `limitMs` of
 * the world's time have passed without.
 */
export async function advanceUntil(
  world: TestWorld,
  holds: () => Promise<boolean>,
  { stepMs = 100, limitMs = 600_000 } = {},
): Promise<void> {
  for (const end = world.clock.time + limitMs; world.clock.time < end;) {
    if (await holds()) return;
    world.advance(stepMs);
    await takeTurn();
  }
  if (!(await holds())) throw new Error(`it did not come about within ${limitMs} ms`);
}

/** Lets time pass, step by step, and whatever comes due run. */
export async function advanceBy(world: TestWorld, ms: number, stepMs = 100): Promise<void> {
  for (const end = world.clock.time + ms; world.clock.time < end;) {
    world.advance(Math.min(stepMs, end - world.clock.time));
    await takeTurn();
  }
}

/** Jobs run from immediates, and an action takes some turns of the event loop. */
async function takeTurn(): Promise<void> {
  for (let turn = 0; turn < 4; turn++) await new Promise<void>((resolve) => void setImmediate(resolve));
}
