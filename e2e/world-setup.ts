import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { readyPath, WORLD_DIRECTORY } from "./world.ts";

const PATIENCE_MS = 4 * 60_000; // the production build is part of it
const PAUSE_MS = 100;

/** Starts a new world for all suites, as `npm run demo` does, on free ports; answers how to stop it. */
export default async function startWorld(): Promise<() => Promise<void>> {
  rmSync(WORLD_DIRECTORY, { recursive: true, force: true });
  const world = spawn(process.execPath, ["local/main.ts", "demo", "--reset"], {
    stdio: ["ignore", "pipe", "inherit"],
    env: {
      ...process.env,
      NODE_ENV: "production",
      QIFY_LOCAL_DIR: WORLD_DIRECTORY,
      PORT: "0",
      CONVEX_PORT: "0",
      CONVEX_SITE_PORT: "0",
      EMULATORS_PORT: "0",
    },
  });
  world.stdout.resume();
  process.once("exit", () => world.kill("SIGTERM")); // whoever is interrupted while it starts leaves none behind
  try {
    await waitUntilReady(world);
  } catch (error) {
    await stop(world);
    throw error;
  }
  return () => stop(world);
}

async function waitUntilReady(world: ChildProcess): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while (!existsSync(readyPath())) {
    if (world.exitCode !== null) throw new Error(`The local world ended with code ${world.exitCode}`);
    if (Date.now() > deadline) throw new Error("The local world did not become ready");
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}

async function stop(world: ChildProcess): Promise<void> {
  if (world.exitCode !== null) return;
  const ended = new Promise((resolve) => world.once("exit", resolve));
  world.kill("SIGTERM");
  await ended;
}
