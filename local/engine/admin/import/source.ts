import { DeveloperError } from "../../errors.ts";
import { asObject } from "../../json.ts";
import type { ComponentPath, Json, JsonObject } from "../../types.ts";

/** A table of what is imported. `rows` reads it each time anew, and throws a `DeveloperError` at a row that is none. */
export type SourceTable = { component: ComponentPath; name: string; rows: () => Iterable<JsonObject> };

/** What is to be imported, read only as far as it has to be. */
export type Source = {
  /** The numbers that tables had where they come from. */
  numbers: readonly { component: ComponentPath; name: string; number: number }[];
  /** That of stored files, if it is there, is called `_storage`: its rows say what the files are. */
  tables: readonly SourceTable[];
  files: readonly { component: ComponentPath; id: string; read: () => Buffer }[];
};

/** The table of stored files, which is written in a way of its own. */
export const FILES = "_storage";

/** Visits every row of a table, and gives how many there were. A `DeveloperError` on the way says where it happened. */
export function visitRows({ component, name, rows }: SourceTable, visit: (row: JsonObject) => void): number {
  const place = component === "" ? `"${name}"` : `"${name}" in component "${component}"`;
  let number = 1;
  located(
    () => `Row ${number} of ${place}`,
    () => {
      for (const row of rows()) {
        visit(row);
        number++;
      }
    },
  );
  return number - 1;
}

/** Lets a `DeveloperError` of `body` say what it is about. */
export function located(place: () => string, body: () => void): void {
  try {
    body();
  } catch (error) {
    if (!(error instanceof DeveloperError)) throw error;
    throw new DeveloperError(`${place()} cannot be imported: ${error.message}`);
  }
}

export function requireRow(value: Json): JsonObject {
  const object = asObject(value);
  if (object !== null) return object;
  throw new DeveloperError("it is not an object");
}
