/**
 * `convex-test`'s interface over the real engine: a suite that was written for one runs on the other. The app is bundled
 * once for all backends of a process; each backend has a store of its own, in memory, and every mutation runs twice.
 *
 *     const makeBackend = await loadEngineTest(import.meta.dirname, schema);
 *
 *     it("keeps a note", async () => {
 *       const t = makeBackend();
 *       await t.withIdentity({ subject: "ada" }).mutation(api.notes.add, { text: "tea" });
 *       expect(await t.query(api.notes.list)).toEqual(["tea"]);
 *     });
 *
 * Where the two differ the engine is as production is: a job's row names `module.js:function`, ids are opaque, and a
 * failed call's message says what a deployment would show. Timers, time and `fetch` are those that the test has put in place.
 */
import { resolve } from "node:path";
import type { TestConvex } from "convex-test";
import type { GenericSchema, SchemaDefinition } from "convex/server";
import { onTestFinished } from "vitest";
import { loadApp } from "../bundle/load-app.ts";
import type { Outside } from "../runtime/action-realm.ts";
import type { App } from "../types.ts";
import { accessorOf } from "./accessor.ts";
import { TestBackend } from "./backend.ts";

export type EngineTestOptions = {
  /** More modules by path, `./name.ts`, as `import.meta.glob` gives them. Their functions run in the test's own realm, once, and cannot be scheduled. */
  planted?: Record<string, () => Promise<Record<string, unknown>>>;
  /** Run every mutation twice, the first time undone. Default: true. */
  rehearseMutations?: boolean;
};

/** Looked up at each use, because tests replace them. */
const OUTSIDE: Outside = {
  now: () => Date.now(),
  fetch: async (...request) => globalThis.fetch(...request),
  setTimeout: (callback, delayMs) => globalThis.setTimeout(callback, delayMs),
  setInterval: (callback, delayMs) => globalThis.setInterval(callback, delayMs),
  clearTimeout: (timer) => globalThis.clearTimeout(timer),
  clearInterval: (timer) => globalThis.clearInterval(timer),
};

/** What actions see as the deployment's addresses; nothing answers there. */
const URLS: Readonly<Record<string, string>> = {
  CONVEX_CLOUD_URL: "https://some.convex.cloud",
  CONVEX_SITE_URL: "https://some.convex.site",
};

/**
 * Bundles the app of a `convex/` directory, and gives what `convexTest()` would be for it. Its variables are those of
 * `process.env` at the time they are read. A backend ends with the test that made it.
 */
export async function loadEngineTest<Schema extends GenericSchema>(
  directory: string,
  // Names the tables; the engine reads the schema from the directory.
  _schema: SchemaDefinition<Schema, boolean>,
): Promise<(options?: EngineTestOptions) => TestConvex<SchemaDefinition<Schema, boolean>>> {
  const app = await appOf(resolve(directory));
  return ({ planted = {}, rehearseMutations = true } = {}) => {
    const backend = new TestBackend({ app, planted, rehearseMutations, siteUrl: URLS.CONVEX_SITE_URL ?? "" });
    onTestFinished(() => backend.close());
    return accessorOf(backend);
  };
}

const apps = new Map<string, Promise<App>>();

function appOf(directory: string): Promise<App> {
  const known = apps.get(directory);
  if (known !== undefined) return known;
  const app = loadApp({
    directory,
    environment: (name) => URLS[name] ?? process.env[name],
    environmentNames: () => [...new Set([...Object.keys(URLS), ...Object.keys(process.env)])],
    outside: OUTSIDE,
  });
  apps.set(directory, app);
  return app;
}
