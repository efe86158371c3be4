import { Script, type Context } from "node:vm";
import { DeveloperError, SyscallError } from "../errors.ts";
import { shownPath } from "../functions/addresses.ts";
import type { ComponentPath, FunctionHost, Invocation, Outcome } from "../types.ts";
import { Budget, timeoutMessage, withWatchdog } from "./budget.ts";
import { log } from "./console.ts";
import { toFailure, type Thrown } from "./failure.ts";
import { property } from "./foreign.ts";
import { SeededRandom } from "./random.ts";
import { bootScript, createRealm, evaluate } from "./realm.ts";
import { runSubtle, subtleOperations, type SubtleOperation } from "./subtle.ts";
import { verdict } from "./verdict.ts";

const boot = bootScript("function");
const callScript = new Script(`globalThis[Symbol.for("engine.call")]()`, {
  filename: "engine:call.js",
});

/** Module code must not depend on the call that happened to load it: chance is the same in every realm. */
const IMPORT_SEED = 0;

export type RealmOptions = {
  modules: Script;
  mapStack: (stack: string) => string;
  timeoutMs: number;
  component: ComponentPath;
};

/** One call while it runs in a realm. */
type Execution = {
  readonly host: FunctionHost;
  readonly call: Invocation;
  readonly random: SeededRandom;
  readonly budget: Budget;
  outcome: Outcome | undefined;
  /** The first thing a syscall threw that is no answer to the function: an error in the engine. */
  fault: { error: unknown } | undefined;
};

/**
 * A vm context that runs one query or mutation at a time, to its end. Its microtasks are its own and run dry before a
 * call returns, so a promise that is still open then can never settle.
 * Invariant: an execution is set exactly while `run` is on the stack.
 */
export class FunctionRealm {
  /** The exports of the app's modules, by path; objects of this realm. */
  readonly modules: unknown;
  readonly #context: Context;
  readonly #options: RealmOptions;
  #execution: Execution | undefined;

  /** Evaluates the app's modules; throws what they throw. `host` lends them its environment, time and log. */
  constructor(host: FunctionHost, options: RealmOptions) {
    this.#options = options;
    const engine = this.#engine(host);
    const { context, kit } = createRealm(engine, "own");
    this.#context = context;
    const evaluateModules = (): unknown => {
      const bundle = { exports: {} };
      evaluate(options.modules, context, [bundle.exports, bundle]);
      return bundle.exports;
    };
    this.modules = evaluate(boot, context, [engine, kit, evaluateModules]);
  }

  /** `reusable` is false when the call left the realm in a state that nobody can vouch for. */
  run(host: FunctionHost, call: Invocation): { outcome: Outcome; reusable: boolean } {
    const budget = new Budget(this.#options.timeoutMs);
    const random = new SeededRandom(host.seed);
    const execution: Execution = {
      host,
      call,
      random,
      budget,
      outcome: undefined,
      fault: undefined,
    };
    this.#execution = execution;
    const startedAt = performance.now();
    try {
      const cutOff = this.#evaluateCall(budget);
      host.ran?.(budget.spentMs);
      if (execution.fault) throw execution.fault.error;
      const isTooLong = cutOff || budget.exceeded;
      if (isTooLong || !execution.outcome) {
        const words = isTooLong ? timeoutMessage(this.#options.timeoutMs) : "Returned promise will never resolve";
        return { outcome: this.#verdict(words, call, performance.now() - startedAt), reusable: false };
      }
      return { outcome: execution.outcome, reusable: true };
    } finally {
      this.#execution = undefined;
    }
  }

  /** True when the watchdog ended the call. */
  #evaluateCall(budget: Budget): boolean {
    return withWatchdog(this.#options.timeoutMs, (timeout) => {
      budget.start();
      try {
        callScript.runInContext(this.#context, timeout === undefined ? {} : { timeout });
        return false;
      } catch (error) {
        if (property(error, "code") !== "ERR_SCRIPT_EXECUTION_TIMEOUT") throw error;
        // The engine's own code was cut off, without its `finally` blocks: its state is anybody's guess.
        if (budget.inEngine) throw new Error("The watchdog interrupted the engine during a syscall", { cause: error });
        return true;
      }
    });
  }

  #verdict(words: string, { kind, module, name }: Invocation, tookMs: number): Outcome {
    const { component } = this.#options;
    return verdict(words, { kind, name: shownPath(`${module}:${name}`), component, tookMs });
  }

  /** The host's side of boot/function.cjs. */
  #engine(importHost: FunctionHost) {
    const importRandom = new SeededRandom(IMPORT_SEED);
    const host = () => this.#execution?.host ?? importHost;
    const random = () => this.#execution?.random ?? importRandom;
    return {
      call: () => this.#running().call,
      succeed: (value: string) => void (this.#running().outcome ??= { ok: true, value }),
      fail: (thrown: Thrown) => void (this.#running().outcome ??= toFailure(thrown, this.#options.mapStack)),
      syscall: (operation: string, argsJson: string) => this.#ask((asked) => asked.syscall(operation, argsJson)),
      asyncSyscall: (operation: string, argsJson: string) =>
        this.#ask((asked) => asked.asyncSyscall(operation, argsJson)),
      environment: (name: string) => host().environment(name),
      environmentNames: () => host().environmentNames?.() ?? [],
      log: (level: string, parts: unknown[]) => log(host(), level, parts),
      now: () => host().now,
      random: () => random().next(),
      randomUuid: () => random().uuid(),
      fillRandom: (array: ArrayBufferView) => {
        random().fill(new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
        return array;
      },
      subtleOperations,
      subtle: (operation: SubtleOperation, args: unknown[]) => runSubtle(operation, args),
    };
  }

  #running(): Execution {
    if (!this.#execution) throw new Error("The Convex runtime is used outside of a running function");
    return this.#execution;
  }

  #ask(ask: (host: FunctionHost) => string): string {
    const execution = this.#running();
    // A function that caught a fault goes on, to no effect: a fault may have ended its transaction, and what it wrote now would stay.
    if (execution.fault) throw execution.fault.error;
    return execution.budget.pauseFor(() => {
      try {
        return ask(execution.host);
      } catch (error) {
        if (!(error instanceof SyscallError || error instanceof DeveloperError)) execution.fault ??= { error };
        throw error;
      }
    });
  }
}
