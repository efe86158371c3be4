import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildApp } from "./build.ts";
import { Children } from "./children.ts";
import { loadKeys, type Keys } from "./keys.ts";
import { nextArgs } from "./next.ts";
import type { WorldOptions } from "./options.ts";
import { claimPort } from "./ports.ts";
import { findRunning, removeReady, writeReady, type Ready } from "./ready.ts";

const HEALTH_PATIENCE_MS = 120_000; // a first `next dev` compiles before it answers
const HEALTH_PAUSE_MS = 200;

export type World = {
  ready: Ready;
  /** Rejects when a part dies by itself. Never resolves. */
  failure: Promise<never>;
  stop(): Promise<void>;
  /** For a process that is about to end: leaves no child behind, waits for nothing. */
  abandon: () => void;
};

/**
 * Starts everything that a machine without accounts needs: the embedded Convex engine and the app, told of each other
 * by their environment alone. `say` is told what happens, in lines for a person.
 */
export async function startWorld(options: WorldOptions, say: (line: string) => void): Promise<World> {
  refuseSecond(options);
  if (options.reset) rmSync(options.directory, { recursive: true, force: true });
  mkdirSync(options.directory, { recursive: true });
  const children = new Children();
  const stop = async () => {
    removeReady(options.directory);
    await children.stopAll();
  };
  try {
    const ready = await Promise.race([startParts(options, children, say), children.failure]);
    writeReady(options.directory, ready);
    const abandon = () => {
      removeReady(options.directory);
      children.killAll();
    };
    return { ready, failure: children.failure, stop, abandon };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startParts(options: WorldOptions, children: Children, say: (line: string) => void): Promise<Ready> {
  const startedAt = new Date().toISOString();
  const keys = loadKeys(options.directory);
  const appPort = await claimPort(options.ports.app, { what: "the app", variable: "PORT" });
  const [convex] = await Promise.all([startEngine({ options, children, keys, say }), prepareApp(options, say)]);
  const app = `http://127.0.0.1:${appPort}`;
  const command = options.mode === "dev" ? "dev" : "start";
  children.start({
    name: "app",
    args: nextArgs(command, ["--hostname", "127.0.0.1", "--port", String(appPort)]),
    environment: { ...process.env, CONVEX_URL: convex.url, NEXT_TELEMETRY_DISABLED: "1" },
    onLine: (line) => options.mode === "dev" && say(`app     ${line}`),
  });
  await waitForHealth(`${app}/api/health`);
  return {
    pid: process.pid,
    startedAt,
    app,
    convex: convex.url,
    convexSite: convex.siteUrl,
    emulators: {},
    organizations: [],
  };
}

async function startEngine(parts: {
  options: WorldOptions;
  children: Children;
  keys: Keys;
  say: (line: string) => void;
}): Promise<{ url: string; siteUrl: string }> {
  const { options, children, keys, say } = parts;
  const port = await claimPort(options.ports.convex, { what: "the Convex engine", variable: "CONVEX_PORT" });
  const sitePort = await claimPort(options.ports.convexSite, {
    what: "Convex's HTTP actions",
    variable: "CONVEX_SITE_PORT",
  });
  const environment = join(options.directory, "convex-environment.json");
  writeFileSync(environment, JSON.stringify({ adminKey: keys.adminKey, variables: {} }), { mode: 0o600 });
  const args = [
    "local/engine/main.ts",
    "--file",
    join(options.directory, "convex.sqlite"),
    "--environment",
    environment,
  ];
  args.push("--port", String(port), "--site-port", String(sitePort));
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

async function prepareApp(options: WorldOptions, say: (line: string) => void): Promise<void> {
  if (options.mode === "dev") return;
  say("Building the app for production (about a minute, only when something changed)…");
  const result = await buildApp(() => {});
  say(result === "built" ? "Built." : "Nothing changed since the last build.");
}

async function waitForHealth(url: string): Promise<void> {
  const deadline = Date.now() + HEALTH_PATIENCE_MS;
  let last = "no answer";
  while (Date.now() < deadline) {
    try {
      const response = await fetch(url);
      if (response.ok) return;
      last = `${response.status} ${await response.text()}`;
    } catch (error) {
      last = String(error);
    }
    await new Promise((resolve) => setTimeout(resolve, HEALTH_PAUSE_MS));
  }
  throw new Error(`The app did not become healthy: ${url} answered last with ${last}`);
}

function refuseSecond(options: WorldOptions): void {
  const running = findRunning(options.directory);
  if (running === null) return;
  throw new Error(
    `A local world runs here already, at ${running.app} (process ${running.pid}). Use it, stop it, or start another with QIFY_LOCAL_DIR and other ports.`,
  );
}
