/** Everything a route sees of one request. The body was read, and its size checked, before the route was chosen. */
export interface Call {
  readonly method: string;
  /** Path inside the emulator: its mount path is already taken off. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Headers;
  /** The body's bytes as they came, for signatures and multipart forms (`new Response(call.body, …).formData()`). */
  readonly body: Uint8Array<ArrayBuffer>;
  /** The body as text. */
  text(): string;
  /** The body as JSON; undefined when it is empty or no JSON. */
  json(): unknown;
  /** A named part of the path, decoded. Throws when the route's pattern has no such name. */
  param(name: string): string;
  /** Aborted when the client hangs up. */
  readonly signal: AbortSignal;
}

export type RouteHandler = (call: Call) => Response | Promise<Response>;
/** What is known of a request before a route was chosen. */
export type IncomingCall = Omit<Call, "param">;
export type Route = { method: string; pattern: string };
type CompiledRoute = Route & { expression: RegExp; run: RouteHandler };

/** Routes by method and pattern (`/v1/users/:userId`; `*name` takes the rest of the path). The first registered match wins. */
export class Router {
  #routes: CompiledRoute[] = [];

  on(method: string, pattern: string, run: RouteHandler): void {
    this.#routes.push({ method, pattern, expression: compile(pattern), run });
  }

  /** All routes in the order of registration: what a coverage test compares with the documented table. */
  list(): Route[] {
    return this.#routes.map(({ method, pattern }) => ({ method, pattern }));
  }

  /** Runs the matching route, or returns null when there is none. */
  dispatch(incoming: IncomingCall): Promise<Response> | null {
    for (const route of this.#routes) {
      const groups = route.method === incoming.method ? route.expression.exec(incoming.path) : null;
      if (groups) return Promise.resolve(route.run(withParams(incoming, groups.groups ?? {})));
    }
    return null;
  }
}

function compile(pattern: string): RegExp {
  const source = pattern
    .replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`)
    .replaceAll(/:(\w+)/g, "(?<$1>[^/]+)")
    .replaceAll(/\*(\w+)/g, "(?<$1>.+)");
  return new RegExp(`^${source}$`);
}

function withParams(incoming: IncomingCall, groups: Record<string, string>): Call {
  return {
    ...incoming,
    param(name) {
      const value = groups[name];
      if (value === undefined) throw new Error(`The route of ${incoming.path} has no parameter "${name}"`);
      return decodeURIComponent(value);
    },
  };
}
