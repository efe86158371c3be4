import { DeveloperError } from "../errors.ts";
import type { ComponentPath, JsonObject } from "../types.ts";
import { parseDocument } from "../values/documents.ts";
import { isIdentifier } from "../values/identifiers.ts";
import { numberOf, textOf } from "./columns.ts";
import type { Connection } from "./connection.ts";
import { parseDefinition } from "./definitions.ts";
import { invalidTableName } from "./schema-rules.ts";
import { SYSTEM_TABLES, isSystemTable } from "./system-tables.ts";

/** An ordered index. `fields` ends with `_creationTime` and `_id` unless it is one of the two that every table has. */
export type Index = { id: number; name: string; fields: readonly string[] };
export type SearchIndex = { id: number; name: string; searchField: string; filterFields: readonly string[] };
export type VectorIndex = {
  id: number;
  name: string;
  vectorField: string;
  dimensions: number;
  filterFields: readonly string[];
};

export type Table = {
  /** Unique over all components; rows are kept under it. */
  readonly key: number;
  /** Part of the ids of the table's documents; unique inside its component only. */
  readonly number: number;
  readonly component: ComponentPath;
  readonly name: string;
  readonly byId: Index;
  readonly byCreationTime: Index;
  /** All ordered indexes by name, the two above included. */
  readonly indexes: ReadonlyMap<string, Index>;
  readonly searchIndexes: ReadonlyMap<string, SearchIndex>;
  readonly vectorIndexes: ReadonlyMap<string, VectorIndex>;
  /** The names of those indexes, of any kind, that nobody may query yet. */
  readonly staged: ReadonlySet<string>;
  /** What every document must match; null when the schema does not say, or says not to check. */
  readonly validator: JsonObject | null;
};

/** The index id that read ranges over the catalog itself carry: "there is no such table" is a read too. */
export const CATALOG_INDEX = 0;

/** The first number of a component's tables; those below belong to production's own system tables. */
const FIRST_TABLE_NUMBER = 10_001;

/**
 * The tables and indexes of all components.
 * Invariant: what is in memory is what the file says inside the running transaction. Whoever rolls the file back calls `forget`
 * (tables made since) or `reload` (anything else).
 */
export class Catalog {
  readonly #connection: Connection;
  #byName = new Map<string, Table>();
  #byNumber = new Map<string, Table>();

  constructor(connection: Connection) {
    this.#connection = connection;
    this.reload();
  }

  table(component: ComponentPath, name: string): Table | null {
    return this.#byName.get(`${component}:${name}`) ?? null;
  }

  tableNumbered(component: ComponentPath, number: number): Table | null {
    return this.#byNumber.get(`${component}:${number}`) ?? null;
  }

  tablesOf(component: ComponentPath): Table[] {
    return [...this.#byName.values()].filter((table) => table.component === component);
  }

  /** Makes a table that is not there yet, with its two inborn indexes; system tables get theirs too. `number` must be free. */
  create(component: ComponentPath, name: string, number: number | null = null): Table {
    checkTableName(name);
    const key = this.#connection.insert(
      "INSERT INTO tables(component, name, number) VALUES (?, ?, ?)",
      component,
      name,
      number ?? SYSTEM_TABLES[name]?.number ?? this.#freeNumber(component),
    );
    this.#addIndex(key, "by_id", ["_id"]);
    this.#addIndex(key, "by_creation_time", ["_creationTime", "_id"]);
    for (const [index, fields] of Object.entries(SYSTEM_TABLES[name]?.indexes ?? {})) {
      this.#addIndex(key, index, [...fields, "_creationTime", "_id"]);
    }
    return this.#load(key);
  }

  /**
   * Gives tables of a component other numbers, all at once, so that they may swap; those that are not there yet are made. Null is any
   * number that is free.
   */
  renumber(component: ComponentPath, numbers: ReadonlyMap<string, number | null>): void {
    const known = new Map(this.tablesOf(component).map(({ name, key }) => [name, key]));
    for (const name of numbers.keys()) this.#setNumber(known.get(name), -(known.get(name) ?? 0));
    // Those that may have any number choose when the others have theirs.
    for (const [name, number] of [...numbers].toSorted(([, a], [, b]) => Number(a === null) - Number(b === null))) {
      if (known.has(name)) this.#setNumber(known.get(name), number ?? this.#freeNumber(component));
      else this.create(component, name, number);
    }
    this.reload();
  }

  /** The components that have tables, whether they are installed now or not. */
  components(): ComponentPath[] {
    return [...new Set([...this.#byName.values()].map(({ component }) => component))];
  }

  /** Takes a table out of memory whose making was rolled back. */
  forget(table: Table): void {
    this.#byName.delete(`${table.component}:${table.name}`);
    this.#byNumber.delete(`${table.component}:${table.number}`);
  }

  /** Reads everything from the file again. */
  reload(): void {
    this.#byName = new Map();
    this.#byNumber = new Map();
    for (const row of this.#connection.all("SELECT key FROM tables ORDER BY key")) this.#load(numberOf(row["key"]));
  }

  #setNumber(tableKey: number | undefined, number: number): void {
    if (tableKey === undefined) return;
    this.#connection.run("UPDATE tables SET number = ? WHERE key = ?", number, tableKey);
  }

  #freeNumber(component: ComponentPath): number {
    const row = this.#connection.get("SELECT max(number) AS last FROM tables WHERE component = ?", component);
    const last = row?.["last"];
    return typeof last === "number" ? Math.max(last + 1, FIRST_TABLE_NUMBER) : FIRST_TABLE_NUMBER;
  }

  #addIndex(tableKey: number, name: string, fields: readonly string[]): void {
    this.#connection.run(
      "INSERT INTO indexes(table_key, kind, name, definition) VALUES (?, 'ordered', ?, ?)",
      tableKey,
      name,
      JSON.stringify({ fields }),
    );
  }

  #load(key: number): Table {
    const row = this.#connection.get("SELECT * FROM tables WHERE key = ?", key);
    const validator = row?.["validator"];
    const table: Table = {
      key,
      number: numberOf(row?.["number"]),
      component: textOf(row?.["component"]),
      name: textOf(row?.["name"]),
      ...this.#indexesOf(key),
      validator: typeof validator === "string" ? parseDocument(validator) : null,
    };
    this.#byName.set(`${table.component}:${table.name}`, table);
    this.#byNumber.set(`${table.component}:${table.number}`, table);
    return table;
  }

  #indexesOf(tableKey: number) {
    const indexes = new Map<string, Index>();
    const searchIndexes = new Map<string, SearchIndex>();
    const vectorIndexes = new Map<string, VectorIndex>();
    const staged = new Set<string>();
    for (const row of this.#connection.all("SELECT * FROM indexes WHERE table_key = ? ORDER BY id", tableKey)) {
      const id = numberOf(row["id"]);
      const name = textOf(row["name"]);
      const definition = parseDefinition(textOf(row["kind"]), textOf(row["definition"]));
      if (definition.staged) staged.add(name);
      if (definition.kind === "ordered") indexes.set(name, { id, name, fields: definition.fields });
      else if (definition.kind === "search") searchIndexes.set(name, { id, name, ...definition });
      else vectorIndexes.set(name, { id, name, ...definition });
    }
    const byId = indexes.get("by_id");
    const byCreationTime = indexes.get("by_creation_time");
    if (byId === undefined || byCreationTime === undefined)
      throw new Error(`table ${tableKey} lacks its inborn indexes`);
    return { byId, byCreationTime, indexes, searchIndexes, vectorIndexes, staged };
  }
}

function checkTableName(name: string): void {
  if (isSystemTable(name) ? SYSTEM_TABLES[name] === undefined : !isIdentifier(name)) {
    throw new DeveloperError(invalidTableName(name));
  }
}
