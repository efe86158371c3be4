import { ActionCall } from "./action-call.ts";
import type { Execution } from "./admin/execution-log.ts";
import type { ActionScope, EngineContext, RunningJob } from "./context.ts";
import { asSyscallError, toExecutionError } from "./failures.ts";
import type { Target } from "./functions/addresses.ts";
import { requireFunction } from "./functions/signature.ts";
import { LogBuffer } from "./logs.ts";
import type { Reader } from "./store/store.ts";
import type { Transaction } from "./store/transaction.ts";
import { TransactionalCall, type TransactionalCallOptions } from "./transactional-call.ts";
import type { Identity, Json, Read } from "./types.ts";

export type CallInput = {
  target: Target;
  args: Json;
  identity: Identity | null;
  /** False for admins, actions, the scheduler and crons. */
  publicOnly: boolean;
  logs: LogBuffer;
  job: RunningJob | null;
};

export type QueryTrace = { reads: readonly Read[]; usedIdentity: boolean; journal: string | null };

export type QueryOptions = {
  /** What the query sees; the present state when left out. */
  state?: Reader;
  /** Of the execution before, if there was one. */
  journal?: string | null;
  /** Called however the query ends: a failed result depends on what it read as much as a good one. */
  trace?: (trace: QueryTrace) => void;
};

type Around = { before?(tx: Transaction): void; after?(tx: Transaction, value: string): void };

/** Thrown through a rehearsal so that its writes are undone. */
const REHEARSED = new Error("rehearsed");

/**
 * Runs functions by kind, each in the transaction that its kind demands. Nothing is shown to anybody here: failures
 * are `ExecutionError`s, and faults of the engine go up as they are.
 */
export class Calls {
  readonly #context: EngineContext;
  readonly #rehearseMutations: boolean;
  readonly #onEnd: ((execution: Execution) => void) | undefined;

  /** `onEnd` hears of every call that came here, not of those that functions make of each other. */
  constructor(context: EngineContext, options: { rehearseMutations: boolean; onEnd?: (execution: Execution) => void }) {
    this.#context = context;
    this.#rehearseMutations = options.rehearseMutations;
    this.#onEnd = options.onEnd;
  }

  /** Notes that an execution starts. What it gives back is called at the end, with what was thrown or with null. */
  begin(kind: Execution["kind"], { target, logs }: Pick<CallInput, "target" | "logs">): (thrown: unknown) => void {
    const startedAt = this.#context.clock.now();
    const started = performance.now();
    return (thrown) =>
      this.#onEnd?.({
        kind,
        component: target.component.path,
        path: target.path,
        startedAt,
        durationMs: performance.now() - started,
        logLines: logs.lines,
        // Faults of the engine are reported by whoever shows the failure.
        error: thrown === null ? null : toExecutionError(thrown, () => undefined).message,
      });
  }

  query(input: CallInput, options: QueryOptions): string {
    return noted(this.begin("query", input), () => this.#query(input, options));
  }

  /** `around` adds to the same transaction: before the function runs, and after it went well. */
  mutate(input: CallInput, around: Around = {}): { value: string; timestamp: bigint } {
    return noted(this.begin("mutation", input), () => this.#mutate(input, around));
  }

  async act(input: CallInput): Promise<string> {
    const end = this.begin("action", input);
    try {
      const value = await this.#act(input);
      end(null);
      return value;
    } catch (error) {
      end(error);
      throw error;
    }
  }

  #query(input: CallInput, { state = this.#context.store, journal = null, trace }: QueryOptions): string {
    return state.read((tx) => {
      const session = { previous: journal, next: null };
      try {
        return this.#transactional(tx, input, "query", session).execute(input.args);
      } finally {
        trace?.({ reads: tx.reads, usedIdentity: tx.usedIdentity, journal: session.next });
      }
    });
  }

  #mutate(input: CallInput, around: Around): { value: string; timestamp: bigint } {
    return this.#context.store.write((tx) => {
      around.before?.(tx);
      if (this.#rehearseMutations) this.#rehearse(tx, input);
      const value = this.#transactional(tx, input, "mutation", { previous: null, next: null }).execute(input.args);
      around.after?.(tx, value);
      return value;
    });
  }

  #act(input: CallInput): Promise<string> {
    const meta = requireFunction(input.target, { kind: "action", publicOnly: input.publicOnly });
    return this.openAction(input).execute(meta, input.args);
  }

  /** The host of an action or an HTTP action. Its nested calls may reach internal functions; who called goes no further than its component. */
  openAction(input: Omit<CallInput, "args" | "publicOnly">): ActionCall {
    const call: ActionScope["call"] = ({ target, kind, args }) => {
      const identity = target.component === input.target.component ? input.identity : null;
      const nested = { target, args, identity, publicOnly: false, logs: input.logs, job: input.job };
      return this.#callNested(kind, nested);
    };
    return new ActionCall({ context: this.#context, ...input, call });
  }

  async #callNested(kind: "query" | "mutation" | "action", nested: CallInput): Promise<string> {
    try {
      if (kind === "query") return this.#query(nested, {});
      if (kind === "mutation") return this.#mutate(nested, {}).value;
      return await this.#act(nested);
    } catch (error) {
      throw asSyscallError(toExecutionError(error, this.#context.reportFault));
    }
  }

  /** Runs the function once and undoes it, so that what it does outside its transaction shows. */
  #rehearse(tx: Transaction, input: CallInput): void {
    const logs = new LogBuffer();
    try {
      tx.meter.uncounted(() =>
        tx.subtransaction(() => {
          this.#transactional(tx, { ...input, logs }, "mutation", { previous: null, next: null }).execute(input.args);
          throw REHEARSED;
        }),
      );
    } catch (error) {
      if (error === REHEARSED) return;
      input.logs.addAll(logs);
      throw error;
    }
  }

  #transactional(
    tx: Transaction,
    input: CallInput,
    kind: "query" | "mutation",
    journal: TransactionalCallOptions["journal"],
  ): TransactionalCall {
    const { target, identity, logs, job } = input;
    const meta = requireFunction(target, { kind, publicOnly: input.publicOnly });
    const now = this.#context.clock.now();
    return new TransactionalCall({
      context: this.#context,
      target,
      meta,
      tx,
      identity,
      now,
      logs,
      journal,
      job,
      depth: 0,
    });
  }
}

function noted<T>(end: (thrown: unknown) => void, body: () => T): T {
  let value: T;
  try {
    value = body();
  } catch (error) {
    end(error);
    throw error;
  }
  end(null);
  return value;
}
