import type { ComponentPath, HttpRoute } from "../types.ts";

/** What a component answers itself, and what it hands on: from path prefix, ending in a slash, to child. */
export type HttpNode = { routes: readonly HttpRoute[]; mounts: ReadonlyMap<string, ComponentPath> };

/** Who answers a request, and the path as its router knows it. */
export type HttpTarget = { component: ComponentPath; path: string };

/** The mounts of each component, by its path. `httpPrefix` is the whole way from the app, null for what is not mounted. */
export function listMounts(
  installed: readonly {
    path: ComponentPath;
    children: ReadonlyMap<string, ComponentPath>;
    httpPrefix: string | null;
  }[],
): Map<ComponentPath, Map<string, ComponentPath>> {
  const prefixes = new Map(installed.map(({ path, httpPrefix }) => [path, httpPrefix]));
  return new Map(
    installed.map(({ path, children, httpPrefix }) => {
      const mounts = [...children.values()].flatMap((child) => {
        const prefix = prefixes.get(child) ?? null;
        return prefix === null || httpPrefix === null ? [] : [[prefix.slice(httpPrefix.length - 1), child] as const];
      });
      return [path, new Map(mounts)];
    }),
  );
}

/**
 * Finds who answers, from the app (`""`) downwards: an exact route of the component itself wins, then the longest prefix
 * of its own routes and its mounts, and among equals the mount. A component that was handed a request answers it or
 * nobody does. Null when no route matches.
 */
export function routeRequest(
  nodes: ReadonlyMap<ComponentPath, HttpNode>,
  { path, method }: { path: string; method: string },
): HttpTarget | null {
  const asked = method === "HEAD" ? "GET" : method;
  let target: HttpTarget = { component: "", path };
  for (;;) {
    const node = nodes.get(target.component);
    const own = node?.routes.filter((route) => route.method === asked).map((route) => route.path) ?? [];
    if (own.includes(target.path)) return target;
    const prefix = longestPrefix(
      target.path,
      own.filter(isPrefix).map((route) => route.slice(0, -1)),
    );
    const mount = longestPrefix(target.path, [...(node?.mounts.keys() ?? [])]);
    const child = node?.mounts.get(mount);
    if (child === undefined || prefix.length > mount.length) return prefix === "" ? null : target;
    target = { component: child, path: target.path.slice(mount.length - 1) };
  }
}

function isPrefix(route: string): boolean {
  return route.endsWith("/*");
}

function longestPrefix(path: string, prefixes: readonly string[]): string {
  return prefixes.reduce(
    (best, prefix) => (path.startsWith(prefix) && prefix.length > best.length ? prefix : best),
    "",
  );
}
