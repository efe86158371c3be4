import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";

/** `place` is the file that holds the key; null when nothing is kept, since the database is in memory. */
export type AdminKey = { key: string; place: string | null };

/** The admin key of a database: made at its first start and kept beside it, readable by its owner alone. Delete the file to have another. */
export function loadAdminKey(databaseFile: string): AdminKey {
  const key = `local|${randomBytes(32).toString("hex")}`;
  if (databaseFile === ":memory:") return { key, place: null };
  const place = `${databaseFile}.admin-key`;
  if (existsSync(place)) return { key: readFileSync(place, "utf8").trim(), place };
  writeFileSync(place, `${key}\n`, { mode: 0o600, flag: "wx" });
  return { key, place };
}
