import { DatabaseSync } from "node:sqlite";
import { DeveloperError } from "../errors.ts";

/** A process that is just ending gets this long to end, milliseconds. */
const PATIENCE_MS = 1_000;

/**
 * Keeps every other process from opening the database as long as this one lives; gives a function that gives it up. The lock lies on
 * an empty file beside it, `<file>.lock`: the operating system takes it back however the process ends, and tools may read the database.
 */
export function lockFile(file: string): () => void {
  const lock = new DatabaseSync(`${file}.lock`, { timeout: PATIENCE_MS });
  try {
    // No journal: nothing is ever written.
    lock.exec("PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE");
  } catch (error) {
    lock.close();
    if (!(error instanceof Error && error.message.includes("locked"))) throw error;
    throw new DeveloperError(
      `The database ${file} is in use by another engine. Two on one file would not see what the other writes, so this one ` +
        "does not start. Stop the other, or choose another file.",
    );
  }
  return () => lock.close();
}
