import type { Store } from "../../store/store.ts";
import { isSystemTable } from "../../store/system-tables.ts";
import type { ComponentPath } from "../../types.ts";
import { alreadyThere } from "./load-source.ts";
import type { ImportMode } from "./request.ts";
import { FILES, type Source, visitRows } from "./source.ts";

/** What an import would do to one table. */
export type TableChange = { component: ComponentPath; name: string; added: number; deleted: number; existing: number };

/**
 * Reads a source to its end without loading it, and tells what loading it would change. Throws a `DeveloperError` for a row that is none,
 * and for a table that would have to be empty.
 */
export function listChanges(store: Store, source: Source, mode: ImportMode): TableChange[] {
  const changes = new Map<string, TableChange>();
  const note = (component: ComponentPath, name: string, added: number) => {
    const key = `${component}:${name}`;
    const existing = countOf(store, component, name);
    if (mode === "requireEmpty" && existing > 0) throw alreadyThere(name);
    const deleted = mode === "append" ? 0 : existing;
    changes.set(key, { component, name, deleted, existing, added: (changes.get(key)?.added ?? 0) + added });
  };
  for (const { component, name } of source.numbers) note(component, name, 0);
  for (const table of source.tables)
    note(
      table.component,
      table.name,
      visitRows(table, () => undefined),
    );
  for (const component of mode === "replaceAll" ? store.components() : []) {
    for (const name of userTables(store, component)) note(component, name, 0);
  }
  return [...changes.values()].toSorted((a, b) => compare(a.component, b.component) || compare(a.name, b.name));
}

/** The changes as a table for people, a component after the other. */
export function renderChanges(changes: readonly TableChange[]): string {
  const components = [...new Set(changes.map(({ component }) => component))];
  const parts = components.flatMap((component) => [
    ...(component === "" ? [] : [`Component ${component}`]),
    ...renderTable(changes.filter((change) => change.component === component)),
  ]);
  return ["Import change summary:", ...parts].join("\n");
}

function renderTable(changes: readonly TableChange[]): string[] {
  const rows = [
    ["table", "create", "delete"],
    ...changes.map(({ name, added, deleted, existing }) => {
      const unit = name === FILES ? "files" : "documents";
      return [name, separated(added), `${separated(deleted)} of ${separated(existing)} ${unit}`];
    }),
  ];
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) => `${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`);
  const [head = "", ...rest] = lines;
  return [head, "-".repeat(head.length), ...rest];
}

function userTables(store: Store, component: ComponentPath): string[] {
  const tables = store.read((tx) => tx.tables(component));
  return tables.flatMap(({ name }) => (isSystemTable(name) ? [] : [name]));
}

function countOf(store: Store, component: ComponentPath, name: string): number {
  return store.read((tx) => {
    const table = tx.table(component, name);
    return table === null ? 0 : tx.count(table);
  });
}

function separated(count: number): string {
  return count.toLocaleString("en-US");
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
