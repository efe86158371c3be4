/** The inspector's page and what it is made of. There is nothing of the data in it: it asks for that itself, with the admin key. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { HttpFailure } from "../http/answers.ts";
import { bundlePage, type Page } from "./bundle-page.ts";

const ROOT = "/_inspector";
const LOCAL_HOSTS = new Set(["127.0.0.1", "localhost", "[::1]"]);

const HTML = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>Inspector</title>
    <link rel="icon" href="data:,">
    <link rel="stylesheet" href="${ROOT}/page.css">
    <script type="module" src="${ROOT}/page.js"></script>
  </head>
  <body><div id="root"></div></body>
</html>
`;

let page: Promise<Page> | null = null;

export function isInspectorPath(pathname: string): boolean {
  return pathname === ROOT || pathname.startsWith(`${ROOT}/`);
}

/**
 * Serves to this machine's own names alone: a name of somebody else that leads here is one that a foreign page made up. Throws `HttpFailure`.
 */
export async function serveInspector(
  request: IncomingMessage,
  response: ServerResponse,
  pathname: string,
): Promise<void> {
  const { host = "" } = request.headers;
  if (!LOCAL_HOSTS.has(host.replace(/:\d+$/, ""))) {
    throw new HttpFailure(403, "Forbidden", "The inspector answers to 127.0.0.1 and localhost only");
  }
  if (request.method !== "GET" && request.method !== "HEAD") {
    throw new HttpFailure(405, "MethodNotAllowed", "The inspector's page can only be read");
  }
  const { type, text } = await contentOf(pathname);
  response.writeHead(200, { ...headersFor(host), "content-type": type });
  response.end(request.method === "HEAD" ? undefined : text);
}

async function contentOf(pathname: string): Promise<{ type: string; text: string }> {
  if (pathname === ROOT || pathname === `${ROOT}/`) return { type: "text/html; charset=utf-8", text: HTML };
  if (pathname === `${ROOT}/page.js`)
    return { type: "text/javascript; charset=utf-8", text: (await loadPage()).script };
  if (pathname === `${ROOT}/page.css`) return { type: "text/css; charset=utf-8", text: (await loadPage()).style };
  throw new HttpFailure(404, "NotFound", "The inspector has no such file");
}

/** Made once; a failure is tried again. */
function loadPage(): Promise<Page> {
  page ??= bundlePage().catch((error: unknown) => {
    page = null;
    throw error;
  });
  return page;
}

/** Only its own files may run, only its own server is asked, and no other page may frame it. */
function headersFor(host: string): Record<string, string> {
  const rules = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src data:",
    `connect-src 'self' ws://${host}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ];
  return {
    "content-security-policy": rules.join("; "),
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
  };
}
