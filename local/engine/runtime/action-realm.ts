import { webcrypto } from "node:crypto";
import type { Script } from "node:vm";
import { addGlobal, bootScript, createRealm, evaluate } from "./realm.ts";
import { requestEngine } from "./requests.ts";

const boot = bootScript("action");

// Taken once, so that a test's fake timers never reach the engine by accident.
const { clearInterval, clearTimeout, fetch, performance, queueMicrotask, setInterval, setTimeout } = globalThis;
const engine = { ...requestEngine, clearInterval, clearTimeout, fetch, setInterval, setTimeout };

/**
 * A vm context for actions of the default runtime: it shares the event loop, has `fetch`, timers and all of
 * `crypto`, and neither `Buffer` nor `require`. Gives the modules' exports, by path; throws what evaluating them throws.
 */
export function evaluateActionModules(modules: Script): unknown {
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
