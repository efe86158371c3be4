import { DeveloperError } from "../errors.ts";
import type { Table } from "../store/catalog.ts";
import { isPrivateTable, isSystemTable } from "../store/system-tables.ts";
import type { Transaction } from "../store/transaction.ts";
import type { ComponentPath, JsonObject } from "../types.ts";
import { decodeId } from "../values/ids.ts";

/** The operation by the name its caller knows it under, for messages. */
export type Operation = "db.get" | "db.insert" | "db.patch" | "db.replace" | "db.delete";

export type Place = { tx: Transaction; component: ComponentPath };

export function textArgument(operation: string, args: JsonObject, name: string): string {
  const value = args[name];
  if (typeof value !== "string") throw invalidArgument(operation, name, "Value must be a string");
  return value;
}

export function objectArgument(operation: string, args: JsonObject, name: string): JsonObject {
  const value = args[name];
  if (value === undefined || value === null || typeof value !== "object" || Array.isArray(value)) {
    throw invalidArgument(operation, name, "Value must be an Object");
  }
  return value;
}

/** The table that the argument `id` names, checked against the argument `table` if there is one; null when there is no such table. */
export function tableOfId(operation: Operation, { tx, component }: Place, args: JsonObject): Table | null {
  const id = textArgument(operation, args, "id");
  const name = tx.tableNameOf(component, id);
  if (name === null && decodeId(id) === null) throw invalidArgument(operation, "id", undecodable(id));
  const table = name === null || isPrivateTable(name) ? null : tx.table(component, name);
  if (table === null) return null;
  guardSystemTables(table.name, operation === "db.get" && args["isSystem"] === true);
  const expected = args["table"];
  if (typeof expected === "string" && expected !== table.name) {
    throw invalidArgument(operation, "id", `expected to be an Id<"${expected}">, got Id<"${table.name}"> instead.`);
  }
  return table;
}

/** System tables and user tables are reached by different doors. */
export function guardSystemTables(name: string, isSystem: boolean): void {
  if (isSystem && !isSystemTable(name)) throw new DeveloperError("User tables cannot be accessed with db.system.");
  if (!isSystem && isSystemTable(name)) {
    throw new DeveloperError("System tables can only be accessed with db.system.");
  }
}

export function invalidArgument(operation: string, name: string, problem: string): DeveloperError {
  return new DeveloperError(`Invalid argument \`${name}\` for \`${operation}\`: ${problem}`);
}

function undecodable(id: string): string {
  if (id.length < 31 || id.length > 37) return `Unable to decode ID: Invalid ID length ${id.length}`;
  return /^[0-9a-hjkmnp-tv-z]*$/u.test(id)
    ? "Unable to decode ID: Invalid ID version"
    : "Unable to decode ID: ID wasn't valid base32";
}
