/** What calls and syscalls run on, without doors: a store in memory, files, and an app of declared functions. */
import { onTestFinished } from "vitest";
import { DeploymentKey } from "../auth/deployment-key.ts";
import type { EngineContext } from "../context.ts";
import type { Target } from "../functions/addresses.ts";
import { LogBuffer } from "../logs.ts";
import { FileStorage } from "../storage/files.ts";
import { Store } from "../store/store.ts";
import { ManualClock, NOON } from "../store/testing.ts";
import type { App, Component, ComponentPath, FunctionKind, FunctionMeta, FunctionPath } from "../types.ts";

export type TestContext = EngineContext & { clock: ManualClock; faults: unknown[] };

/** Lives as long as the test. */
export function makeContext(app: App): TestContext {
  const clock = new ManualClock(NOON);
  const store = new Store({ file: ":memory:", clock, synchronous: "OFF" });
  onTestFinished(() => store.close());
  store.pushSchemas(new Map([...app.components.values()].map(({ path, schema }) => [path, schema])));
  const faults: unknown[] = [];
  return {
    app: () => app,
    store,
    clock,
    storage: new FileStorage({ cloudUrl: () => "http://cloud.test", signingKey: "key", clock }),
    deploymentKey: new DeploymentKey(),
    cloudUrl: () => "http://cloud.test",
    openLog: () => new LogBuffer(),
    reportFault: (fault) => void faults.push(fault),
    faults,
  };
}

/** Components by their paths, each with its functions' kinds by name. Their functions are known, and never run. */
export function declareApp(components: Record<ComponentPath, Record<FunctionPath, FunctionKind>>): App {
  const paths = Object.keys(components);
  const declared = Object.entries(components).map(
    ([path, functions]) => [path, declareComponent(path, functions, paths)] satisfies [string, Component],
  );
  return { components: new Map(declared), authProviders: [], routes: [], serveHttp: async () => null };
}

/** A function of an app; its component must be there. */
export function targetIn(app: App, path: FunctionPath, component: ComponentPath = ""): Target {
  const owner = app.components.get(component);
  if (owner === undefined) throw new Error(`No component at "${component}"`);
  return { component: owner, path };
}

function declareComponent(
  path: ComponentPath,
  functions: Record<FunctionPath, FunctionKind>,
  paths: readonly ComponentPath[],
): Component {
  const children = paths.filter(
    (one) => one !== path && one.slice(0, one.lastIndexOf("/") + 1) === (path && `${path}/`),
  );
  return {
    path,
    children: new Map(children.map((child) => [child.slice(child.lastIndexOf("/") + 1), child])),
    functions: new Map(Object.entries(functions).map(([name, kind]) => [name, declareFunction(kind)])),
    schema: null,
    crons: [],
    environment: () => undefined,
    environmentNames: () => [],
    run: () => refuseToRun(),
    act: () => refuseToRun(),
  };
}

/** Takes an optional `text`. */
function declareFunction(kind: FunctionKind): FunctionMeta {
  const text = { fieldType: { type: "string" }, optional: true };
  return { kind, visibility: "public", args: { type: "object", value: { text } }, returns: null, node: false };
}

function refuseToRun(): never {
  throw new Error("A declared function has no code");
}
