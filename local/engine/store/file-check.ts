import { statSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";

/**
 * Why a database file cannot be served, or null. It is only read, a log that a killed process left beside it included: whoever is to
 * repair it finds it as it was. Takes about two seconds for each gigabyte.
 */
export function findObstacle(file: string, layoutVersion: number): string | null {
  const size = sizeOf(file);
  if (size === null) return null;
  // SQLite would take it for a new one, and throw the log away.
  if (size === 0) return sizeOf(`${file}-wal`) ? "it is empty, and its log is not" : null;
  let database: DatabaseSync | null = null;
  try {
    database = new DatabaseSync(file, { readOnly: true });
    return findForeignLayout(database, layoutVersion) ?? findDamage(database);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    database?.close();
  }
}

function findForeignLayout(database: DatabaseSync, layoutVersion: number): string | null {
  const isEmpty = database.prepare("SELECT 1 FROM sqlite_schema").get() === undefined;
  const version = database.prepare("PRAGMA user_version").get()?.["user_version"];
  return isEmpty || version === layoutVersion ? null : "another version of the engine made it";
}

function findDamage(database: DatabaseSync): string | null {
  const verdict = database.prepare("PRAGMA quick_check(1)").get()?.["quick_check"];
  return verdict === "ok" ? null : `it is damaged (${String(verdict).replaceAll(/\s+/g, " ")})`;
}

function sizeOf(file: string): number | null {
  return statSync(file, { throwIfNoEntry: false })?.size ?? null;
}
