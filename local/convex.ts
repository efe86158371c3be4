import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Children } from "./children.ts";
import type { Keys } from "./keys.ts";
import type { WorldOptions } from "./options.ts";
import { claimPort } from "./ports.ts";

/** Starts the embedded Convex engine. People's tokens come from `issuer`. */
export async function startConvex(parts: {
  options: WorldOptions;
  children: Children;
  keys: Keys;
  issuer: string;
  say: (line: string) => void;
}): Promise<{ url: string; siteUrl: string }> {
  const { options, children, keys, issuer, say } = parts;
  const port = await claimPort(options.ports.convex, { what: "the Convex engine", variable: "CONVEX_PORT" });
  const sitePort = await claimPort(options.ports.convexSite, {
    what: "Convex's HTTP actions",
    variable: "CONVEX_SITE_PORT",
  });
  const environment = writeEnvironment(options.directory, { keys, issuer });
  const args = ["local/engine/main.ts", "--file", join(options.directory, "convex.sqlite")];
  args.push("--environment", environment, "--port", String(port), "--site-port", String(sitePort));
  if (options.redactErrors) args.push("--redact");
  if (options.mode === "dev") args.push("--watch");
  else args.push("--quiet");
  const engine = children.start({
    name: "Convex engine",
    args,
    environment: process.env,
    onLine: (line) => options.mode === "dev" && say(`convex  ${line}`),
  });
  await engine.firstMessage;
  return { url: `http://127.0.0.1:${port}`, siteUrl: `http://127.0.0.1:${sitePort}` };
}

/** The deployment's environment variables, as `npx convex env set` would give them. */
function writeEnvironment(directory: string, { keys, issuer }: { keys: Keys; issuer: string }): string {
  const path = join(directory, "convex-environment.json");
  const variables = {
    CLERK_JWT_ISSUER_DOMAIN: issuer,
    QIFY_TOKEN_JWKS: keys.tokenJwks,
    QIFY_ENCRYPTION_KEYS: keys.encryptionKeys,
  };
  writeFileSync(path, JSON.stringify({ adminKey: keys.adminKey, variables }), { mode: 0o600 });
  return path;
}
