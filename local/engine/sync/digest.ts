import { hash } from "node:crypto";
import type { QueryResult } from "../types.ts";

const REQUEST_ID = /\[Request ID: \w+\]/;

/** The same for results that say the same; request IDs differ from run to run and are no news. */
export function digestOf(result: QueryResult): string {
  if (result.ok) return hash("sha1", result.value, "base64");
  const message = result.errorMessage.replace(REQUEST_ID, "");
  return `failed:${hash("sha1", JSON.stringify([message, result.errorData]), "base64")}`;
}
