import { mkdirSync, rmSync } from "node:fs";
import { appEnvironment, startApp } from "./app.ts";
import { buildApp } from "./build.ts";
import { Children } from "./children.ts";
import { startConvex } from "./convex.ts";
import { startEmulators } from "./emulators.ts";
import { loadKeys } from "./keys.ts";
import type { WorldOptions } from "./options.ts";
import { claimPort } from "./ports.ts";
import { findRunning, removeReady, writeReady, type Ready } from "./ready.ts";
import { playLeads } from "./seed/play-leads.ts";
import { seedTenants } from "./seed/seed.ts";
import { SEED_TENANTS } from "./seed/tenants.ts";

export type World = {
  ready: Ready;
  /** Rejects when a part dies by itself. Never resolves. */
  failure: Promise<never>;
  stop(): Promise<void>;
  /** For a process that is about to end: leaves no child behind, waits for nothing. */
  abandon: () => void;
};

/**
 * Starts everything that a machine without accounts needs: the providers' emulators, the embedded Convex engine and
 * the app, told of each other by their environment alone, and a seed that came in by the app's own doors. `say` is told what happens, in lines for a person.
 */
export async function startWorld(options: WorldOptions, say: (line: string) => void): Promise<World> {
  refuseSecond(options);
  if (options.reset) rmSync(options.directory, { recursive: true, force: true });
  mkdirSync(options.directory, { recursive: true });
  const children = new Children();
  const play = new AbortController();
  const stop = async () => {
    play.abort();
    removeReady(options.directory);
    await children.stopAll();
  };
  try {
    const ready = await Promise.race([startParts(options, children, say), children.failure]);
    writeReady(options.directory, ready);
    if (options.mode === "demo") void startPlay(ready, play.signal, say);
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
  const keys = await loadKeys(options.directory);
  const port = await claimPort(options.ports.app, { what: "the app", variable: "PORT" });
  const app = `http://127.0.0.1:${port}`;
  const emulators = await startEmulators({ options, children, keys, app });
  const { clerk } = emulators;
  const clerkUrl = clerk.issuer;
  const [convex] = await Promise.all([
    startConvex({
      options,
      children,
      keys,
      issuer: clerk.issuer,
      outbound: { app, allow: new URL(clerk.issuer).host },
      say,
    }),
    prepareApp(options, say),
  ]);
  const environment = appEnvironment({ keys, convexUrl: convex.url, clerkUrl, clerk });
  await startApp({ options, children, port, environment, say });
  const evolution = { url: emulators.urls.evolution ?? "", apiKey: keys.evolutionApiKey };
  const doors = { convexUrl: convex.url, clerkUrl, clerkSecretKey: keys.clerkSecretKey, evolution, app };
  return {
    pid: process.pid,
    startedAt,
    app,
    convex: convex.url,
    convexSite: convex.siteUrl,
    emulators: emulators.urls,
    organizations: await seedTenants(SEED_TENANTS, doors),
  };
}

/** The seed's leads answer the agent while somebody watches. A play that breaks off harms nothing. */
async function startPlay({ emulators }: Ready, signal: AbortSignal, say: (line: string) => void): Promise<void> {
  try {
    await playLeads(SEED_TENANTS, { evolutionUrl: emulators.evolution ?? "", signal });
  } catch (error) {
    if (!signal.aborted) say(`The simulated leads stopped: ${String(error)}`);
  }
}

async function prepareApp(options: WorldOptions, say: (line: string) => void): Promise<void> {
  if (options.mode === "dev") return;
  say("Building the app for production (about a minute, only when something changed)…");
  const result = await buildApp(() => {});
  say(result === "built" ? "Built." : "Nothing changed since the last build.");
}

function refuseSecond(options: WorldOptions): void {
  const running = findRunning(options.directory);
  if (running === null) return;
  throw new Error(
    `A local world runs here already, at ${running.app} (process ${running.pid}). Use it, stop it, or start another with QIFY_LOCAL_DIR and other ports.`,
  );
}
