import { randomInt } from "node:crypto";
import type { EngineContext, JobKey, TransactionalScope } from "./context.ts";
import { DatabaseSession, type Journal } from "./database/session.ts";
import { DeveloperError } from "./errors.ts";
import { errorFromOutcome, ExecutionError } from "./failures.ts";
import type { Target } from "./functions/addresses.ts";
import { checkArguments, checkReturn, requireFunction } from "./functions/signature.ts";
import type { LogBuffer } from "./logs.ts";
import type { Transaction } from "./store/transaction.ts";
import { parseOperationArgs, unsupported } from "./syscalls/arguments.ts";
import { TRANSACTIONAL_OPERATIONS } from "./syscalls/transactional.ts";
import type { FunctionHost, FunctionMeta, Identity, Json, LogLevel } from "./types.ts";

const MAX_DEPTH = 8;

export type TransactionalCallOptions = {
  context: EngineContext;
  target: Target;
  meta: FunctionMeta;
  tx: Transaction;
  identity: Identity | null;
  /** The frozen `Date.now()` that every nested call shares. */
  now: number;
  logs: LogBuffer;
  journal: Journal;
  job: JobKey | null;
  depth: number;
};

/**
 * One query or mutation while it runs, inside a transaction that somebody else opened and will end. A fault of the
 * engine (a full disk, say) must not be caught and swallowed by the function: it is kept and thrown again at the end.
 */
export class TransactionalCall implements FunctionHost, TransactionalScope {
  readonly now: number;
  readonly seed = randomInt(2 ** 32);
  readonly #options: TransactionalCallOptions;
  readonly #database: DatabaseSession;
  #fault: { error: unknown } | null = null;

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
  get job(): JobKey | null {
    return this.#options.job;
  }
  get writable(): boolean {
    return this.#options.meta.kind === "mutation";
  }

  /** The JSON text of what the function returned. Throws `ExecutionError` for a failing function, else the fault. */
  execute(args: Json): string {
    const { target, meta, tx } = this.#options;
    const tableNameOf = (id: string) => tx.tableNameOf(target.component.path, id);
    checkArguments(meta, args, tableNameOf);
    const [module = "", name = ""] = target.path.split(":");
    try {
      const outcome = target.component.run(this, { module, name, kind: meta.kind, argsJson: JSON.stringify([args]) });
      if (this.#fault !== null) throw this.#fault.error;
      if (!outcome.ok) throw errorFromOutcome(outcome);
      checkReturn(meta, outcome.value, tableNameOf);
      return outcome.value;
    } finally {
      this.#database.close();
    }
  }

  callNested({ target, kind, args }: { target: Target; kind: "query" | "mutation"; args: Json }): string {
    const options = this.#options;
    if (options.depth >= MAX_DEPTH) {
      throw new DeveloperError("Cross component call depth limit exceeded. Do you have an infinite loop in your app?");
    }
    const nested = new TransactionalCall({
      ...options,
      target,
      meta: requireFunction(target, { kind, publicOnly: false }),
      identity: target.component === options.target.component ? options.identity : null,
      journal: { previous: null, next: null },
      depth: options.depth + 1,
    });
    return kind === "mutation" ? options.tx.subtransaction(() => nested.execute(args)) : nested.execute(args);
  }

  syscall(operation: string, argsJson: string): string {
    return this.#guard(() => {
      const answer = this.#database.syscall(operation, parseOperationArgs(argsJson));
      if (answer === undefined) throw unsupported(operation);
      return answer;
    });
  }

  asyncSyscall(operation: string, argsJson: string): string {
    return this.#guard(() => {
      const args = parseOperationArgs(argsJson);
      const answer = this.#database.asyncSyscall(operation, args) ?? TRANSACTIONAL_OPERATIONS[operation]?.(this, args);
      if (answer === undefined) throw unsupported(operation);
      return answer;
    });
  }

  environment(name: string): string | undefined {
    return this.#options.target.component.environment(name);
  }

  log(level: LogLevel, parts: string[]): void {
    this.#options.logs.add(level, parts);
  }

  #guard(body: () => string): string {
    try {
      return body();
    } catch (error) {
      if (error instanceof ExecutionError || error instanceof DeveloperError) throw error;
      this.#fault ??= { error };
      throw error;
    }
  }
}
