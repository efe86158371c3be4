import { HttpFailure } from "../../http/answers.ts";
import { asObject } from "../../json.ts";
import type { ComponentPath, Json } from "../../types.ts";
import { isIdentifier } from "../../values/identifiers.ts";

/** `append` adds to tables, `replace` puts tables in their place, `replaceAll` leaves no others; else they must be empty. */
export type ImportMode = "requireEmpty" | "append" | "replace" | "replaceAll";
export type TableFormat = "csv" | "jsonLines" | "jsonArray";

export type ImportRequest = { component: ComponentPath; mode: ImportMode } & (
  | { format: "zip" }
  | { format: TableFormat; table: string }
);

/** What the CLI asks for. Throws `HttpFailure` in production's words. */
export function parseImportRequest(request: Json | undefined): ImportRequest {
  const { tableName, componentPath, mode, format } = asObject(request) ?? {};
  const component = typeof componentPath === "string" ? componentPath : "";
  const into = { component, mode: parseMode(mode ?? "requireEmpty") };
  switch (format) {
    case "zip":
      if (tableName != null) throw new HttpFailure(400, "InvalidName", "ZIP import cannot have table name");
      return { ...into, format };
    case "csv":
    case "jsonLines":
    case "jsonArray":
      return { ...into, format, table: parseTableName(tableName) };
    default:
      throw new HttpFailure(400, "BadRequest", `${JSON.stringify(format)} is no format that can be imported`);
  }
}

function parseMode(mode: Json): ImportMode {
  if (mode === "requireEmpty" || mode === "append" || mode === "replace" || mode === "replaceAll") return mode;
  throw new HttpFailure(400, "BadRequest", `${JSON.stringify(mode)} is no mode of importing`);
}

function parseTableName(name: Json | undefined): string {
  if (typeof name !== "string") throw new HttpFailure(400, "InvalidName", "The import requires table name");
  if (!isIdentifier(name)) throw new HttpFailure(400, "ImportInvalidName", `invalid table name ${name}`);
  return name;
}
