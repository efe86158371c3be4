import { parsePageRequest, readPage } from "../database/pages.ts";
import type { Table } from "../store/catalog.ts";
import type { Store } from "../store/store.ts";
import { isSystemTable } from "../store/system-tables.ts";
import { requireString } from "../syscalls/arguments.ts";
import type { ComponentPath, JsonObject } from "../types.ts";
import { parseDocument } from "../values/documents.ts";
import { toExportJson } from "../values/export-json.ts";
import { wrapInt64 } from "../values/wrapped.ts";
import { writeZip, type ZipEntry } from "./zip.ts";

const PAGE_SIZE = 1_000;
const FILES = "_storage";

const README = `# A snapshot of a Convex deployment

It was made by Qify's local engine, in the layout that Convex itself writes and reads. Each table has a folder:
\`<table>/documents.jsonl\` holds one document a line. \`_tables\` says which numbers the tables have in their ids,
\`_storage\` holds stored files, and \`_components/<name>/\` the same for each component.

To load it into a deployment, see https://docs.convex.dev/database/import-export/import.
`;

/** Says that numbers with a dot are floats and those without are int64s, in every document of a table. */
const UNIFORM = '"uniform"\n';

/**
 * All documents as a ZIP in production's layout, those of components that the app no longer has included. Nothing else runs
 * meanwhile: it is one state of the store.
 */
export function exportSnapshot(store: Store, { includeFiles }: { includeFiles: boolean }): Buffer {
  const components = store.components().toSorted();
  return writeZip([
    { name: "README.md", bytes: Buffer.from(README) },
    ...components.map((component) => listTables(store, component)),
    ...components.flatMap((component) => exportTables(store, component)),
    ...(includeFiles ? components.flatMap((component) => exportFiles(store, component)) : []),
  ]);
}

function listTables(store: Store, component: ComponentPath): ZipEntry {
  const lines = userTables(store, component).map(({ name, number }) => JSON.stringify({ name, id: number }));
  return linesEntry(`${folderOf(component)}_tables`, lines);
}

function exportTables(store: Store, component: ComponentPath): ZipEntry[] {
  return userTables(store, component).flatMap(({ name }) => {
    const folder = folderOf(component) + name;
    const lines = [...readDocuments(store, component, name)].map(toExportJson);
    return [linesEntry(folder, lines), { name: `${folder}/generated_schema.jsonl`, bytes: Buffer.from(UNIFORM) }];
  });
}

function exportFiles(store: Store, component: ComponentPath): ZipEntry[] {
  const folder = folderOf(component) + FILES;
  const rows = [...readDocuments(store, component, FILES)];
  const lines = rows.map((row) => toExportJson(describeFile(row)));
  return [linesEntry(folder, lines), ...rows.map((row) => fileEntry(store, folder, row))];
}

/** In the form of a snapshot: the digest in base64, the size a whole number. */
function describeFile(row: JsonObject): JsonObject {
  const sha256 = Buffer.from(requireString(row, "sha256"), "hex").toString("base64");
  return { ...row, sha256, size: wrapInt64(BigInt(Number(row["size"]))) };
}

function fileEntry(store: Store, folder: string, row: JsonObject): ZipEntry {
  const id = requireString(row, "_id");
  const bytes = store.read((tx) => tx.files.get(id));
  if (bytes === null) throw new Error(`the bytes of file ${id} are gone`);
  return { name: `${folder}/${id}${extensionOf(row["contentType"])}`, bytes };
}

/** So that a file can be looked at where the archive is unpacked; importing does not need it. */
function extensionOf(contentType: unknown): string {
  const subtype =
    typeof contentType === "string" ? /^\w+\/([a-z0-9]+)(?:\+xml)?\s*(?:;|$)/.exec(contentType)?.[1] : null;
  return subtype == null ? "" : subtype === "plain" ? ".txt" : `.${subtype}`;
}

/** In pages, each read on its own: what one call may read limits no export. */
function* readDocuments(store: Store, component: ComponentPath, tableName: string): Generator<JsonObject> {
  const query = { source: { type: "FullTableScan", tableName, order: "asc" }, operators: [] };
  for (let cursor: string | null = null, isDone = false; !isDone;) {
    const request = parsePageRequest({ query, cursor, endCursor: null, pageSize: PAGE_SIZE });
    const page = store.read((tx) => readPage({ tx, component, request }));
    yield* page.page.map(parseDocument);
    ({ continueCursor: cursor, isDone } = page);
  }
}

function userTables(store: Store, component: ComponentPath): Table[] {
  const tables = store.read((tx) => tx.tables(component)).filter(({ name }) => !isSystemTable(name));
  return tables.toSorted((a, b) => a.number - b.number);
}

function folderOf(component: ComponentPath): string {
  return component === "" ? "" : `_components/${component.replaceAll("/", "/_components/")}/`;
}

function linesEntry(folder: string, lines: readonly string[]): ZipEntry {
  return { name: `${folder}/documents.jsonl`, bytes: Buffer.from(lines.map((line) => `${line}\n`).join("")) };
}
