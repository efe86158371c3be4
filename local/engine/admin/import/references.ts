import { DeveloperError } from "../../errors.ts";
import type { BulkLoad } from "../../store/bulk-load.ts";
import type { ComponentPath, Json } from "../../types.ts";

/**
 * Throws a `DeveloperError` when a table that stays has documents whose schema has them refer to a table that gets another number: their
 * ids would mean nothing any more.
 */
export function requireKeptReferences(
  load: BulkLoad,
  component: ComponentPath,
  numbers: ReadonlyMap<string, number | null>,
): void {
  const tables = load.tablesOf(component);
  const changed = new Set(tables.flatMap(({ name, number }) => (changes(numbers, name, number) ? [name] : [])));
  for (const table of tables) {
    if (numbers.has(table.name) || table.validator === null || load.isEmpty(table)) continue;
    const lost = [...referredTables(table.validator)].find((name) => changed.has(name));
    if (lost === undefined) continue;
    throw new DeveloperError(`Import changes table '${lost}' which is referenced by '${table.name}' in the schema`);
  }
}

function changes(numbers: ReadonlyMap<string, number | null>, name: string, number: number): boolean {
  return numbers.has(name) && numbers.get(name) !== number;
}

/** The tables whose ids a validator takes. */
function* referredTables(validator: Json): Generator<string> {
  if (validator === null || typeof validator !== "object") return;
  if (!Array.isArray(validator) && validator["type"] === "id" && typeof validator["tableName"] === "string") {
    yield validator["tableName"];
  }
  for (const inner of Object.values(validator)) yield* referredTables(inner);
}
