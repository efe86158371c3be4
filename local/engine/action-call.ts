import type { ActionScope, EngineContext, RunningJob } from "./context.ts";
import { errorFromOutcome } from "./failures.ts";
import type { Target } from "./functions/addresses.ts";
import { checkArguments, checkReturn } from "./functions/signature.ts";
import { argumentWarnings, resultWarnings } from "./functions/size-warnings.ts";
import type { LogBuffer } from "./logs.ts";
import type { CallRequest } from "./request.ts";
import { ACTION_OPERATIONS, type BytePlace, runByteOperation } from "./syscalls/action.ts";
import { parseOperationArgs, unsupported } from "./syscalls/arguments.ts";
import type { ActionHost, FunctionMeta, Identity, Invocation, Json, LogLevel } from "./types.ts";

export type ActionCallOptions = {
  context: EngineContext;
  target: Target;
  identity: Identity | null;
  job: RunningJob | null;
  request: CallRequest;
  logs: LogBuffer;
  call: ActionScope["call"];
};

/** One action, or HTTP action, while it runs. It holds no transaction: each thing it asks for is one of its own. */
export class ActionCall implements ActionHost {
  readonly #options: ActionCallOptions;

  constructor(options: ActionCallOptions) {
    this.#options = options;
  }

  /** The JSON text of what the action returned. Throws `ExecutionError`. */
  async execute(meta: FunctionMeta, args: Json): Promise<string> {
    const { target, context } = this.#options;
    const tableNameOf = (id: string) => context.store.read((tx) => tx.tableNameOf(target.component.path, id));
    const contract = { path: target.path, meta, tableNameOf };
    const argumentBytes = checkArguments(contract, args);
    const [module = "", name = ""] = target.path.split(":");
    const invocation: Invocation = { module, name, kind: "action", argsJson: JSON.stringify([args]) };
    let result: string | null = null;
    try {
      const outcome = await target.component.act(this, invocation);
      if (!outcome.ok) throw errorFromOutcome(outcome);
      while (context.store.held !== null) await context.store.held;
      checkReturn(contract, outcome.value);
      result = outcome.value;
      return result;
    } finally {
      const warnings = [...argumentWarnings("action", argumentBytes), ...resultWarnings("action", result)];
      for (const warning of warnings) this.#options.logs.warn(warning);
    }
  }

  syscall(operation: string): string {
    throw unsupported(operation);
  }

  async asyncSyscall(operation: string, argsJson: string): Promise<string> {
    const run = ACTION_OPERATIONS.get(operation);
    if (run === undefined) throw unsupported(operation);
    const { store } = this.#options.context;
    while (store.held !== null) await store.held;
    return run(this.#options, parseOperationArgs(argsJson));
  }

  async jsSyscall(operation: string, args: Record<string, unknown>): Promise<unknown> {
    const { context, target } = this.#options;
    const place: BytePlace = {
      storage: context.storage,
      component: target.component.path,
      transact: async (body) => {
        while (context.store.held !== null) await context.store.held;
        return context.store.write(body).value;
      },
    };
    return runByteOperation(place, operation, args);
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
