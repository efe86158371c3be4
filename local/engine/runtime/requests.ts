import { AsyncLocalStorage } from "node:async_hooks";
import { types } from "node:util";
import type { ActionHost } from "../types.ts";
import { log } from "./console.ts";
import { readThrown } from "./failure.ts";

/**
 * One running action. `ended` turns true when its caller has the answer: what still runs then must not act, and `later`
 * calls off what is still to come.
 */
type Request = { readonly host: ActionHost; readonly later: (() => void)[]; ended: boolean };

/** Actions of every realm share the event loop; the asynchronous context tells whose code runs. */
const requests = new AsyncLocalStorage<Request>();

/** Runs an action's code, so that everything it starts finds `host`. */
export async function runAsRequest<Result>(host: ActionHost, run: () => Promise<Result>): Promise<Result> {
  const request: Request = { host, later: [], ended: false };
  try {
    return await requests.run(request, run);
  } finally {
    request.ended = true;
    for (const callOff of request.later) callOff();
  }
}

/** Has something that is to come called off when the running action ends; at once when it has ended already. */
export function callOffAtEnd(callOff: () => void): void {
  const request = requests.getStore();
  if (request?.ended === true) callOff();
  else request?.later.push(callOff);
}

/** Evaluates modules on behalf of `host`; they may read its environment and log. */
export function evaluateAs<Result>(host: ActionHost, evaluate: () => Result): Result {
  return requests.run({ host, later: [], ended: false }, evaluate);
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
 * What app code left behind and that then fails, a dropped promise or what a timer or an event called, must not end the
 * engine's process: it becomes a log line of its request. What is the engine's own still ends it. Gives back a function
 * that takes the guard away.
 */
export function guardProcess(report: (message: string) => void): () => void {
  const note = (what: string, reason: unknown, isOfRealm: boolean): void => {
    const request = requests.getStore();
    if (!request && !isOfRealm) throw reason;
    const line = `${what}: ${readThrown(reason).message}`;
    if (request) request.host.log("ERROR", [line]);
    else report(line);
  };
  // A promise or an error of another realm was made by app code, whoever's request it was.
  const onRejection = (reason: unknown, promise: Promise<unknown>): void =>
    note("Unhandled promise rejection", reason, !(promise instanceof Promise));
  const onException = (error: unknown): void =>
    note("Uncaught exception", error, types.isNativeError(error) && !(error instanceof Error));
  process.on("unhandledRejection", onRejection);
  process.on("uncaughtException", onException);
  return () => {
    process.off("unhandledRejection", onRejection);
    process.off("uncaughtException", onException);
  };
}
