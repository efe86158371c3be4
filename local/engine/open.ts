import type { AdminCalls } from "./admin/admin-calls.ts";
import { ExecutionLog } from "./admin/execution-log.ts";
import { reportExecution } from "./admin/execution-report.ts";
import { Exports } from "./admin/exports.ts";
import { Imports } from "./admin/import/imports.ts";
import { type VariableChange, Variables } from "./admin/variables.ts";
import { DeploymentKey } from "./auth/deployment-key.ts";
import type { Bundler } from "./bundle/bundler.ts";
import type { DeploymentVariables } from "./bundle/component-tree.ts";
import { Calls, type LongCalls } from "./calls.ts";
import type { EngineContext } from "./context.ts";
import { Engine } from "./engine.ts";
import { inTurn } from "./in-turn.ts";
import { Activity } from "./inspector/activity.ts";
import { LogBuffer } from "./logs.ts";
import { CronRunner } from "./scheduler/crons.ts";
import { Scheduler } from "./scheduler/scheduler.ts";
import { ServedApp } from "./served-app.ts";
import { FileStorage } from "./storage/files.ts";
import { Store } from "./store/store.ts";
import type { Clock } from "./types.ts";

export type OpenOptions = {
  /** The project's `convex/` folder. */
  directory: string;
  /** The SQLite file, or ":memory:". */
  file: string;
  /** Signs upload URLs; a restart with the same key honours those that are out. */
  adminKey: string;
  /** The deployment's environment variables, without the two URLs that the engine adds. */
  environment: (name: string) => string | undefined;
  /** The names that `environment` knows, for who lists them. Default: none. */
  environmentNames?: readonly string[];
  /** Answer failures as a production deployment does. Default: false. */
  redactErrors?: boolean;
  /** Run every mutation twice, the first time undone. Default: false. */
  rehearseMutations?: boolean;
  /** "fresh" gives every call a realm of its own, as production does; slow. Default: "reused". */
  isolation?: "reused" | "fresh";
  /** Longest time that a query or mutation may take; 0 = no limit. Default: 0. */
  timeoutMs?: number;
  /** Longest time that an action may take, waiting included; 0 = no limit. Default: 0. */
  actionTimeLimitMs?: number;
  synchronous?: "OFF" | "NORMAL" | "FULL";
  /** How large the database may get, in pages of 4 KiB; beyond it writes fail as on a full disk. Default: no limit. */
  maxPages?: number;
  /** Keeps what it has bundled for the next engine that serves the same folder. Default: one of its own. */
  bundler?: Bundler;
  clock?: Clock;
  /** Hears what functions log, how they fail, and which are slow; never redacted. */
  onLog?: (line: { path: string; line: string }) => void;
  /** Told of each query and mutation while it runs. */
  longCalls?: LongCalls;
  /** Told of what is wrong with the engine itself. */
  reportFault: (fault: unknown) => void;
};

/** Where clients reach the engine; known only when its doors are open. */
export type Urls = { cloud: string; site: string };

export type OpenEngine = {
  engine: Engine;
  admin: AdminCalls;
  clock: Clock;
  /** The files that the functions were made of, or that the last reload failed at; a change in any of them asks for a reload. */
  sources(): readonly string[];
  /** Serves the functions as they are on disk now; the old ones stay when the new ones cannot be loaded. One reload waits for another. */
  reload: () => Promise<void>;
  /** Begins to run scheduled functions and crons. */
  startJobs(): void;
  /** Looks at scheduled functions and crons now: for whoever moves the clock. */
  wake(): void;
  close(): void;
};

/** Loads an app over its store. Nobody can reach it yet: `startEngine` opens the doors. */
export async function openEngine(options: OpenOptions, urls: Urls): Promise<OpenEngine> {
  let isClosed = false;
  // An action that goes on finds its store closed: that is no news.
  const reportFault = (fault: unknown) => (isClosed ? undefined : options.reportFault(fault));
  const clock = options.clock ?? { now: Date.now };
  const variables = new Variables({ given: options.environment, givenNames: options.environmentNames ?? [] });
  const store = new Store({ ...options, clock });
  const load = { ...options, ...withUrls(variables, urls), outside: { now: () => clock.now() } };
  const served = new ServedApp({ store, clock, load });
  const app = () => served.app;
  const imports = new Imports({ store, app, clock });
  await closeOnFailure(store, async () => {
    variables.load(store);
    await served.load();
    imports.failInterrupted();
  });
  const context = makeContext({ ...options, reportFault }, { app, store, clock, cloudUrl: () => urls.cloud });
  const exports = new Exports(store);
  const executions = new ExecutionLog(clock);
  const activity = new Activity();
  const calls = openCalls(options, { context, executions, activity });
  const redactErrors = options.redactErrors ?? false;
  const engine = new Engine({ context, calls, variables, exports, activity, redactErrors });
  const jobs = new Jobs({ context, calls });
  const reload = inTurn(async () => {
    await served.load();
    engine.announceReload();
    jobs.load();
  });
  return {
    engine,
    admin: {
      changeVariables: inTurn((changes: readonly VariableChange[]) => variables.change(store, changes, reload)),
      executionsAfter: (cursor, signal) => executions.after(cursor, signal),
      exports,
      imports,
      activity,
    },
    clock,
    sources: () => served.sources,
    reload,
    startJobs: () => jobs.start(),
    wake: () => jobs.wake(),
    close() {
      isClosed = true;
      jobs.stop();
      store.close();
    },
  };
}

function makeContext(
  { adminKey, onLog, reportFault }: OpenOptions,
  parts: Pick<EngineContext, "app" | "store" | "clock" | "cloudUrl">,
): EngineContext {
  return {
    ...parts,
    storage: new FileStorage({ ...parts, signingKey: adminKey }),
    deploymentKey: new DeploymentKey(),
    openLog: (path) => new LogBuffer((line) => onLog?.({ path, line })),
    reportFault,
  };
}

/** Calls that are noted when they end: for who follows the logs, for the inspector, and for the terminal. */
function openCalls(
  { rehearseMutations = false, longCalls, onLog }: OpenOptions,
  { context, executions, activity }: { context: EngineContext; executions: ExecutionLog; activity: Activity },
): Calls {
  return new Calls(context, {
    rehearseMutations,
    longCalls,
    onEnd: (execution) => {
      executions.record(execution);
      activity.functions.record(execution);
      for (const line of reportExecution(execution)) onLog?.(line);
    },
  });
}

/** Scheduled functions and crons: what runs without being called. */
class Jobs {
  readonly #scheduler: Scheduler;
  readonly #crons: CronRunner;

  constructor(parts: { context: EngineContext; calls: Calls }) {
    this.#scheduler = new Scheduler(parts);
    this.#crons = new CronRunner(parts);
  }

  start(): void {
    this.#scheduler.start();
    this.#crons.load();
  }

  /** The app is another one now. */
  load(): void {
    this.#crons.load();
    this.#scheduler.load();
  }

  wake(): void {
    this.#scheduler.wake();
    this.#crons.wake();
  }

  stop(): void {
    this.#scheduler.stop();
    this.#crons.stop();
  }
}

/** The deployment's variables, and the two that the engine adds. */
function withUrls(variables: Variables, urls: Urls): DeploymentVariables {
  return {
    environment: (name) =>
      name === "CONVEX_CLOUD_URL" ? urls.cloud : name === "CONVEX_SITE_URL" ? urls.site : variables.get(name),
    environmentNames: () => [...new Set([...variables.names(), "CONVEX_CLOUD_URL", "CONVEX_SITE_URL"])],
  };
}

async function closeOnFailure<T>(store: Store, body: () => Promise<T>): Promise<T> {
  try {
    return await body();
  } catch (error) {
    store.close();
    throw error;
  }
}
