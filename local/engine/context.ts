import type { Target } from "./functions/addresses.ts";
import type { LogBuffer } from "./logs.ts";
import type { FileStorage } from "./storage/files.ts";
import type { Usage } from "./store/limit-messages.ts";
import type { Store } from "./store/store.ts";
import type { Transaction } from "./store/transaction.ts";
import type { App, Clock, FunctionPath, Identity, Json } from "./types.ts";

/** What every call may reach, whichever door it came through. */
export type EngineContext = {
  /** The app as it is loaded now; a reload replaces it between calls, never during one. */
  app(): App;
  readonly store: Store;
  readonly clock: Clock;
  readonly storage: FileStorage;
  /** A log for one call of a client's, the scheduler's or a cron's; its lines are shown as they come. */
  openLog(path: FunctionPath): LogBuffer;
  /** Told of every fault that is the engine's own and not the function's. */
  reportFault: (fault: unknown) => void;
};

/** A running query or mutation, as the operations that it asks for see it. */
export type TransactionalScope = {
  readonly context: EngineContext;
  readonly target: Target;
  readonly tx: Transaction;
  readonly identity: Identity | null;
  readonly writable: boolean;
  /** The scheduled job that this call runs for, if it does. */
  readonly job: RunningJob | null;
  /**
   * Runs another function inside this transaction; a mutation's writes are undone when it fails. A snapshot query sees
   * the state from before this transaction's writes, and this transaction does not depend on what it reads.
   */
  callNested(call: NestedCall): string;
};

export type NestedCall = {
  target: Target;
  kind: "query" | "mutation" | "snapshotQuery";
  args: Json;
  /** The most that the call may use of the transaction's limits; where it says nothing, what is left of them. */
  budget: Readonly<Partial<Usage>>;
};

/** A running action, as the operations that it asks for see it. */
export type ActionScope = {
  readonly context: EngineContext;
  readonly target: Target;
  readonly identity: Identity | null;
  readonly job: RunningJob | null;
  readonly logs: LogBuffer;
  /** Each call is a transaction, or an action, of its own. Throws `ExecutionError`. */
  call(call: { target: Target; kind: "query" | "mutation" | "action"; args: Json }): string | Promise<string>;
};

/** A row of `_scheduled_functions`, which lies in the namespace of the component that scheduled it. */
export type JobKey = { component: string; id: string };

/** The job that a call runs for: as its function, or called by its action. */
export type RunningJob = JobKey & { kind: "mutation" | "action" };
