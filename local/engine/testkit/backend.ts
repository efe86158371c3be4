import { Variables } from "../admin/variables.ts";
import { Calls } from "../calls.ts";
import type { EngineContext } from "../context.ts";
import { Engine } from "../engine.ts";
import { LogBuffer } from "../logs.ts";
import { listJobs } from "../scheduler/jobs.ts";
import { Scheduler } from "../scheduler/scheduler.ts";
import { schemasOf } from "../served-app.ts";
import { FileStorage } from "../storage/files.ts";
import { Store } from "../store/store.ts";
import type { App } from "../types.ts";

export type TestBackendOptions = {
  app: App;
  planted: Record<string, () => Promise<Record<string, unknown>>>;
  rehearseMutations: boolean;
  siteUrl: string;
};

/** One app over an empty store in memory, without doors. Time and timers are those that the test has installed. */
export class TestBackend {
  readonly options: TestBackendOptions;
  readonly context: EngineContext;
  readonly calls: Calls;
  readonly engine: Engine;
  readonly #scheduler: Scheduler;
  readonly #faults: unknown[] = [];
  #state: "opening" | "open" | "closed" = "opening";

  constructor(options: TestBackendOptions) {
    this.options = options;
    const { app, rehearseMutations, siteUrl } = options;
    const clock = { now: () => Date.now() };
    const store = new Store({ file: ":memory:", clock, synchronous: "OFF" });
    store.pushSchemas(schemasOf(app));
    this.context = {
      app: () => app,
      store,
      clock,
      storage: new FileStorage({ cloudUrl: () => siteUrl, signingKey: "test", clock }),
      openLog: () => new LogBuffer(),
      reportFault: (fault) => this.#faults.push(fault),
    };
    this.calls = new Calls(this.context, { rehearseMutations });
    const inner = { context: this.context, calls: this.calls };
    this.engine = new Engine({
      ...inner,
      variables: new Variables({ given: () => undefined, givenNames: [] }),
      redactErrors: false,
    });
    const wait = (delayMs: number, ring: () => void) => this.#wait(delayMs, ring);
    this.#scheduler = new Scheduler({ ...inner, wait });
    this.#scheduler.start();
    this.#state = "open";
  }

  /** How many jobs are in a state, over all components. */
  countJobs(state: "pending" | "inProgress"): number {
    const app = this.context.app();
    return this.context.store.read((tx) =>
      [...app.components.keys()].reduce((sum, component) => sum + [...listJobs(tx, app, component, state)].length, 0),
    );
  }

  /** Ends the backend. Throws what went wrong with the engine itself. */
  async close(): Promise<void> {
    this.#state = "closed";
    this.#scheduler.stop();
    const { store } = this.context;
    while (store.held !== null) await store.held;
    // An action that still runs finds its store; both go when it has ended.
    if (this.countJobs("inProgress") === 0) store.close();
    const faults = this.#faults;
    if (faults.length > 0) throw new AggregateError(faults, `The engine reported faults: ${faults.join("; ")}`);
  }

  /**
   * Jobs start by timers of the test's own, as convex-test starts them, so that fake timers hold them back. A new store
   * has none: its first look leaves no timer behind, which would be a real one when the test takes fake ones later.
   */
  #wait(delayMs: number, ring: () => void): () => void {
    if (this.#state === "opening") {
      ring();
      return () => {};
    }
    const { store } = this.context;
    const ringWhenFree = async () => {
      while (store.held !== null) await store.held;
      if (this.#state === "open") ring();
    };
    const timer = globalThis.setTimeout(() => void ringWhenFree(), Math.max(0, delayMs));
    return () => globalThis.clearTimeout(timer);
  }
}
