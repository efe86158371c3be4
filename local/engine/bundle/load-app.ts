import { resolve } from "node:path";
import { DeveloperError } from "../errors.ts";
import type { Outside } from "../runtime/action-realm.ts";
import { ActionRuntime, type NodeBundle } from "../runtime/action-runtime.ts";
import type { Compiled } from "../runtime/compiled.ts";
import { FunctionPool, type Isolation } from "../runtime/function-pool.ts";
import type { ActionHost, App, Component, ComponentPath, FunctionHost, HttpRoute } from "../types.ts";
import { analyzeCrons, analyzeFunctions, analyzeRoutes, analyzeSchema } from "./analysis.ts";
import { loadAuthConfig } from "./auth-config.ts";
import { Bundler } from "./bundler.ts";
import { installComponents, type Installed } from "./component-tree.ts";
import { DefinitionLoader, type Definition } from "./definitions.ts";
import { discoverModules, findSpecialFile } from "./discover.ts";
import { type HttpNode, listMounts, routeRequest } from "./mounts.ts";

export type LoadOptions = {
  /** The app's `convex/` directory. */
  directory: string;
  /** The deployment's variables, `CONVEX_CLOUD_URL` and `CONVEX_SITE_URL` among them. */
  environment: (name: string) => string | undefined;
  isolation?: Isolation;
  /** Limit of a query's or mutation's own time; 0 (the default) sets none. */
  timeoutMs?: number;
  /** Limit of an action's time; 0 (the default) sets none. */
  actionTimeLimitMs?: number;
  /** What default-runtime actions get in place of the process's own time, timers and network. */
  outside?: Partial<Outside>;
  /** Keeps bundles from one load to the next. Left out, everything is bundled. */
  bundler?: Bundler;
};

export type LoadedApp = App & {
  /** The files that went into the app, installed packages excepted: when one changes, the app should be loaded anew. */
  sources: readonly string[];
};

/**
 * Bundles, evaluates and analyses an app and its components. Throws `DeveloperError` for whatever Convex would refuse
 * at a push, naming the file and the fix.
 */
export async function loadApp(options: LoadOptions): Promise<LoadedApp> {
  const directory = resolve(options.directory);
  const { environment, bundler = new Bundler() } = options;
  bundler.begin();
  const [bundles, { installed, bundled }, authProviders] = await allOf([
    bundleDirectory(directory, { appDirectory: directory, bundler }),
    bundleComponents(directory, { bundler, environment }),
    loadAuthConfig(directory, { bundler, environment }),
  ]);
  bundled.set(directory, bundles);
  const loaded = installed.map((component) => {
    const own = bundled.get(component.directory);
    if (!own) throw new Error(`The component at ${component.directory} was not bundled`);
    return loadComponent(component, own, options);
  });
  const mounts = listMounts(installed);
  const nodes = new Map<ComponentPath, HttpNode>(
    loaded.map(({ component: { path }, routes }) => [path, { routes, mounts: mounts.get(path) ?? new Map() }]),
  );
  return {
    components: new Map(loaded.map(({ component }) => [component.path, component])),
    authProviders,
    routes: loaded[0]?.routes ?? [],
    serveHttp: async (hostOf, request) => {
      const target = routeRequest(nodes, { path: new URL(request.url).pathname, method: request.method });
      const owner = loaded.find(({ component }) => component.path === target?.component);
      if (target === null || owner === undefined) return null;
      return owner.actions.serveHttp(hostOf(owner.component), request, target.path);
    },
    sources: bundler.sources,
  };
}

/** What one directory bundles to; `node` is null when nothing of it says `"use node"`. */
type Bundles = { isolate: Compiled; node: NodeBundle | undefined };

async function bundleDirectory(
  directory: string,
  { appDirectory, bundler }: { appDirectory: string; bundler: Bundler },
): Promise<Bundles> {
  const modules = discoverModules(directory);
  const schema = findSpecialFile(directory, "schema");
  if (modules.node.length > 0 && directory !== appDirectory) {
    throw new DeveloperError(
      `"use node" directive is not supported in components. Remove it from the component at: ${directory}.`,
    );
  }
  const [isolate, node] = await allOf([
    bundler.compile({
      appDirectory,
      modules: schema ? [...modules.isolate, { path: "schema", file: schema }] : modules.isolate,
      runtime: "isolate",
      filename: `convex:${directory}`,
    }),
    modules.node.length > 0
      ? bundler.compile({ appDirectory, modules: modules.node, runtime: "node", filename: `convex-node:${directory}` })
      : undefined,
  ]);
  const paths = new Set(modules.node.map(({ path }) => path));
  return { isolate: isolate.compiled, node: node && { compiled: node.compiled, directory, modules: paths } };
}

/** All components, the app first, and the bundles of the directories that components other than the app are in. */
async function bundleComponents(
  appDirectory: string,
  { bundler, environment }: { bundler: Bundler; environment: (name: string) => string | undefined },
): Promise<{ installed: Installed[]; bundled: Map<string, Bundles> }> {
  const installed = installComponents(await loadDefinition(appDirectory, bundler), environment);
  const directories = [...new Set(installed.slice(1).map((component) => component.directory))];
  const bundles = directories.map(
    async (directory) =>
      [directory, await bundleDirectory(directory, { appDirectory, bundler })] satisfies [string, Bundles],
  );
  return { installed, bundled: new Map(await allOf(bundles)) };
}

async function loadDefinition(directory: string, bundler: Bundler): Promise<Definition> {
  const file = findSpecialFile(directory, "convex.config");
  if (file) return new DefinitionLoader(directory, bundler).load(file);
  return { directory, name: "", children: [], httpMounts: new Map(), variables: [] };
}

function loadComponent(
  { path, children, environment }: Installed,
  { isolate: compiled, node }: Bundles,
  options: LoadOptions,
): { component: Component; actions: ActionRuntime; routes: readonly HttpRoute[] } {
  const { isolation = "reused", timeoutMs = 0, actionTimeLimitMs = 0, outside } = options;
  const pool = new FunctionPool({ compiled, component: path, isolation, timeoutMs });
  const actions = new ActionRuntime({
    compiled,
    component: path,
    node,
    isolation,
    timeLimitMs: actionTimeLimitMs,
    outside,
  });
  const host = importHost(environment);
  const { functions, schema, crons, routes } = pool.inspect(host.forFunctions, (modules) => {
    const routes = analyzeRoutes(modules);
    const isolateFunctions = analyzeFunctions(modules, "isolate");
    const nodeFunctions = actions.inspectNode(host.forActions, (own) => analyzeFunctions(own, "node")) ?? [];
    const all = new Map([...isolateFunctions, ...nodeFunctions]);
    return { functions: all, schema: analyzeSchema(modules), crons: analyzeCrons(modules, all), routes };
  });
  const component: Component = {
    path,
    children,
    functions,
    schema,
    crons,
    environment,
    run: (caller, call) => pool.run(caller, call),
    act: (caller, call) => actions.act(caller, call),
  };
  return { component, actions, routes };
}

/** As `Promise.all`, but a failure waits for the others too: all of what a load reads is known when it ends. */
async function allOf<Work extends readonly unknown[] | []>(work: Work) {
  await Promise.allSettled(work);
  return Promise.all(work);
}

/** Modules evaluate before anyone calls: they may read variables, and nothing else. */
function importHost(environment: (name: string) => string | undefined) {
  const refuse = (): never => {
    throw new DeveloperError("The database cannot be used while a module is imported. Move the code into a function.");
  };
  const log = (): void => {};
  const forFunctions: FunctionHost = { now: 0, seed: 0, syscall: refuse, asyncSyscall: refuse, environment, log };
  const forActions: ActionHost = { syscall: refuse, asyncSyscall: refuse, jsSyscall: refuse, environment, log };
  return { forFunctions, forActions };
}
