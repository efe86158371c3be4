import { createHash } from "node:crypto";
import { DeveloperError } from "../../errors.ts";
import type { BulkLoad } from "../../store/bulk-load.ts";
import { isSystemTable } from "../../store/system-tables.ts";
import { requireString } from "../../syscalls/arguments.ts";
import type { App, ComponentPath, JsonObject } from "../../types.ts";
import { decodeId } from "../../values/ids.ts";
import { requireKeptReferences } from "./references.ts";
import type { ImportMode } from "./request.ts";
import { FILES, located, type Source, visitRows } from "./source.ts";
import { assignNumbers } from "./table-numbers.ts";

export type Into = { app: App; mode: ImportMode };

/** Loads a source, and gives how many documents it has. Throws a `DeveloperError` for what cannot be loaded: the transaction is then to be undone. */
export function loadSource(load: BulkLoad, source: Source, into: Into): number {
  for (const component of affectedComponents(load, source, into)) prepareTables(load, source, { ...into, component });
  let documents = 0;
  for (const table of source.tables) {
    if (table.name === FILES) loadFiles(load, source, table.component);
    else documents += visitRows(table, (row) => load.insert(load.require(table.component, table.name), row));
  }
  return documents;
}

function affectedComponents(load: BulkLoad, { tables, numbers }: Source, { mode }: Into): Set<ComponentPath> {
  const named = [...tables, ...numbers].map(({ component }) => component);
  return new Set([...named, ...(mode === "replaceAll" ? load.components() : [])]);
}

/** Empties, drops and numbers the tables of a component, so that what comes can be stored. */
function prepareTables(
  load: BulkLoad,
  { tables, numbers: listed }: Source,
  { app, mode, component }: Into & { component: ComponentPath },
): void {
  const here = (one: { component: ComponentPath }) => one.component === component;
  const imported = tables.filter(here).map(({ name, rows }) => ({ name, firstNumber: numberOfFirst(rows()) }));
  const declared = app.components.get(component)?.schema?.tables.map(({ tableName }) => tableName) ?? [];
  const existing = load.tablesOf(component);
  const numbers = assignNumbers({
    mode,
    existing: new Map(existing.map(({ name, number }) => [name, number])),
    listed: listed.filter(here),
    imported,
    declared,
  });
  for (const table of existing) {
    const goes = mode === "replaceAll" && !isSystemTable(table.name) && !numbers.has(table.name);
    if (mode === "requireEmpty" && numbers.has(table.name) && !load.isEmpty(table)) throw alreadyThere(table.name);
    if (goes) load.drop(table);
    else if (mode !== "append" && numbers.has(table.name)) load.clear(table);
  }
  requireKeptReferences(load, component, numbers);
  load.number(component, numbers);
}

export function alreadyThere(name: string): DeveloperError {
  return new DeveloperError(
    `Table ${name} already exists. Please choose a new table name or use replace/append modes.`,
  );
}

function numberOfFirst(rows: Iterable<JsonObject>): number | null {
  for (const { _id } of rows) return typeof _id === "string" ? (decodeId(_id)?.tableNumber ?? null) : null;
  return null;
}

/** A file comes when its bytes do; what `_storage` says of it is taken over, and its digest must be right. */
function loadFiles(load: BulkLoad, { tables, files }: Source, component: ComponentPath): void {
  const described = new Map<string, JsonObject>();
  for (const table of tables) {
    if (table.component !== component || table.name !== FILES) continue;
    visitRows(table, (row) => described.set(requireString(row, "_id"), row));
  }
  const table = load.require(component, FILES);
  for (const { id, read } of files.filter((file) => file.component === component)) {
    located(
      () => `File ${id}`,
      () => {
        const bytes = read();
        load.insert(table, { ...describeFile(bytes, described.get(id) ?? {}), _id: id });
        load.files.put(id, bytes);
      },
    );
  }
}

function describeFile(bytes: Buffer, { _creationTime = null, sha256, contentType }: JsonObject): JsonObject {
  const digest = createHash("sha256").update(bytes).digest();
  if (typeof sha256 === "string" && sha256 !== digest.toString("base64")) {
    throw new DeveloperError("its bytes do not have the SHA-256 digest that _storage says");
  }
  const described: JsonObject = { _creationTime, sha256: digest.toString("hex"), size: bytes.length };
  if (typeof contentType === "string") described["contentType"] = contentType;
  return described;
}
