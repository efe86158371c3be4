import type { Activity } from "../inspector/activity.ts";
import type { ExecutionPage } from "./execution-log.ts";
import type { Exports } from "./exports.ts";
import type { Imports } from "./import/imports.ts";
import type { VariableChange } from "./variables.ts";

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
