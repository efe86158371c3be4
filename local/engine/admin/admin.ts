import type { Store } from "../store/store.ts";
import type { ExecutionLog, ExecutionPage } from "./execution-log.ts";
import type { VariableChange, Variables } from "./variables.ts";

/** What only an admin may ask of the deployment, apart from its functions and queries. */
export type AdminCalls = {
  /** Functions see the change when it resolves. Rejects, and changes nothing, when the app cannot be loaded with it. */
  changeVariables(changes: readonly VariableChange[]): Promise<void>;
  /** What ended after a cursor (0 = all that is remembered); waits for something to tell until the signal ends that. */
  executionsAfter(cursor: number, signal: AbortSignal): Promise<ExecutionPage>;
};

type Parts = { store: Store; variables: Variables; executions: ExecutionLog; reload: () => Promise<void> };

export class Admin implements AdminCalls {
  readonly #options: Parts;
  #last: Promise<unknown> = Promise.resolve();

  /** `reload` evaluates the app anew. */
  constructor(options: Parts) {
    this.#options = options;
  }

  changeVariables(changes: readonly VariableChange[]): Promise<void> {
    const { store, variables, reload } = this.#options;
    const change = () => variables.change(store, changes, reload);
    const done = this.#last.then(change, change);
    this.#last = done;
    return done;
  }

  executionsAfter(cursor: number, signal: AbortSignal): Promise<ExecutionPage> {
    return this.#options.executions.after(cursor, signal);
  }
}
