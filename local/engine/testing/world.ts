import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Bundler } from "../bundle/bundler.ts";
import { startEngine, type RunningEngine, type StartOptions } from "../start.ts";
import type { Json, JsonObject } from "../types.ts";

/** A clock that stands still until a test moves it. */
export type ManualClock = { time: number; now(): number };

export type TestWorld = {
  running: RunningEngine;
  clock: ManualClock;
  /** What was reported as wrong with the engine. */
  faults: unknown[];
  /** Any function by its path, internal ones too; throws the message of a failure. */
  call(path: string, args?: JsonObject): Promise<Json>;
  /** Moves the clock and lets the scheduler look at it. */
  advance(ms: number): void;
  /** Ends the engine and starts another on the same file. */
  restart(): Promise<void>;
  close(): Promise<void>;
};

/** For after a test: throws what was reported as wrong with the engine. */
export function assertNoFaults({ faults }: TestWorld): void {
  if (faults.length > 0) throw new AggregateError(faults, `The engine reported faults: ${faults.join("; ")}`);
}

/** Of each fixture app: most of an engine's start is bundling. */
const bundlers = new Map<string, Bundler>();

const DAY_START = Date.UTC(2026, 0, 5, 6, 0, 0);

/** The engine on one of the fixture apps, on free ports, with a file of its own. */
export async function startTestWorld(app: string, options: Partial<StartOptions> = {}): Promise<TestWorld> {
  const directory = mkdtempSync(join(tmpdir(), "qify-engine-"));
  const clock: ManualClock = { time: DAY_START, now: () => clock.time };
  const faults: unknown[] = [];
  const bundler = bundlers.get(app) ?? new Bundler();
  bundlers.set(app, bundler);
  const start = () =>
    startEngine({
      directory: fileURLToPath(new URL(`../fixtures/${app}/convex`, import.meta.url)),
      file: join(directory, "convex.sqlite"),
      port: 0,
      sitePort: 0,
      adminKey: "test key",
      environment: () => undefined,
      bundler,
      clock,
      reportFault: (fault) => faults.push(fault),
      ...options,
    });
  const world: TestWorld = {
    running: await start(),
    clock,
    faults,
    async call(path, args = {}) {
      const call = { component: "", path, args, identity: null, publicOnly: false };
      const result = await world.running.engine.runFunction(call);
      if (!result.ok) throw new Error(result.errorMessage);
      return JSON.parse(result.value);
    },
    advance(ms) {
      clock.time += ms;
      world.running.wake();
    },
    async restart() {
      await world.running.close();
      world.running = await start();
    },
    async close() {
      await world.running.close();
      rmSync(directory, { recursive: true });
    },
  };
  return world;
}
