import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Secrets of one local world, made at its first start and kept: what was signed or encrypted stays readable. */
export type Keys = {
  /** Lets the CLI and the seed call internal functions of the engine. */
  adminKey: string;
};

export function loadKeys(directory: string): Keys {
  const path = join(directory, "keys.json");
  if (existsSync(path)) return JSON.parse(readFileSync(path, "utf8"));
  const keys = { adminKey: `local|${randomBytes(32).toString("hex")}` };
  writeFileSync(path, JSON.stringify(keys, null, 2), { mode: 0o600 });
  return keys;
}
