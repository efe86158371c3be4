/** File storage over HTTP: uploads to a URL that a mutation gave out, downloads by storage id, in parts if asked. */
import type { OutgoingHttpHeaders } from "node:http";
import type { EngineCalls } from "../types.ts";
import { answerJson, corsHeaders, type Exchange, HttpFailure } from "./answers.ts";
import { readBody } from "./body.ts";

/** Production takes files of any size; here they pass through memory. */
const UPLOAD_LIMIT_BYTES = 256 * 1024 * 1024;

/** Throws `HttpFailure`: 401 for a token that is unknown or too old, before any of the file is read, 413 for a file that is too large. */
export async function serveUpload(engine: EngineCalls, { request, response, query }: Exchange): Promise<void> {
  const component = engine.verifyUpload(query.get("token") ?? "");
  if (component === null) throw new HttpFailure(401, "StorageTokenInvalid", "The upload URL is unknown or has expired");
  const storageId = engine.storeUpload(component, {
    bytes: await readBody(request, UPLOAD_LIMIT_BYTES),
    contentType: request.headers["content-type"] ?? null,
    sha256: declaredDigest(request.headers["digest"]),
  });
  answerJson(request, response, 200, JSON.stringify({ storageId }));
}

export function serveDownload(
  engine: EngineCalls,
  { request, response, query, storageId }: Exchange & { storageId: string },
): void {
  const file = engine.loadFile(storageId, query.get("component") ?? "");
  if (!file) throw new HttpFailure(404, "FileNotFound", `File ${storageId} not found`);
  const size = file.bytes.length;
  const range = parseRange(request.headers.range, size);
  const headers = {
    ...corsHeaders(request),
    "accept-ranges": "bytes",
    "cache-control": "private, max-age=2592000",
    digest: `sha-256=${file.sha256}`,
    ...asideHeaders(file.contentType),
    ...(file.contentType === null ? {} : { "content-type": file.contentType }),
  };
  if (range === "unsatisfiable") {
    response.writeHead(416, { ...corsHeaders(request), "content-range": `bytes */${size}` }).end();
    return;
  }
  const { first, end } = range ?? { first: 0, end: size };
  const part = range ? { "content-range": `bytes ${first}-${end - 1}/${size}` } : {};
  response.writeHead(range ? 206 : 200, { ...headers, ...part, "content-length": end - first });
  response.end(request.method === "HEAD" ? undefined : file.bytes.subarray(first, end));
}

/**
 * A file is a stranger's, and the inspector of this origin keeps the admin key in its tab: what a file runs, it runs in an origin of
 * its own, and what is no page does not become one. Browsers open no PDF in a sandbox, nor do they let one reach out of it.
 */
function asideHeaders(contentType: string | null): OutgoingHttpHeaders {
  const nosniff = { "x-content-type-options": "nosniff" };
  return contentType === "application/pdf"
    ? nosniff
    : { ...nosniff, "content-security-policy": "sandbox allow-scripts" };
}

/** `end` is exclusive. Null means the whole file: no range, several of them, or one that makes no sense. */
export function parseRange(
  header: string | undefined,
  size: number,
): { first: number; end: number } | "unsatisfiable" | null {
  const [matched, from = "", to = ""] = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? "") ?? [];
  if (matched === undefined || (from === "" && to === "")) return null;
  if (from === "") {
    const length = Math.min(Number(to), size);
    return length === 0 ? "unsatisfiable" : { first: size - length, end: size };
  }
  const first = Number(from);
  if (to !== "" && Number(to) < first) return null;
  if (first >= size) return "unsatisfiable";
  return { first, end: to === "" ? size : Math.min(Number(to) + 1, size) };
}

/** The base64 of `Digest: sha-256=…`, which the sender asks to have checked. */
function declaredDigest(header: string | string[] | undefined): string | null {
  return /(?:^|,)\s*sha-256=([^,\s]+)/i.exec([header].flat().join(","))?.[1] ?? null;
}
