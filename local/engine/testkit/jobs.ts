import type { TestBackend } from "./backend.ts";

/** Turns of the real event loop without news after which a job cannot become due by waiting. */
const IDLE_TURNS = 20;

// Taken once: tests put fake ones in their place.
const { setImmediate, setTimeout } = globalThis;

/** Waits for the scheduled actions that run now. */
export async function finishInProgress(backend: TestBackend): Promise<void> {
  await yieldToEventLoop();
  while ((await countJobs(backend, "inProgress")) > 0) await yieldToEventLoop();
}

/**
 * Lets time pass by `advanceTimers` until nothing is scheduled any more, or what is left does not become due by it.
 * Throws when jobs have gone on scheduling others for `maxIterations` turns.
 */
export async function finishAll(backend: TestBackend, advanceTimers: () => void, maxIterations = 100): Promise<void> {
  const { store } = backend.context;
  let idleTurns = 0;
  for (let busyTurns = 0; busyTurns < maxIterations;) {
    const before = store.latestTimestamp();
    advanceTimers();
    await yieldToEventLoop();
    const isWaiting = (await countJobs(backend, "inProgress")) > 0;
    if (!isWaiting && (await countJobs(backend, "pending")) === 0) return;
    const isIdle = !isWaiting && store.latestTimestamp() === before;
    idleTurns = isIdle ? idleTurns + 1 : 0;
    if (idleTurns > IDLE_TURNS) return;
    if (!isWaiting && !isIdle) busyTurns++;
  }
  throw new Error("Scheduled functions keep scheduling others. Raise maxIterations, or end the circle.");
}

async function countJobs(backend: TestBackend, state: "pending" | "inProgress"): Promise<number> {
  const { store } = backend.context;
  while (store.held !== null) await store.held;
  return backend.countJobs(state);
}

/** Whatever timers the test has installed. Network answers need more than a turn, and time. */
async function yieldToEventLoop(): Promise<void> {
  await new Promise<void>((resolve) => void setTimeout(resolve, 1));
  await new Promise<void>((resolve) => void setImmediate(resolve));
}
