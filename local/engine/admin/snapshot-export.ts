import { parsePageRequest, readPage } from "../database/pages.ts";
import type { Store } from "../store/store.ts";
import { isSystemTable } from "../store/system-tables.ts";
import { requireString } from "../syscalls/arguments.ts";
import type { App, ComponentPath, JsonObject } from "../types.ts";
import { parseDocument } from "../values/documents.ts";
import { writeZip, type ZipEntry } from "./zip.ts";

const PAGE_SIZE = 1_000;
const FILES = "_storage";

/**
 * All documents as a ZIP in production's layout: `<table>/documents.jsonl` in Convex's JSON encoding, `_tables` with the
 * tables' numbers, `_storage` with the files themselves if asked for, and each component under `_components/<name>/`.
 * Nothing else runs meanwhile: it is one state of the store.
 */
export function exportSnapshot(
  { store, app }: { store: Store; app: App },
  { includeFiles }: { includeFiles: boolean },
): Buffer {
  return writeZip(
    [...app.components.keys()].flatMap((component) => {
      const folder = component === "" ? "" : `_components/${component.replaceAll("/", "/_components/")}/`;
      const entries = exportComponent(store, component, includeFiles);
      return entries.map(({ name, bytes }) => ({ name: `${folder}${name}`, bytes }));
    }),
  );
}

function exportComponent(store: Store, component: ComponentPath, includeFiles: boolean): ZipEntry[] {
  const tables = store
    .read((tx) => tx.tables(component))
    .filter(({ name }) => !isSystemTable(name) || (includeFiles && name === FILES))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const numbers = tables.map(({ name, number }) => JSON.stringify({ name, id: number }));
  const entries = [linesEntry("_tables", numbers)];
  for (const { name } of tables) {
    const documents = [...readDocuments(store, component, name)];
    entries.push(linesEntry(name, documents));
    if (name === FILES) entries.push(...documents.map((json) => fileEntry(store, parseDocument(json))));
  }
  return entries;
}

/** In pages, each read on its own: what one call may read limits no export. */
function* readDocuments(store: Store, component: ComponentPath, tableName: string): Generator<string> {
  const query = { source: { type: "FullTableScan", tableName, order: "asc" }, operators: [] };
  for (let cursor: string | null = null, isDone = false; !isDone;) {
    const request = parsePageRequest({ query, cursor, endCursor: null, pageSize: PAGE_SIZE });
    const page = store.read((tx) => readPage({ tx, component, request }));
    yield* page.page;
    ({ continueCursor: cursor, isDone } = page);
  }
}

function fileEntry(store: Store, row: JsonObject): ZipEntry {
  const id = requireString(row, "_id");
  const bytes = store.read((tx) => tx.files.get(id));
  if (bytes === null) throw new Error(`the bytes of file ${id} are gone`);
  return { name: `${FILES}/${id}`, bytes };
}

function linesEntry(folder: string, lines: readonly string[]): ZipEntry {
  return { name: `${folder}/documents.jsonl`, bytes: Buffer.from(lines.map((line) => `${line}\n`).join("")) };
}
