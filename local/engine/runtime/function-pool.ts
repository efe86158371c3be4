import { Script } from "node:vm";
import { DeveloperError } from "../errors.ts";
import type { ComponentPath, FunctionHost, Invocation, Outcome } from "../types.ts";
import { asFunction, type Compiled } from "./compiled.ts";
import { describeFailure, readThrown, toFailure } from "./failure.ts";
import { FunctionRealm } from "./function-realm.ts";
import { StackTrace } from "./stack-trace.ts";

export type Isolation = "reused" | "fresh";

export type FunctionPoolOptions = {
  compiled: Compiled;
  /** Whose functions they are, for failures that have to say so. */
  component: ComponentPath;
  /** `fresh` makes a realm for every call, as production does: nothing survives in module state. Default `reused`. */
  isolation?: Isolation;
  /** How long a function's own code may run, without the time its syscalls take; 0 (the default) sets no limit. */
  timeoutMs?: number;
};

/**
 * Runs the queries and mutations of one component, each to its end before `run` returns. A call that starts while
 * another runs (a nested one) gets a realm of its own, because a realm's microtasks are already being drained.
 * Invariant: a realm is either idle in the pool or runs exactly one call.
 */
export class FunctionPool {
  readonly #script: Script;
  readonly #mapStack: (stack: string) => string;
  readonly #isolation: Isolation;
  readonly #component: ComponentPath;
  readonly #timeoutMs: number;
  readonly #idle: FunctionRealm[] = [];
  #realmsMade = 0;

  constructor({ compiled, component, isolation = "reused", timeoutMs = 0 }: FunctionPoolOptions) {
    this.#script = new Script(asFunction(compiled, "exports, module"), {
      filename: compiled.filename,
    });
    const stackTrace = new StackTrace(compiled);
    this.#mapStack = (stack) => stackTrace.map(stack);
    this.#isolation = isolation;
    this.#component = component;
    this.#timeoutMs = timeoutMs;
  }

  /** How many realms this pool has made; nested calls and discarded realms make it grow. */
  get realmsMade(): number {
    return this.#realmsMade;
  }

  /**
   * Runs one query or mutation. A failure of the app is an outcome; a fault of the engine (a syscall that threw
   * anything but a `SyscallError` or a `DeveloperError`) is thrown, whatever the app made of it.
   */
  run(host: FunctionHost, call: Invocation): Outcome {
    let realm: FunctionRealm;
    try {
      realm = this.#takeRealm(host);
    } catch (error) {
      return toFailure(readThrown(error), this.#mapStack);
    }
    const { outcome, reusable } = realm.run(host, call);
    if (reusable && this.#isolation === "reused") this.#idle.push(realm);
    return outcome;
  }

  /**
   * Lets the loader read the modules' exports. Throws `DeveloperError`, with the frames of the sources, when a module
   * cannot be evaluated; what `read` throws stays as it is.
   */
  inspect<Result>(host: FunctionHost, read: (modules: unknown) => Result): Result {
    let realm: FunctionRealm;
    try {
      realm = this.#takeRealm(host);
    } catch (error) {
      throw new DeveloperError(describeFailure(toFailure(readThrown(error), this.#mapStack)));
    }
    const result = read(realm.modules);
    if (this.#isolation === "reused") this.#idle.push(realm);
    return result;
  }

  #takeRealm(host: FunctionHost): FunctionRealm {
    const idle = this.#idle.pop();
    if (idle) return idle;
    this.#realmsMade++;
    return new FunctionRealm(host, {
      modules: this.#script,
      mapStack: this.#mapStack,
      timeoutMs: this.#timeoutMs,
      component: this.#component,
    });
  }
}
