import { fileURLToPath } from "node:url";
import { Bundler } from "../bundle/bundler.ts";
import { loadApp, type LoadedApp, type LoadOptions } from "../bundle/load-app.ts";
import { SyscallError } from "../errors.ts";
import type { ActionHost, FunctionHost, Outcome } from "../types.ts";

/** The Convex directory that the engine's tests load. */
export const fixtureDirectory = fileURLToPath(new URL("../fixtures/app/convex", import.meta.url));

const variables: Record<string, string> = {
  AUTH_DOMAIN: "https://clerk.example",
  CONVEX_CLOUD_URL: "http://127.0.0.1:3210",
  CONVEX_SITE_URL: "http://127.0.0.1:3211",
  GREETING: "good morning",
};

export const environment = (name: string): string | undefined => variables[name];

/** Most of a load is bundling, and the fixture stays as it is. */
const bundler = new Bundler();

export async function loadFixture(options: Partial<LoadOptions> = {}): Promise<LoadedApp> {
  return loadApp({ directory: fixtureDirectory, environment, bundler, ...options });
}

/** The app's own component. */
export function rootOf(app: LoadedApp) {
  const root = app.components.get("");
  if (!root) throw new Error("The app has no root component");
  return root;
}

/** A host without a store: it refuses every syscall that a test does not answer, and keeps the log. */
export function functionHost(answers: Partial<FunctionHost> = {}): FunctionHost & { logged: string[] } {
  const logged: string[] = [];
  return {
    now: 1_700_000_000_000,
    seed: 42,
    syscall: (operation) => refuse(operation),
    asyncSyscall: (operation) => refuse(operation),
    environment,
    log: (level, parts) => void logged.push([level, ...parts].join(" ")),
    logged,
    ...answers,
  };
}

/** The same for actions. */
export function actionHost(answers: Partial<ActionHost> = {}): ActionHost & { logged: string[] } {
  const logged: string[] = [];
  return {
    syscall: (operation) => refuse(operation),
    asyncSyscall: async (operation) => refuse(operation),
    jsSyscall: async (operation) => refuse(operation),
    environment,
    log: (level, parts) => void logged.push([level, ...parts].join(" ")),
    logged,
    ...answers,
  };
}

/** An outcome's value as plain JSON; throws the failure's message when there is none. */
export function valueOf(outcome: Outcome): unknown {
  if (!outcome.ok) throw new Error(outcome.message);
  return JSON.parse(outcome.value);
}

function refuse(operation: string): never {
  throw new SyscallError(`No answer for ${operation}`);
}
