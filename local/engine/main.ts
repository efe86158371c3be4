/**
 * The engine as a process of its own: `node local/engine/main.ts --file … --port …`. Serves until it gets SIGTERM or
 * SIGINT, and serves changed functions as soon as they can be loaded.
 */
import { mkdirSync } from "node:fs";
import { flushCompileCache } from "node:module";
import { dirname, resolve } from "node:path";
import { parseArgs } from "node:util";
import { loadAdminKey } from "./auth/admin-key.ts";
import { followChanges } from "./bundle/watch.ts";
import { readEnvironmentFile, type GivenEnvironment } from "./environment-file.ts";
import { DeveloperError } from "./errors.ts";
import { LongCallWatch } from "./runtime/long-call-watch.ts";
import { guardProcess } from "./runtime/requests.ts";
import { startEngine, type RunningEngine } from "./start.ts";

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});

async function main(): Promise<void> {
  guardProcess((line) => console.error(line));
  const values = parseFlags();
  const directory = resolve(values.directory);
  if (values.file !== ":memory:") mkdirSync(dirname(resolve(values.file)), { recursive: true });
  const loadedSince = Date.now();
  const { adminKey, keptAt, variables } = readEnvironment(values);
  const running = await startEngine({
    directory,
    file: values.file,
    port: parsePort("--port", values.port),
    sitePort: parsePort("--site-port", values["site-port"]),
    adminKey,
    environment: (name) => (Object.hasOwn(variables, name) ? variables[name] : undefined),
    environmentNames: Object.keys(variables),
    redactErrors: values.redact,
    rehearseMutations: values.rehearse,
    reportFault: (fault) => console.error(fault),
    ...(values.quiet
      ? {}
      : { onLog: ({ path, line }) => console.log(`${path} ${line}`), longCalls: new LongCallWatch() }),
  });
  const follow = { directory, sources: () => running.sources(), loadedSince, reload: () => reload(running) };
  const stopFollowing = values.watch ? followChanges(follow) : () => {};
  for (const signal of ["SIGINT", "SIGTERM", "disconnect"] as const) {
    process.once(signal, () => {
      stopFollowing();
      void running.close().finally(() => process.exit(0));
    });
  }
  process.send?.({ url: running.url, siteUrl: running.siteUrl });
  console.log(`Convex functions at ${running.url}, HTTP actions at ${running.siteUrl}`);
  console.log(`Inspector at ${running.url}/_inspector`);
  if (keptAt !== undefined) console.log(`Admin key: ${keptAt}`);
  // Where there is a cache (NODE_COMPILE_CACHE): whoever is killed does not come to it later.
  flushCompileCache();
}

function parseFlags() {
  const { values } = parseArgs({
    options: {
      directory: { type: "string", default: "convex" },
      file: { type: "string", default: ".local/convex.sqlite" },
      port: { type: "string", default: "3210" },
      "site-port": { type: "string", default: "3211" },
      /** A JSON file: `{ adminKey, variables: { NAME: value } }`. */
      environment: { type: "string" },
      redact: { type: "boolean", default: false },
      rehearse: { type: "boolean", default: false },
      watch: { type: "boolean", default: false },
      quiet: { type: "boolean", default: false },
    },
  });
  return values;
}

function parsePort(flag: string, text: string): number {
  const port = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (port <= 65_535) return port;
  throw new DeveloperError(`${flag} must be a port, 0 (any that is free) to 65535, and "${text}" is none.`);
}

async function reload(running: RunningEngine): Promise<void> {
  const startedAt = performance.now();
  try {
    await running.reload();
    console.log(`Functions loaded again in ${Math.round(performance.now() - startedAt)} ms`);
  } catch (error) {
    console.error(`The functions as they are now cannot be loaded; the old ones go on.\n${String(error)}`);
  }
}

/** `keptAt` is where the admin key of this database is to be found; of a key that was given, its giver knows. */
function readEnvironment(given: {
  environment?: string | undefined;
  file: string;
}): GivenEnvironment & { keptAt?: string } {
  if (given.environment !== undefined) return readEnvironmentFile(given.environment);
  const { key, place } = loadAdminKey(given.file);
  return { adminKey: key, keptAt: place ?? key, variables: {} };
}
