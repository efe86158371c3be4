import { DeveloperError } from "../errors.ts";
import { callMethod, property } from "../runtime/foreign.ts";
import type {
  CronJson,
  FunctionKind,
  FunctionMeta,
  FunctionPath,
  HttpRoute,
  Json,
  JsonObject,
  SchemaJson,
} from "../types.ts";

const KINDS: readonly (readonly [flag: string, kind: FunctionKind | "http", title: string])[] = [
  ["isQuery", "query", "Query"],
  ["isMutation", "mutation", "Mutation"],
  ["isAction", "action", "Action"],
  ["isHttp", "http", "HttpAction"],
];

/** Finds the registered functions among the exports of a bundle's modules. Throws `DeveloperError` for a misplaced one. */
export function analyzeFunctions(modules: unknown, runtime: "isolate" | "node"): Map<FunctionPath, FunctionMeta> {
  const functions = new Map<FunctionPath, FunctionMeta>();
  for (const [module, exports] of entriesOf(modules)) {
    for (const [name, registered] of entriesOf(exports)) {
      const meta = analyzeFunction(registered, { module, name, runtime });
      if (meta) functions.set(`${module}:${name}`, meta);
    }
  }
  return functions;
}

type Place = { module: string; name: string; runtime: "isolate" | "node" };

function analyzeFunction(registered: unknown, { module, name, runtime }: Place): FunctionMeta | null {
  const found = KINDS.find(([flag]) => property(registered, flag) === true);
  if (!found) return null;
  const [, kind, title] = found;
  if (runtime === "node" && kind !== "action") {
    throw new DeveloperError(
      `\`${name}\` defined in \`${module}.js\` is a ${title} function. Only actions can be defined in Node.js. See https://docs.convex.dev/functions/actions for more details.`,
    );
  }
  if (kind === "http") return null;
  const args: JsonObject = parseExport(() => callMethod(registered, "exportArgs"), `${module}:${name}`);
  const returns: JsonObject | null = parseExport(() => callMethod(registered, "exportReturns"), `${module}:${name}`);
  const visibility = property(registered, "isInternal") === true ? "internal" : "public";
  return { kind, visibility, args, returns, node: runtime === "node" };
}

/** The schema of a component; null when it has none. */
export function analyzeSchema(modules: unknown): SchemaJson | null {
  const schema = property(modules, "schema");
  if (schema === undefined) return null;
  const definition = property(schema, "default");
  if (typeof property(definition, "export") !== "function") {
    throw new DeveloperError("The default export of `schema` must be what defineSchema() gives.");
  }
  return parseExport(() => callMethod(definition, "export"), "schema");
}

/** The cron jobs of a component. Throws `DeveloperError` when one runs what cannot be scheduled. */
export function analyzeCrons(modules: unknown, functions: ReadonlyMap<FunctionPath, FunctionMeta>): CronJson[] {
  const crons = property(modules, "crons");
  if (crons === undefined) return [];
  const definition = property(crons, "default");
  if (property(definition, "isCrons") !== true) {
    throw new DeveloperError("The default export of `crons` must be what cronJobs() gives.");
  }
  const jobs: Record<string, { name: string; args: Json[]; schedule: JsonObject }> = parseExport(
    () => callMethod(definition, "export"),
    "crons",
  );
  return Object.entries(jobs).map(([identifier, { name, args, schedule }]) => {
    const target = functions.get(name);
    if (!target || target.kind === "query") {
      throw new DeveloperError(`The cron job "${identifier}" runs ${name}, which is no mutation or action of the app.`);
    }
    return { identifier, name, args, schedule };
  });
}

/** The routes of a component's `http` module, if it has one. Throws `DeveloperError` when that exports no router. */
export function analyzeRoutes(modules: unknown): HttpRoute[] {
  const http = property(modules, "http");
  if (http === undefined) return [];
  const router = property(http, "default");
  if (property(router, "isRouter") !== true) {
    throw new DeveloperError("The default export of `http` must be what httpRouter() gives.");
  }
  return entriesOf(callMethod(router, "getRoutes")).map(([, route]) => ({
    path: String(property(route, "0")),
    method: String(property(route, "1")),
  }));
}

/** Parses the JSON that the client library exports; its shape is the library's promise, and the caller names it. */
function parseExport(read: () => unknown, what: string) {
  try {
    return JSON.parse(String(read()));
  } catch (error) {
    throw new DeveloperError(`${what}: ${String(property(error, "message") ?? error)}`);
  }
}

function entriesOf(target: unknown): [string, unknown][] {
  return typeof target === "object" && target !== null ? Object.entries(target) : [];
}
