import type { Plugin } from "esbuild";

/** What Convex's bundler replaces for each runtime. */
export function runtimePlugins(runtime: "isolate" | "node"): Plugin[] {
  const serverOnly = replaceModule("server-only", /^server-only$/, "");
  return runtime === "node" ? [serverOnly] : [serverOnly, asyncHooks];
}

/** The default runtime has this one Node module, for libraries that keep a context. */
const asyncHooks = replaceModule(
  "async-hooks",
  /^(node:)?async_hooks$/,
  `export const { AsyncLocalStorage } = globalThis; export default { AsyncLocalStorage };`,
);

function replaceModule(name: string, filter: RegExp, contents: string): Plugin {
  return {
    name,
    setup(build) {
      build.onResolve({ filter }, ({ path }) => ({ path, namespace: name }));
      build.onLoad({ filter: /.*/, namespace: name }, () => ({ contents, loader: "js" }));
    },
  };
}
