import { DeveloperError } from "../errors.ts";
import type { Table } from "../store/catalog.ts";
import type { Stored } from "../store/documents.ts";
import type { Json, JsonObject } from "../types.ts";
import { displayValue } from "../values/display.ts";
import { compareValues, valueOf, UNDEFINED } from "../values/encoding.ts";
import { InvalidValueError } from "../values/value-rules.ts";
import {
  type Operation,
  type Place,
  guardSystemTables,
  invalidArgument,
  objectArgument,
  tableOfId,
  textArgument,
} from "./arguments.ts";

/** Stores `value` in `table`, which is made when there is none; gives `{_id}`. */
export function insertDocument(place: Place, args: JsonObject): string {
  const name = textArgument("db.insert", args, "table");
  const fields = objectArgument("db.insert", args, "value");
  guardSystemTables(name, false);
  for (const field of ["_id", "_creationTime"]) {
    if (field in fields) throw invalidArgument("db.insert", "value", `\`${field}\` is set by the database`);
  }
  const table = place.tx.ensureTable(place.component, name);
  return JSON.stringify({ _id: asValue("db.insert", () => place.tx.insert(table, fields)) });
}

/** Sets the fields given and removes those given as undefined; gives the document as it is then. */
export function patchDocument(place: Place, args: JsonObject): string {
  const { table, id, stored } = requireDocument("db.patch", place, args);
  const patch = objectArgument("db.patch", args, "value");
  const fields = new Map(Object.entries(stored.document));
  for (const [name, value] of Object.entries(patch)) {
    if (valueOf(value) === UNDEFINED) fields.delete(name);
    else fields.set(name, value);
  }
  return asValue("db.patch", () =>
    store(place, { table, id, document: stored.document, fields: Object.fromEntries(fields) }),
  );
}

/** Puts `value` in the document's place; gives the document as it is then. */
export function replaceDocument(place: Place, args: JsonObject): string {
  const { table, id, stored } = requireDocument("db.replace", place, args);
  const value = objectArgument("db.replace", args, "value");
  const { document } = stored;
  const replacement = { table, id, document, fields: { ...systemFieldsOf(document), ...value } };
  return asValue("db.replace", () => store(place, replacement));
}

/** Removes the document and gives it. */
export function removeDocument(place: Place, args: JsonObject): string {
  const { table, id, stored } = requireDocument("db.delete", place, args);
  place.tx.remove(table, id);
  return stored.json;
}

type Existing = { table: Table; id: string; stored: Stored };

const NONEXISTENT = { "db.patch": "Update", "db.replace": "Replace", "db.delete": "Delete" } as const;

function requireDocument(operation: keyof typeof NONEXISTENT, place: Place, args: JsonObject): Existing {
  const id = textArgument(operation, args, "id");
  const table = requireTable(operation, place, args);
  const stored = place.tx.find(table, id);
  if (stored === null) throw new DeveloperError(`${NONEXISTENT[operation]} on nonexistent document ID ${id}`);
  return { table, id, stored };
}

function requireTable(operation: Operation, place: Place, args: JsonObject): Table {
  const table = tableOfId(operation, place, args);
  if (table !== null) return table;
  throw invalidArgument(operation, "id", `Table for ID "${textArgument(operation, args, "id")}" not found`);
}

/** What is no value at all was the argument `value` of the operation. */
function asValue<T>(operation: Operation, write: () => T): T {
  try {
    return write();
  } catch (error) {
    if (error instanceof InvalidValueError) throw invalidArgument(operation, "value", error.message);
    throw error;
  }
}

type Replacement = { table: Table; id: string; document: JsonObject; fields: JsonObject };

/** The system fields may be given, but only as they are. */
function store({ tx }: Place, { table, id, document, fields }: Replacement): string {
  if (!isSame(fields["_id"], id)) {
    throw new DeveloperError(
      `The document has id ${id}, but its '_id' field is ${displayValue(valueOf(fields["_id"]))}`,
    );
  }
  if (!isSame(fields["_creationTime"], document["_creationTime"])) {
    throw new DeveloperError(
      `The '_creationTime' field cannot be changed: it is ${displayValue(valueOf(document["_creationTime"]))}, not ${displayValue(valueOf(fields["_creationTime"]))}`,
    );
  }
  return tx.replace(table, id, fields);
}

function systemFieldsOf(document: JsonObject): JsonObject {
  const { _id = null, _creationTime = null } = document;
  return { _id, _creationTime };
}

function isSame(a: Json | undefined, b: Json | undefined): boolean {
  return compareValues(valueOf(a), valueOf(b)) === 0;
}
