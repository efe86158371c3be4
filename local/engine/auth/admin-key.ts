import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { DeveloperError } from "../errors.ts";

/** `place` is the file that holds the key; null when nothing is kept, since the database is in memory. */
export type AdminKey = { key: string; place: string | null };

/**
 * The admin key of a database: made at its first start and kept beside it, readable by its owner alone. Delete the file to have another.
 * Throws a `DeveloperError` when the file has none.
 */
export function loadAdminKey(databaseFile: string): AdminKey {
  const key = `local|${randomBytes(32).toString("hex")}`;
  if (databaseFile === ":memory:") return { key, place: null };
  const place = `${databaseFile}.admin-key`;
  if (existsSync(place)) return { key: readKey(place), place };
  writeFileSync(place, `${key}\n`, { mode: 0o600, flag: "wx" });
  return { key, place };
}

/** A file that was cut short must not make a key that everybody knows. */
function readKey(place: string): string {
  const key = readFileSync(place, "utf8").trim();
  if (key !== "") return key;
  throw new DeveloperError(`There is no admin key in ${place}: the file is empty. Delete it to have another key made.`);
}
