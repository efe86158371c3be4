import { loadApp } from "./bundle/load-app.ts";
import { Calls } from "./calls.ts";
import type { EngineContext } from "./context.ts";
import { Engine } from "./engine.ts";
import { LogBuffer } from "./logs.ts";
import { checkCrons, CronRunner } from "./scheduler/crons.ts";
import { Scheduler } from "./scheduler/scheduler.ts";
import { FileStorage } from "./storage/files.ts";
import { Store } from "./store/store.ts";
import type { App, Clock } from "./types.ts";

export type OpenOptions = {
  /** The project's `convex/` folder. */
  directory: string;
  /** The SQLite file, or ":memory:". */
  file: string;
  /** Signs upload URLs; a restart with the same key honours those that are out. */
  adminKey: string;
  /** The deployment's environment variables, without the two URLs that the engine adds. */
  environment: (name: string) => string | undefined;
  /** Answer failures as a production deployment does. Default: false. */
  redactErrors?: boolean;
  /** Run every mutation twice, the first time undone. Default: false. */
  rehearseMutations?: boolean;
  /** "fresh" gives every call a realm of its own, as production does; slow. Default: "reused". */
  isolation?: "reused" | "fresh";
  /** Longest time that a query or mutation may take; 0 = no limit. Default: 0. */
  timeoutMs?: number;
  synchronous?: "OFF" | "NORMAL" | "FULL";
  clock?: Clock;
  onLog?: (line: { path: string; line: string }) => void;
  /** Told of what is wrong with the engine itself, or with a cron. */
  reportFault: (fault: unknown) => void;
};

/** Where clients reach the engine; known only when its doors are open. */
export type Urls = { cloud: string; site: string };

export type OpenEngine = {
  engine: Engine;
  clock: Clock;
  /** The files that the functions were made of; a change in any of them asks for a reload. */
  sources(): readonly string[];
  /** Serves the functions as they are on disk now; the old ones stay when the new ones cannot be loaded. */
  reload: () => Promise<void>;
  /** Begins to run scheduled functions and crons. */
  startJobs(): void;
  /** Looks at scheduled functions and crons now: for whoever moves the clock. */
  wake(): void;
  close(): void;
};

/** Loads an app over its store. Nobody can reach it yet: `startEngine` opens the doors. */
export async function openEngine(options: OpenOptions, urls: Urls): Promise<OpenEngine> {
  const clock = options.clock ?? { now: Date.now };
  const environment = (name: string) =>
    name === "CONVEX_CLOUD_URL" ? urls.cloud : name === "CONVEX_SITE_URL" ? urls.site : options.environment(name);
  const load = async () => {
    const loaded = await loadApp({ ...options, environment, outside: { now: () => clock.now() } });
    checkCrons(loaded, clock.now());
    return loaded;
  };
  let app = await load();
  const store = openStore(options, { app, clock });
  const storage = new FileStorage({ cloudUrl: () => urls.cloud, signingKey: options.adminKey, clock });
  const openLog = (path: string) => new LogBuffer((line) => options.onLog?.({ path, line }));
  const context: EngineContext = { app: () => app, store, clock, storage, openLog, reportFault: options.reportFault };
  const calls = new Calls(context, { rehearseMutations: options.rehearseMutations ?? false });
  const engine = new Engine({ ...options, context, calls, redactErrors: options.redactErrors ?? false });
  const scheduler = new Scheduler({ context, calls });
  const crons = new CronRunner({ context, calls });
  return {
    engine,
    clock,
    sources: () => app.sources,
    reload: async () => {
      const next = await load();
      store.pushSchemas(schemasOf(next));
      app = next;
      engine.announceReload();
      crons.load();
      scheduler.load();
    },
    startJobs() {
      scheduler.start();
      crons.load();
    },
    wake() {
      scheduler.wake();
      crons.wake();
    },
    close() {
      scheduler.stop();
      crons.stop();
      store.close();
    },
  };
}

function openStore({ file, synchronous = "NORMAL" }: OpenOptions, { app, clock }: { app: App; clock: Clock }): Store {
  const store = new Store({ file, clock, synchronous });
  try {
    store.pushSchemas(schemasOf(app));
    return store;
  } catch (error) {
    store.close();
    throw error;
  }
}

/** What a store is told of an app. */
export function schemasOf(app: App) {
  return new Map([...app.components.values()].map((component) => [component.path, component.schema]));
}
