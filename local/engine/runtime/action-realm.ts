import { webcrypto } from "node:crypto";
import type { Script } from "node:vm";
import { addGlobal, bootScript, createRealm, evaluate } from "./realm.ts";
import { callOffAtEnd, requestEngine } from "./requests.ts";

const boot = bootScript("action");

// Taken once, so that a test's fake timers never reach the engine by accident.
const { clearInterval, clearTimeout, fetch, performance, queueMicrotask, setInterval, setTimeout } = globalThis;

/** What an action of the default runtime has of the world: the time, timers, the network. */
export type Outside = {
  /** `Date.now()`. */
  now: () => number;
  fetch: typeof globalThis.fetch;
  setTimeout: StartTimer;
  setInterval: StartTimer;
  clearTimeout: (timer: number) => void;
  clearInterval: (timer: number) => void;
};

/** Gives what `Number()` turns into the timer's number. */
type StartTimer = (callback: () => void, delayMs?: number) => unknown;

const real: Outside = { clearInterval, clearTimeout, fetch, now: Date.now, setInterval, setTimeout };

/**
 * A vm context for actions of the default runtime: it shares the event loop, has `fetch`, timers and all of
 * `crypto`, and neither `Buffer` nor `require`. What `outside` leaves out is the process's own. Gives the modules'
 * exports, by path; throws what evaluating them throws.
 */
export function evaluateActionModules(modules: Script, outside: Partial<Outside> = {}): unknown {
  const world = { ...real, ...outside };
  const engine = {
    ...requestEngine,
    ...world,
    setTimeout: endingWithAction(world.setTimeout, world.clearTimeout),
    setInterval: endingWithAction(world.setInterval, world.clearInterval),
  };
  const { context, kit } = createRealm(engine, "shared");
  addGlobal(context, "crypto", webcrypto);
  addGlobal(context, "performance", performance);
  addGlobal(context, "queueMicrotask", queueMicrotask);
  const evaluateModules = (): unknown => {
    const bundle = { exports: {} };
    evaluate(modules, context, [bundle.exports, bundle]);
    return bundle.exports;
  };
  return evaluate(boot, context, [engine, kit, evaluateModules]);
}

/** A timer is a number, as it is outside of Node, and ends with the action that started it, as in production. */
function endingWithAction(start: StartTimer, stop: (timer: number) => void): StartTimer {
  return (...asked) => {
    const timer = Number(start(...asked));
    callOffAtEnd(() => stop(timer));
    return timer;
  };
}
