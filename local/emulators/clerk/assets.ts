import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Router } from "../kit/router.ts";
import { notFound } from "./errors.ts";

const require = createRequire(import.meta.url);
/** The folders of the installed browser bundles. Both packages' main entry lies in the `dist` that a CDN would serve. */
const BUNDLE_FOLDERS: Record<string, string> = {
  "clerk-js": dirname(require.resolve("@clerk/clerk-js")),
  ui: dirname(require.resolve("@clerk/ui")),
};

/** What a browser loads from Clerk beside the API: its script bundles (whatever version the address names) and pictures. */
export function addAssetRoutes(router: Router): void {
  router.on("GET", "/npm/@clerk/:package/dist/:file", (call) => bundle(call.param("package"), call.param("file")));
  router.on("GET", "/img/:file", (call) => picture(call.param("file"), call.query.get("l") ?? "?"));
}

async function bundle(versioned: string, file: string): Promise<Response> {
  const folder = BUNDLE_FOLDERS[versioned.split("@")[0] ?? ""];
  if (!folder || !/^[\w.-]+\.js$/.test(file)) throw notFound("bundle");
  const script = await readFile(join(folder, file)).catch(() => null);
  if (!script) throw notFound("bundle");
  return new Response(new Uint8Array(script), {
    headers: { "content-type": "text/javascript; charset=utf-8", "cache-control": "public, max-age=3600" },
  });
}

/** One letter on a colour that belongs to the id. */
function picture(file: string, label: string): Response {
  const hue = (createHash("sha256").update(file).digest()[0] ?? 0) * (360 / 256);
  const letter = /^[\p{L}\p{N}]/u.exec(label)?.[0] ?? "?";
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="96" height="96"><rect width="96" height="96" fill="hsl(${hue} 45% 42%)"/>` +
    `<text x="48" y="63" font-family="sans-serif" font-size="44" fill="#fff" text-anchor="middle">${letter}</text></svg>`;
  return new Response(svg, { headers: { "content-type": "image/svg+xml", "cache-control": "public, max-age=3600" } });
}
