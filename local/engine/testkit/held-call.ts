/** Code of the test itself as a query or mutation: it waits between its steps, so the store is held for it. */
import type { EngineContext } from "../context.ts";
import { requireComponent } from "../functions/addresses.ts";
import { checkArguments, checkReturn } from "../functions/signature.ts";
import { LogBuffer } from "../logs.ts";
import { installConvexGlobal } from "../runtime/node-modules.ts";
import { runAsRequest } from "../runtime/requests.ts";
import type { Transaction } from "../store/transaction.ts";
import { runByteOperation } from "../syscalls/action.ts";
import { TransactionalCall } from "../transactional-call.ts";
import type { ActionHost, FunctionMeta, Identity, Json } from "../types.ts";

export type OwnInvocation = {
  /** As which function it runs, `module:export`; it need not be one of the app. */
  path: string;
  meta: FunctionMeta;
  args: Json;
  identity: Identity | null;
  /** Runs the code by the client library, and gives the JSON text of its result. */
  invoke: (argsJson: string) => Promise<string>;
};

/** Runs the code in one transaction, after whatever holds the store now; when it throws, nothing has happened. */
export async function callHeld(context: EngineContext, invocation: OwnInvocation): Promise<string> {
  const { path, meta, args, identity, invoke } = invocation;
  const component = requireComponent(context.app(), "");
  installConvexGlobal();
  while (context.store.held !== null) await context.store.held;
  return context.store.hold(async (tx) => {
    const contract = { path, meta, tableNameOf: (id: string) => tx.tableNameOf("", id) };
    checkArguments(contract, args);
    const call = new TransactionalCall({
      context,
      target: { component, path },
      meta,
      tx,
      identity,
      now: context.clock.now(),
      logs: new LogBuffer(),
      journal: { previous: null, next: null },
      job: null,
      depth: 0,
    });
    const value = await runAsRequest(asActionHost(call, tx), () => invoke(JSON.stringify([args])));
    checkReturn(contract, value);
    return value;
  });
}

/** The same operations, in the form that code on the event loop asks for them. */
function asActionHost(call: TransactionalCall, tx: Transaction): ActionHost {
  const { storage } = call.context;
  return {
    syscall: (operation, argsJson) => call.syscall(operation, argsJson),
    asyncSyscall: async (operation, argsJson) => call.asyncSyscall(operation, argsJson),
    jsSyscall: async (operation, args) =>
      runByteOperation({ storage, component: "", transact: async (body) => body(tx) }, operation, args),
    environment: (name) => call.environment(name),
    log: (level, parts) => call.log(level, parts),
  };
}
