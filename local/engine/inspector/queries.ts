/** What the inspector's page asks: system queries like the CLI's, for admins alone, watched like any other. They only read. */
import type { SystemQuery, SystemScope } from "../admin/system-scope.ts";
import { parsePageRequest, readPage } from "../database/pages.ts";
import { scanIndex } from "../database/system-rows.ts";
import { DeveloperError } from "../errors.ts";
import type { Table } from "../store/catalog.ts";
import { isPrivateTable } from "../store/system-tables.ts";
import { requireField, requireString } from "../syscalls/arguments.ts";
import type { Component, FunctionPath, Json, JsonObject } from "../types.ts";
import { describe } from "../values/validators.ts";

export const INSPECTOR_QUERIES: readonly (readonly [FunctionPath, SystemQuery])[] = [
  ["_system/inspector/tables:default", listTables],
  ["_system/inspector/documents:default", readDocuments],
  ["_system/inspector/document:default", findDocument],
  ["_system/inspector/functions:default", listFunctions],
  ["_system/inspector/jobs:default", listJobs],
  ["_system/inspector/activity:default", describeActivity],
];

/** Of each component. */
const MAX_JOBS = 100;
/** Characters of the arguments of one watched query. */
const MAX_ARGS_LENGTH = 2_000;

function listTables({ tx, app }: SystemScope): string {
  const components = [...app.components.keys()].map((path) => ({
    path,
    tables: tx
      .tables(path)
      .filter(({ name }) => !isPrivateTable(name))
      .map(describeTable),
  }));
  return JSON.stringify(components);
}

function describeTable({ name, number, indexes, searchIndexes, vectorIndexes, validator }: Table): JsonObject {
  return {
    name,
    number,
    validator: validator === null ? null : describe(validator),
    indexes: [
      ...[...indexes.values()].map((index) => ({ name: index.name, kind: "ordered", fields: [...index.fields] })),
      ...[...searchIndexes.values()].map((index) => ({
        name: index.name,
        kind: "search",
        fields: [index.searchField, ...index.filterFields],
      })),
      ...[...vectorIndexes.values()].map((index) => ({
        name: index.name,
        kind: "vector",
        fields: [index.vectorField, ...index.filterFields],
      })),
    ],
  };
}

/** One page in the order of an ordered index. */
function readDocuments({ tx, app }: SystemScope, args: JsonObject): string {
  const { path: component } = requireComponent(app.components, args);
  const source = {
    type: "IndexRange",
    indexName: `${requireString(args, "table")}.${requireString(args, "index")}`,
    range: [],
    order: requireString(args, "order"),
  };
  const request = parsePageRequest({
    query: { source, operators: [] },
    cursor: args["cursor"] ?? null,
    endCursor: null,
    pageSize: requireField(args, "numItems"),
  });
  const { page, ...rest } = readPage({ tx, component, request });
  return `{"page":[${page.join()}],${JSON.stringify(rest).slice(1)}`;
}

/** The document of an id, whichever table it is in; null when there is none. */
function findDocument({ tx, app }: SystemScope, args: JsonObject): string {
  const { path } = requireComponent(app.components, args);
  const id = requireString(args, "id");
  const name = tx.tableNameOf(path, id);
  const table = name === null || isPrivateTable(name) ? null : tx.table(path, name);
  const document = table === null ? null : tx.get(table, id);
  return document === null ? "null" : `{"table":${JSON.stringify(name)},"document":${document}}`;
}

function listFunctions({ app }: SystemScope): string {
  const functions = [...app.components.values()].flatMap((component) =>
    [...component.functions].map(([path, { kind, visibility, args, node }]) => ({
      component: component.path,
      path,
      kind,
      visibility,
      node,
      args: describe(args),
    })),
  );
  return JSON.stringify({ functions, routes: app.routes });
}

/** The newest scheduled functions, and every cron with when it ran and runs next. */
function listJobs({ tx, app }: SystemScope): string {
  const components = [...app.components.values()];
  const jobs = components.flatMap(({ path }) => readJobs(tx, path));
  return JSON.stringify({ jobs, crons: components.flatMap((component) => readCrons(tx, component)) });
}

function readJobs(tx: SystemScope["tx"], component: string): JsonObject[] {
  const source = { type: "FullTableScan", tableName: "_scheduled_functions", order: "desc" };
  const request = parsePageRequest({
    query: { source, operators: [] },
    cursor: null,
    endCursor: null,
    pageSize: MAX_JOBS,
  });
  return readPage({ tx, component, request }).page.map((json) => ({ component, ...JSON.parse(json) }));
}

function readCrons(tx: SystemScope["tx"], { path, crons }: Component): JsonObject[] {
  const rows = [...scanIndex(tx, path, { index: "_crons.by_identifier", range: [] })];
  return crons.map(({ identifier, name, schedule }) => {
    const { lastTime = null, nextTime = null } = rows.find((row) => row["identifier"] === identifier) ?? {};
    return { component: path, identifier, name, schedule, lastTime, nextTime };
  });
}

/** What is in no table, and how many documents each table has: whoever asks this asks again, since counting all of them is much to watch. */
function describeActivity({ tx, app, activity }: SystemScope): string {
  const counts = [...app.components.keys()].flatMap((component) =>
    tx.tables(component).map((table) => ({ component, table: table.name, count: tx.count(table) })),
  );
  const { sockets = 0, queries = [] } = activity?.watched ?? {};
  return JSON.stringify({
    counts,
    functions: activity?.functions.list() ?? [],
    sockets,
    queries: queries.map(({ target: { component, path, args }, subscribers, ranges }) => ({
      component,
      path,
      args: JSON.stringify(args).slice(0, MAX_ARGS_LENGTH),
      subscribers,
      ranges,
    })),
  });
}

function requireComponent(components: ReadonlyMap<string, Component>, args: JsonObject): Component {
  const path: Json = requireField(args, "component");
  const component = typeof path === "string" ? components.get(path) : undefined;
  if (component === undefined) throw new DeveloperError(`There is no component ${JSON.stringify(path)}.`);
  return component;
}
