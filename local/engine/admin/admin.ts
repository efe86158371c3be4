import type { Activity } from "../inspector/activity.ts";
import type { Store } from "../store/store.ts";
import type { ExecutionLog, ExecutionPage } from "./execution-log.ts";
import type { Exports } from "./exports.ts";
import type { Imports } from "./import/imports.ts";
import type { VariableChange, Variables } from "./variables.ts";

/** What only an admin may ask of the deployment, apart from its functions and queries. */
export type AdminCalls = {
  /** Functions see the change when it resolves. Rejects, and changes nothing, when the app cannot be loaded with it. */
  changeVariables(changes: readonly VariableChange[]): Promise<void>;
  /** What ended after a cursor (0 = all that is remembered); waits for something to tell until the signal ends that. */
  executionsAfter(cursor: number, signal: AbortSignal): Promise<ExecutionPage>;
  readonly exports: Exports;
  readonly imports: Imports;
  readonly activity: Activity;
};

type Parts = {
  store: Store;
  variables: Variables;
  executions: ExecutionLog;
  exports: Exports;
  imports: Imports;
  activity: Activity;
  /** Evaluates the app anew. */
  reload: () => Promise<void>;
};

export class Admin implements AdminCalls {
  readonly exports: Exports;
  readonly imports: Imports;
  readonly activity: Activity;
  readonly #parts: Parts;
  #last: Promise<unknown> = Promise.resolve();

  constructor(parts: Parts) {
    this.#parts = parts;
    this.exports = parts.exports;
    this.imports = parts.imports;
    this.activity = parts.activity;
  }

  changeVariables(changes: readonly VariableChange[]): Promise<void> {
    const { store, variables, reload } = this.#parts;
    const change = () => variables.change(store, changes, reload);
    const done = this.#last.then(change, change);
    this.#last = done;
    return done;
  }

  executionsAfter(cursor: number, signal: AbortSignal): Promise<ExecutionPage> {
    return this.#parts.executions.after(cursor, signal);
  }
}
