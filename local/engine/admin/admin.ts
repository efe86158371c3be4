import type { Store } from "../store/store.ts";
import type { VariableChange, Variables } from "./variables.ts";

/** What only an admin may ask of the deployment, apart from its functions and queries. */
export type AdminCalls = {
  /** Functions see the change when it resolves. Rejects, and changes nothing, when the app cannot be loaded with it. */
  changeVariables(changes: readonly VariableChange[]): Promise<void>;
};

export class Admin implements AdminCalls {
  readonly #options: { store: Store; variables: Variables; reload: () => Promise<void> };
  #last: Promise<unknown> = Promise.resolve();

  /** `reload` evaluates the app anew. */
  constructor(options: { store: Store; variables: Variables; reload: () => Promise<void> }) {
    this.#options = options;
  }

  changeVariables(changes: readonly VariableChange[]): Promise<void> {
    const { store, variables, reload } = this.#options;
    const change = () => variables.change(store, changes, reload);
    const done = this.#last.then(change, change);
    this.#last = done;
    return done;
  }
}
