/** How the official CLI hands in what is to be imported: in parts, then what to do with them, then the go-ahead. */
import type { IncomingMessage } from "node:http";
import type { Imports } from "../admin/import/imports.ts";
import { parseImportRequest } from "../admin/import/request.ts";
import { answerJson, type Exchange, HttpFailure } from "./answers.ts";
import { readBody, readJsonObject } from "./body.ts";

type ImportRoute = (imports: Imports, exchange: Exchange) => Promise<void>;

/** What answers under `/api/`, by method and path. */
export const IMPORT_ROUTES: ReadonlyMap<string, ImportRoute> = new Map([
  ["POST import/start_upload", startUpload],
  ["POST import/upload_part", uploadPart],
  ["POST import/finish_upload", finishUpload],
  ["POST perform_import", performImport],
  ["POST cancel_import", cancelImport],
]);

async function startUpload({ uploads }: Imports, { request, response }: Exchange): Promise<void> {
  answerJson(request, response, 200, JSON.stringify({ uploadToken: uploads.start() }));
}

async function uploadPart({ uploads }: Imports, { request, response, query }: Exchange): Promise<void> {
  const bytes = await readBody(request, uploads.room);
  answerJson(request, response, 200, JSON.stringify(uploads.add(query.get("uploadToken") ?? "", bytes)));
}

async function finishUpload(imports: Imports, { request, response }: Exchange): Promise<void> {
  const { import: asked, uploadToken, partTokens } = await readJsonObject(request);
  if (typeof uploadToken !== "string" || !Array.isArray(partTokens)) {
    throw new HttpFailure(400, "BadRequest", "uploadToken and partTokens must name an upload and its parts");
  }
  const parsed = parseImportRequest(asked);
  const importId = imports.prepare(parsed, imports.uploads.finish(uploadToken, partTokens));
  answerJson(request, response, 200, JSON.stringify({ importId }));
}

async function performImport(imports: Imports, { request, response }: Exchange): Promise<void> {
  imports.perform(await readImportId(request));
  answerJson(request, response, 200, "null");
}

async function cancelImport(imports: Imports, { request, response }: Exchange): Promise<void> {
  imports.cancel(await readImportId(request));
  answerJson(request, response, 200, "null");
}

async function readImportId(request: IncomingMessage): Promise<string> {
  const { importId } = await readJsonObject(request);
  if (typeof importId === "string") return importId;
  throw new HttpFailure(400, "InvalidImport", "importId must be a string");
}
