import { createHash } from "node:crypto";
import { DeveloperError } from "../errors.ts";
import type { Query } from "./query-json.ts";

/** Where a page ended: after the row with this key, or at the end of the query. A key outlives its document. */
export type Position = { after: Buffer } | "end";

/** Names a query: a cursor is good for the query that made it, over an index of the same fields, and for no other. */
export function fingerprintOf(query: Query, indexFields: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify({ query, indexFields })).digest("base64url").slice(0, 22);
}

export function encodeCursor(fingerprint: string, position: Position): string {
  return `${fingerprint}.${position === "end" ? "" : position.after.toString("base64url")}`;
}

/** Throws production's `InvalidCursor` message, by which clients know to begin again. */
export function decodeCursor(fingerprint: string, cursor: string): Position {
  const [name, key, ...rest] = cursor.split(".");
  if (name !== fingerprint || key === undefined || rest.length > 0) {
    throw new DeveloperError(
      "InvalidCursor: Tried to run a query starting from a cursor, but it looks like this cursor is from a different query.",
    );
  }
  return key === "" ? "end" : { after: Buffer.from(key, "base64url") };
}
