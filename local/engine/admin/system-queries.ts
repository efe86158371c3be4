/** The queries that the official CLI asks of every deployment, under the names and in the shapes of production's own. */
import { readPage, parsePageRequest } from "../database/pages.ts";
import { DeveloperError } from "../errors.ts";
import { storedPath } from "../functions/addresses.ts";
import { INSPECTOR_QUERIES } from "../inspector/queries.ts";
import { asObject } from "../json.ts";
import { isSystemTable } from "../store/system-tables.ts";
import { encodeTimestamp } from "../sync/protocol.ts";
import { requireField, requireString } from "../syscalls/arguments.ts";
import type { FunctionMeta, FunctionPath, Json, JsonObject } from "../types.ts";
import { findImport } from "./import/imports.ts";
import type { SystemQuery, SystemScope } from "./system-scope.ts";

const SYSTEM_QUERIES: ReadonlyMap<FunctionPath, SystemQuery> = new Map<FunctionPath, SystemQuery>([
  ["_system/cli/tables:default", listTables],
  ["_system/cli/tableData:default", readTable],
  ["_system/cli/modules:apiSpec", listFunctions],
  ["_system/cli/queryEnvironmentVariables:default", ({ tx, variables }) => JSON.stringify(variables.list(tx))],
  ["_system/cli/queryEnvironmentVariables:get", findVariable],
  ["_system/cli/exports:getLatest", describeExport],
  ["_system/cli/queryImport:default", ({ tx }, args) => findImport(tx, requireString(args, "importId")) ?? "null"],
  // None is ever under way while somebody asks: an import runs to its end before anything else is served.
  ["_system/cli/queryImport:list", () => "[]"],
  ...INSPECTOR_QUERIES,
  [
    "_system/cli/convexUrl:cloudUrl",
    ({ component }) => JSON.stringify(component.environment("CONVEX_CLOUD_URL") ?? ""),
  ],
]);

const ANY: JsonObject = { type: "any" };
const TYPES = { query: "Query", mutation: "Mutation", action: "Action" } as const;

/** True for paths that no app can have: the deployment answers them itself. */
export function isSystemPath(path: FunctionPath): boolean {
  return path.startsWith("_system/");
}

/** Answers in JSON text. Throws a `DeveloperError` for whoever is no admin, before anything else is looked at. */
export function runSystemQuery(
  scope: SystemScope,
  { path, args, isAdmin }: { path: FunctionPath; args: Json; isAdmin: boolean },
): string {
  if (!isAdmin) throw new DeveloperError("Unauthorized: query requires an admin key.");
  const query = SYSTEM_QUERIES.get(path);
  if (query === undefined) throw new DeveloperError(`The local engine has no system query ${path}.`);
  return query(scope, requireObject(args));
}

/** All in one page: a component has few tables. */
function listTables({ tx, component }: SystemScope): string {
  const names = tx.tables(component.path).flatMap(({ name }) => (isSystemTable(name) ? [] : [{ name }]));
  return JSON.stringify({ page: names, isDone: true, continueCursor: "" });
}

/** One page of documents by creation time; the tables that functions never see have none. */
function readTable({ tx, component }: SystemScope, args: JsonObject): string {
  const options = requireObject(requireField(args, "paginationOpts"));
  const source = {
    type: "FullTableScan",
    tableName: requireString(args, "table"),
    order: requireString(args, "order"),
  };
  const request = parsePageRequest({
    query: { source, operators: [] },
    cursor: options["cursor"] ?? null,
    endCursor: null,
    pageSize: options["numItems"] ?? null,
  });
  const { page, ...rest } = readPage({ tx, component: component.path, request });
  return `{"page":[${page.join()}],${JSON.stringify(rest).slice(1)}`;
}

function findVariable({ tx, variables }: SystemScope, args: JsonObject): string {
  const name = requireString(args, "name");
  return JSON.stringify(variables.list(tx).find((variable) => variable.name === name) ?? null);
}

/** It is complete as soon as it can be asked for. */
function describeExport({ exports }: SystemScope): string {
  const timestamp = exports?.latest?.timestamp;
  if (timestamp === undefined) return "null";
  const at = { $integer: encodeTimestamp(timestamp) };
  return JSON.stringify({ state: "completed", start_ts: at, complete_ts: at, zip_object_key: "" });
}

/** Functions by name, then the routes of HTTP actions, which only the app has. */
function listFunctions({ app, component }: SystemScope): string {
  const functions = [...component.functions].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const routes = component.path === "" ? app.routes : [];
  return JSON.stringify([
    ...functions.map(([path, meta]) => describeFunction(path, meta)),
    ...routes.map(({ method, path }) => ({ functionType: "HttpAction", method, path })),
  ]);
}

function describeFunction(path: FunctionPath, { kind, visibility, args, returns }: FunctionMeta): JsonObject {
  return {
    identifier: storedPath(path),
    functionType: TYPES[kind],
    visibility: { kind: visibility },
    args,
    returns: returns ?? ANY,
  };
}

function requireObject(value: Json): JsonObject {
  const object = asObject(value);
  if (object !== null) return object;
  throw new DeveloperError("Expected the arguments of a system query to be an object.");
}
