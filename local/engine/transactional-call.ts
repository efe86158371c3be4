import { randomInt } from "node:crypto";
import type { EngineContext, NestedCall, RunningJob, TransactionalScope } from "./context.ts";
import { DatabaseSession, type Journal } from "./database/session.ts";
import { DeveloperError } from "./errors.ts";
import { asSyscallError, errorFromOutcome } from "./failures.ts";
import type { Target } from "./functions/addresses.ts";
import { checkArguments, checkReturn, requireFunction } from "./functions/signature.ts";
import { argumentWarnings, resultWarnings } from "./functions/size-warnings.ts";
import type { LogBuffer } from "./logs.ts";
import type { CallRequest } from "./request.ts";
import type { Transaction } from "./store/transaction.ts";
import { parseOperationArgs, unsupported } from "./syscalls/arguments.ts";
import { SYNCHRONOUS_OPERATIONS, TRANSACTIONAL_OPERATIONS } from "./syscalls/transactional.ts";
import type { FunctionHost, FunctionMeta, Identity, Json, LogLevel } from "./types.ts";
import { MAX_OWN_MS } from "./values/limits.ts";
import { nearTimeLimit } from "./values/near-limits.ts";

const MAX_DEPTH = 8;
/** As many as `randomInt` can give. */
const SEEDS = 2 ** 48 - 1;

export type TransactionalCallOptions = {
  context: EngineContext;
  target: Target;
  meta: FunctionMeta;
  tx: Transaction;
  identity: Identity | null;
  request: CallRequest;
  /** The frozen `Date.now()` that every nested call shares. */
  now: number;
  logs: LogBuffer;
  journal: Journal;
  job: RunningJob | null;
  depth: number;
};

/**
 * One query or mutation while it runs, inside a transaction that somebody else opened and will end. What an operation
 * refuses is a `DeveloperError` or a `SyscallError`, and the function may catch it; anything else is a fault of the
 * engine (a full disk, say), which the realm throws again at the end whatever the function made of it.
 */
export class TransactionalCall implements FunctionHost, TransactionalScope {
  readonly now: number;
  readonly seed = randomInt(SEEDS);
  readonly #options: TransactionalCallOptions;
  readonly #database: DatabaseSession;
  #ownMs = 0;

  constructor(options: TransactionalCallOptions) {
    const { tx, target, meta, journal } = options;
    this.#options = options;
    this.now = options.now;
    this.#database = new DatabaseSession({
      tx,
      component: target.component.path,
      writable: meta.kind === "mutation",
      journal,
    });
  }

  get context(): EngineContext {
    return this.#options.context;
  }
  get target(): Target {
    return this.#options.target;
  }
  get tx(): Transaction {
    return this.#options.tx;
  }
  get identity(): Identity | null {
    return this.#options.identity;
  }
  get job(): RunningJob | null {
    return this.#options.job;
  }
  get request(): CallRequest {
    return this.#options.request;
  }
  get logs(): LogBuffer {
    return this.#options.logs;
  }
  get writable(): boolean {
    return this.#options.meta.kind === "mutation";
  }

  /** The JSON text of what the function returned. Throws `ExecutionError` for a failing function, else the fault. */
  execute(args: Json): string {
    const { target, meta, tx } = this.#options;
    const contract = {
      path: target.path,
      meta,
      tableNameOf: (id: string) => tx.tableNameOf(target.component.path, id),
    };
    const argumentBytes = checkArguments(contract, args);
    const [module = "", name = ""] = target.path.split(":");
    let result: string | null = null;
    try {
      const outcome = target.component.run(this, { module, name, kind: meta.kind, argsJson: JSON.stringify([args]) });
      if (!outcome.ok) throw errorFromOutcome(outcome);
      checkReturn(contract, outcome.value);
      result = outcome.value;
      return result;
    } finally {
      this.#database.close();
      if (this.#options.depth === 0) this.#warn({ argumentBytes, result });
    }
  }

  /** In production's order. */
  #warn({ argumentBytes, result }: { argumentBytes: number; result: string | null }): void {
    const warnings = [
      ...argumentWarnings("function", argumentBytes),
      ...this.#options.tx.warnings,
      ...resultWarnings("function", result),
      ...nearTimeLimit(this.#ownMs, MAX_OWN_MS),
    ];
    for (const warning of warnings) this.#options.logs.warn(warning);
  }

  ran(ownMs: number): void {
    this.#ownMs = ownMs;
  }

  callNested({ target, kind, args, budget }: NestedCall): string {
    const options = this.#options;
    if (options.depth >= MAX_DEPTH) {
      throw new DeveloperError("Cross component call depth limit exceeded. Do you have an infinite loop in your app?");
    }
    const called = kind === "snapshotQuery" ? "query" : kind;
    const meta = requireFunction(target, { kind: called, publicOnly: false });
    const identity = target.component === options.target.component ? options.identity : null;
    const journal = { previous: null, next: null };
    const run = (tx: Transaction) => {
      const nested = new TransactionalCall({
        ...options,
        target,
        meta,
        tx,
        identity,
        journal,
        depth: options.depth + 1,
      });
      return tx.within(budget, () => nested.execute(args));
    };
    try {
      if (kind === "snapshotQuery") return options.tx.onSnapshot(run);
      return kind === "mutation" ? options.tx.subtransaction(() => run(options.tx)) : run(options.tx);
    } catch (error) {
      throw asSyscallError(error);
    }
  }

  syscall(operation: string, argsJson: string): string {
    const args = parseOperationArgs(argsJson);
    const answer = this.#database.syscall(operation, args) ?? SYNCHRONOUS_OPERATIONS.get(operation)?.(this, args);
    if (answer === undefined) throw unsupported(operation);
    return answer;
  }

  asyncSyscall(operation: string, argsJson: string): string {
    const args = parseOperationArgs(argsJson);
    const answer =
      this.#database.asyncSyscall(operation, args) ?? TRANSACTIONAL_OPERATIONS.get(operation)?.(this, args);
    if (answer === undefined) throw unsupported(operation);
    return answer;
  }

  environment(name: string): string | undefined {
    return this.#options.target.component.environment(name);
  }

  environmentNames(): readonly string[] {
    return this.#options.target.component.environmentNames();
  }

  log(level: LogLevel, parts: string[]): void {
    this.#options.logs.add(level, parts);
  }
}
