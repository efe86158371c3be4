import type { Calls } from "../calls.ts";
import type { EngineContext, RunningJob } from "../context.ts";
import { take } from "../database/system-rows.ts";
import { DeveloperError } from "../errors.ts";
import { ExecutionError, ownFailure } from "../failures.ts";
import type { Target } from "../functions/addresses.ts";
import { newRequest } from "../request.ts";
import type { Transaction } from "../store/transaction.ts";
import type { ComponentPath, FunctionKind } from "../types.ts";
import { Alarm, type Wait } from "./alarm.ts";
import { listJobs, loadState, pruneJobs, setState, type DueJob } from "./jobs.ts";

const MAX_RUNNING_ACTIONS = 8; // at once, as a small deployment
const BATCH = 64; // jobs looked at in one go, so that a long queue does not hold up the sockets
const LOOK_AHEAD = 256; // jobs looked at to find those: actions that wait for a free place come first in the queue
const KEEP_FINISHED_MS = 7 * 24 * 3_600_000;
const FIRST_BACKOFF_MS = 500;
const MAX_BACKOFF_MS = 2 * 3_600_000;
/** Production's words for an action that was ended, or kept from it, by something else than its own code. */
const INTERRUPTED = "Transient error while executing action";

type RunnableJob = DueJob & { target: Target };

/**
 * Runs what functions scheduled. A mutation runs exactly once: its effects and its job's state are one transaction.
 * An action runs at most once: the job is marked in progress first, and one found so at start has failed.
 */
export class Scheduler {
  readonly #context: EngineContext;
  readonly #calls: Calls;
  readonly #alarm: Alarm;
  readonly #running = new Set<string>();
  /** The index of each component's jobs: only a commit that touches one of them can make something due. */
  #queues: ReadonlySet<number> = new Set();
  /** Actions that ended while the store took nothing: not to be run again, and their rows still say that they go on. */
  readonly #ended = new Map<string, { job: DueJob; error: unknown }>();
  /** Jobs that a fault of the engine kept from starting or from ending, not their own: tried again, later and later. */
  readonly #backoff = new Map<string, { delayMs: number; notBefore: number }>();

  constructor(options: { context: EngineContext; calls: Calls; wait?: Wait }) {
    this.#context = options.context;
    this.#calls = options.calls;
    const { clock, reportFault } = options.context;
    this.#alarm = new Alarm({ clock, reportFault, wait: options.wait, onRing: () => this.#tick() });
  }

  start(): void {
    this.#failInterrupted();
    this.#prune();
    this.#context.store.onCommit(({ writes }) => {
      if (writes.some(({ index }) => this.#queues.has(index))) this.wake();
    });
    this.load();
  }

  /** Learns which components there are; called again when the app is replaced. */
  load(): void {
    const { store } = this.#context;
    const components = [...this.#context.app().components.keys()];
    this.#queues = new Set(store.read((tx) => components.flatMap((component) => queueOf(tx, component))));
    this.wake();
  }

  /** Looks at the queue soon; cheap to call for nothing. */
  wake(): void {
    this.#alarm.ringNow();
  }

  stop(): void {
    this.#alarm.stop();
  }

  #tick(): void {
    const now = this.#context.clock.now();
    for (const { job, error } of this.#ended.values()) {
      if (this.#notBefore(job) <= now) this.#end(job, error);
    }
    const waiting = this.#listWaiting(now);
    let next = Infinity;
    let hasRun = false;
    for (const job of waiting) {
      const dueAt = Math.max(job.scheduledTime, this.#notBefore(job));
      if (dueAt > now) next = Math.min(next, dueAt);
      else {
        this.#guarded(job, () => this.#run(job));
        hasRun = true;
      }
    }
    if (hasRun && waiting.length >= BATCH) this.wake();
    else if (next !== Infinity) this.#alarm.ringAt(next);
  }

  /**
   * What is due, over all components and soonest first, and of each the first job that is not. Left out is what runs
   * already, and actions that have no free place: they are looked at again when one ends, and hold up no mutation as long as
   * fewer than `LOOK_AHEAD` of them are due.
   */
  #listWaiting(now: number): DueJob[] {
    const app = this.#context.app();
    const jobs = this.#context.store.read((tx) =>
      [...app.components.keys()].flatMap((component) => {
        return take(dueAndNext(listJobs(tx, app, component, "pending"), now), LOOK_AHEAD)
          .filter((job) => this.#canRun(job))
          .slice(0, BATCH);
      }),
    );
    return jobs.sort((a, b) => a.scheduledTime - b.scheduledTime).slice(0, BATCH);
  }

  #canRun(job: DueJob): boolean {
    if (this.#running.has(job.id)) return false;
    return kindOf(job) !== "action" || this.#running.size < MAX_RUNNING_ACTIONS;
  }

  #run(job: DueJob): void {
    const { target } = job;
    const kind = kindOf(job);
    if (target === null || kind === undefined || kind === "query") {
      this.#finish(job, new ExecutionError(`The scheduled function ${job.path} does not exist any more.`));
    } else if (kind === "mutation") this.#runMutation({ ...job, target });
    else if (this.#canRun(job)) this.#startAction({ ...job, target });
  }

  #runMutation(job: RunnableJob): void {
    const { clock, store } = this.#context;
    // An earlier job of this very tick may have canceled it.
    if (store.read((tx) => loadState(tx, job))?.kind !== "pending") return;
    try {
      this.#calls.mutate(this.#input(job, "mutation"), {
        before: (tx) => setState(tx, job, { kind: "inProgress" }, clock.now()),
        after: (tx) => setState(tx, job, { kind: "success" }, clock.now()),
      });
    } catch (error) {
      if (!(error instanceof ExecutionError || error instanceof DeveloperError)) throw error;
      this.#finish(job, error);
    }
  }

  #startAction(job: RunnableJob): void {
    const { clock, store } = this.#context;
    const started = store.write((tx) => {
      if (loadState(tx, job)?.kind !== "pending") return false;
      setState(tx, job, { kind: "inProgress" }, clock.now());
      return true;
    });
    if (started.value) void this.#runAction(job);
  }

  async #runAction(job: RunnableJob): Promise<void> {
    this.#running.add(job.id);
    const error = await this.#calls.act(this.#input(job, "action")).then(
      () => null,
      (thrown: unknown) => thrown,
    );
    while (this.#context.store.held !== null) await this.#context.store.held;
    this.#running.delete(job.id);
    this.#end(job, error);
    this.wake();
  }

  /** The action has run, so that its end is noted, sooner or later, and nothing else. */
  #end(job: DueJob, error: unknown): void {
    this.#ended.set(job.id, { job, error });
    this.#guarded(job, () => {
      this.#finish(job, error);
      this.#ended.delete(job.id);
    });
  }

  #finish(job: DueJob, error: unknown): void {
    const { clock, store } = this.#context;
    const state =
      error === null ? { kind: "success" as const } : { kind: "failed" as const, error: this.#explain(error) };
    store.write((tx) => setState(tx, job, state, clock.now()));
  }

  /** All that the function's log says, as production keeps it: what is redacted is what clients get. A fault stays the engine's. */
  #explain(error: unknown): string {
    const failure = ownFailure(error);
    if (failure !== null) return failure.message;
    this.#context.reportFault(error);
    return INTERRUPTED;
  }

  /** What the engine cannot do to one job now holds up no other, and is tried again. */
  #guarded(job: DueJob, step: () => void): void {
    try {
      step();
      this.#backoff.delete(job.id);
    } catch (fault) {
      this.#context.reportFault(fault);
      const delayMs = Math.min((this.#backoff.get(job.id)?.delayMs ?? FIRST_BACKOFF_MS / 2) * 2, MAX_BACKOFF_MS);
      const notBefore = this.#context.clock.now() + delayMs;
      this.#backoff.set(job.id, { delayMs, notBefore });
      this.#alarm.ringAt(notBefore);
    }
  }

  #notBefore({ id }: DueJob): number {
    return this.#backoff.get(id)?.notBefore ?? 0;
  }

  #failInterrupted(): void {
    const { clock, store } = this.#context;
    const app = this.#context.app();
    store.write((tx) => {
      for (const component of app.components.keys()) {
        for (const job of Array.from(listJobs(tx, app, component, "inProgress"))) {
          setState(tx, job, { kind: "failed", error: INTERRUPTED }, clock.now());
        }
      }
    });
  }

  #prune(): void {
    const { clock, store } = this.#context;
    for (const component of this.#context.app().components.keys()) {
      while (store.write((tx) => pruneJobs(tx, component, clock.now() - KEEP_FINISHED_MS, BATCH)).value === BATCH);
    }
  }

  #input({ component, id, target, args }: RunnableJob, kind: RunningJob["kind"]) {
    const job = { component, id, kind };
    const logs = this.#context.openLog(target.path);
    return { target, args, identity: null, publicOnly: false, request: newRequest(), logs, job };
  }
}

function kindOf({ target }: DueJob): FunctionKind | undefined {
  return target?.component.functions.get(target.path)?.kind;
}

function* dueAndNext(jobs: Iterable<DueJob>, now: number): Generator<DueJob> {
  for (const job of jobs) {
    yield job;
    if (job.scheduledTime > now) return;
  }
}

function queueOf(tx: Transaction, component: ComponentPath): number[] {
  const index = tx.table(component, "_scheduled_functions")?.indexes.get("by_state_and_time");
  return index === undefined ? [] : [index.id];
}
