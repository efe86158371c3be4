import { AsyncLocalStorage } from "node:async_hooks";
import type { ActionHost } from "../types.ts";
import { log } from "./console.ts";
import { readThrown } from "./failure.ts";

/** One running action. `ended` turns true when its caller has the answer: what still runs then must not act. */
type Request = { readonly host: ActionHost; ended: boolean };

/** Actions of every realm share the event loop; the asynchronous context tells whose code runs. */
const requests = new AsyncLocalStorage<Request>();

/** Runs an action's code, so that everything it starts finds `host`. */
export async function runAsRequest<Result>(host: ActionHost, run: () => Promise<Result>): Promise<Result> {
  const request: Request = { host, ended: false };
  try {
    return await requests.run(request, run);
  } finally {
    request.ended = true;
  }
}

/** Evaluates modules on behalf of `host`; they may read its environment and log. */
export function evaluateAs<Result>(host: ActionHost, evaluate: () => Result): Result {
  return requests.run({ host, ended: false }, evaluate);
}

function currentHost(): ActionHost {
  const request = requests.getStore();
  if (!request || request.ended) throw new Error("The Convex runtime is used outside of a running action");
  return request.host;
}

/** The host's side of an action, the same for every realm. */
export const requestEngine = {
  syscall: (operation: string, argsJson: string): string => currentHost().syscall(operation, argsJson),
  asyncSyscall: async (operation: string, argsJson: string): Promise<string> =>
    currentHost().asyncSyscall(operation, argsJson),
  jsSyscall: async (operation: string, args: Record<string, unknown>): Promise<unknown> =>
    currentHost().jsSyscall(operation, args),
  environment: (name: string): string | undefined => requests.getStore()?.host.environment(name),
  environmentNames: (): readonly string[] => requests.getStore()?.host.environmentNames?.() ?? [],
  log: (level: string, parts: unknown[]): void => {
    const host = requests.getStore()?.host;
    if (host) log(host, level, parts);
  },
};

/**
 * A promise that app code dropped and that then fails must not end the engine's process: it becomes a log line of its
 * request. A dropped promise of the engine's own still ends it. Gives back a function that takes the guard away.
 */
export function guardRejections(report: (message: string) => void): () => void {
  const guard = (reason: unknown, promise: Promise<unknown>): void => {
    const request = requests.getStore();
    // A promise of another realm was made by app code, whoever's request it was.
    const fromRealm = !(promise instanceof Promise);
    if (!request && !fromRealm) throw reason;
    const line = `Unhandled promise rejection: ${readThrown(reason).message}`;
    if (request) request.host.log("ERROR", [line]);
    else report(line);
  };
  process.on("unhandledRejection", guard);
  return () => void process.off("unhandledRejection", guard);
}
