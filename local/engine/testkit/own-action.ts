import { requireComponent } from "../functions/addresses.ts";
import { checkArguments, checkReturn } from "../functions/signature.ts";
import { LogBuffer } from "../logs.ts";
import { installConvexGlobal } from "../runtime/node-modules.ts";
import { runAsRequest } from "../runtime/requests.ts";
import type { Store } from "../store/store.ts";
import type { TestBackend } from "./backend.ts";
import type { OwnInvocation } from "./held-call.ts";

/** Runs code of the test itself as an action: each function that it calls is a transaction of its own. */
export async function actOwn({ context, calls }: TestBackend, invocation: OwnInvocation): Promise<string> {
  const { path, meta, args, identity, invoke } = invocation;
  const { store } = context;
  const contract = { path, meta, tableNameOf: (id: string) => store.read((tx) => tx.tableNameOf("", id)) };
  installConvexGlobal();
  await checkWhenFree(store, () => checkArguments(contract, args));
  const target = { component: requireComponent(context.app(), ""), path };
  const host = calls.openAction({ target, identity, logs: new LogBuffer(), job: null });
  const value = await runAsRequest(host, () => invoke(JSON.stringify([args])));
  await checkWhenFree(store, () => checkReturn(contract, value));
  return value;
}

async function checkWhenFree(store: Store, check: () => void): Promise<void> {
  while (store.held !== null) await store.held;
  check();
}
