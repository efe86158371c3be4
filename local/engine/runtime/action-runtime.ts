import { Script } from "node:vm";
import { DeveloperError } from "../errors.ts";
import { shownPath } from "../functions/addresses.ts";
import type { ActionHost, ComponentPath, Invocation, Outcome } from "../types.ts";
import { evaluateActionModules, type Outside } from "./action-realm.ts";
import { timeoutMessage } from "./budget.ts";
import { asFunction, type Compiled } from "./compiled.ts";
import { describeFailure, HttpActionError, readThrown, toFailure, type Failure } from "./failure.ts";
import { callMethod, property } from "./foreign.ts";
import type { Isolation } from "./function-pool.ts";
import { evaluateNodeModules } from "./node-modules.ts";
import { evaluateAs, runAsRequest } from "./requests.ts";
import { StackTrace } from "./stack-trace.ts";
import { type Ended, verdict } from "./verdict.ts";

/** The `"use node"` half of a component: `modules` lists its paths, `directory` is where its packages are found. */
export type NodeBundle = { compiled: Compiled; directory: string; modules: ReadonlySet<string> };

export type ActionRuntimeOptions = {
  compiled: Compiled;
  /** Whose functions they are, for failures that have to say so. */
  component: ComponentPath;
  node?: NodeBundle | undefined;
  /** `fresh` makes a realm for every default-runtime action. Default `reused`. */
  isolation?: Isolation;
  /** How long an action may take, waiting included; 0 (the default) sets no limit. */
  timeLimitMs?: number;
  /** In place of the process's own time, timers and network. */
  outside?: Partial<Outside> | undefined;
};

// Taken once, so that a test's fake timers never reach the engine by accident.
const { clearTimeout, setTimeout } = globalThis;

/** Runs the actions and http actions of one component, side by side on the event loop. */
export class ActionRuntime {
  readonly #script: Script;
  readonly #stackTrace: StackTrace;
  readonly #node: NodeBundle | undefined;
  readonly #nodeStackTrace: StackTrace | undefined;
  readonly #component: ComponentPath;
  readonly #isolation: Isolation;
  readonly #timeLimitMs: number;
  readonly #outside: Partial<Outside> | undefined;
  #modules: unknown;
  #nodeModules: unknown;

  constructor({ compiled, component, node, isolation = "reused", timeLimitMs = 0, outside }: ActionRuntimeOptions) {
    this.#script = new Script(asFunction(compiled, "exports, module"), {
      filename: compiled.filename,
    });
    this.#stackTrace = new StackTrace(compiled);
    this.#node = node;
    this.#nodeStackTrace = node && new StackTrace(node.compiled);
    this.#component = component;
    this.#isolation = isolation;
    this.#timeLimitMs = timeLimitMs;
    this.#outside = outside;
  }

  /** Runs one action of either runtime. Never rejects: whatever the action throws is its outcome. */
  async act(host: ActionHost, call: Invocation): Promise<Outcome> {
    return runAsRequest(host, async () => {
      try {
        const registered = property(property(this.#modulesOf(call.module), call.module), call.name);
        const path = shownPath(`${call.module}:${call.name}`);
        const work = callMethod(registered, "invokeAction", "", call.argsJson);
        const value = await this.#withinLimit(work, { kind: "action", name: path });
        return { ok: true, value: String(value) };
      } catch (error) {
        return this.#failure(error);
      }
    });
  }

  /**
   * Answers by the router that `http` exports, which knows the request by `path`: where the component is mounted is no
   * part of it. Null when there is no router or no route matches. Throws
   * `HttpActionError` when the handler throws or takes too long.
   */
  async serveHttp(host: ActionHost, request: Request, path: string): Promise<Response | null> {
    return runAsRequest(host, async () => {
      try {
        const router = property(property(this.#modulesOf("http"), "http"), "default");
        if (router === undefined) return null;
        const route = callMethod(router, "lookup", path, request.method);
        if (route === null) return null;
        const work = callMethod(property(route, 0), "invokeHttpAction", request);
        const response = await this.#withinLimit(work, { kind: "HTTP action", name: `${request.method} ${path}` });
        if (!(response instanceof Response)) throw new TypeError("An HTTP action must return a Response");
        return response;
      } catch (error) {
        throw new HttpActionError(this.#failure(error));
      }
    });
  }

  /**
   * Lets the loader read the exports of the `"use node"` modules; undefined when there are none. Throws
   * `DeveloperError`, with the frames of the sources, when a module cannot be evaluated.
   */
  inspectNode<Result>(host: ActionHost, read: (modules: unknown) => Result): Result | undefined {
    if (!this.#node) return undefined;
    let modules: unknown;
    try {
      modules = evaluateAs(host, () => this.#loadNodeModules());
    } catch (error) {
      throw new DeveloperError(describeFailure(this.#failure(error)));
    }
    return read(modules);
  }

  #modulesOf(module: string): unknown {
    if (this.#node?.modules.has(module)) return this.#loadNodeModules();
    if (this.#isolation === "fresh") return evaluateActionModules(this.#script, this.#outside);
    return (this.#modules ??= evaluateActionModules(this.#script, this.#outside));
  }

  #loadNodeModules(): unknown {
    if (!this.#node) return undefined;
    return (this.#nodeModules ??= evaluateNodeModules(this.#node.compiled, this.#node.directory));
  }

  async #withinLimit(work: unknown, called: Pick<Ended, "kind" | "name">): Promise<unknown> {
    const tookMs = this.#timeLimitMs;
    if (tookMs === 0) return await work;
    const failure = verdict(timeoutMessage(tookMs), { ...called, component: this.#component, tookMs });
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new ActionTimeout(failure.message)), tookMs);
    });
    try {
      return await Promise.race([work, limit]);
    } finally {
      clearTimeout(timer);
    }
  }

  #failure(error: unknown): Failure {
    if (error instanceof ActionTimeout) return { ok: false, message: error.message };
    return toFailure(readThrown(error), (stack) =>
      [this.#stackTrace.map(stack), this.#nodeStackTrace?.map(stack)].filter(Boolean).join("\n"),
    );
  }
}

/** The engine's own verdict: shown without frames. */
class ActionTimeout extends Error {}
