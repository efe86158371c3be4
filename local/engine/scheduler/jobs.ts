import type { JobKey, TransactionalScope } from "../context.ts";
import { scanIndex, take } from "../database/system-rows.ts";
import { DeveloperError } from "../errors.ts";
import { resolveAddress, storedPath, type Target } from "../functions/addresses.ts";
import { checkArguments } from "../functions/signature.ts";
import { asObject } from "../json.ts";
import type { Transaction } from "../store/transaction.ts";
import { requireField, requireNumber, requireString } from "../syscalls/arguments.ts";
import type { App, ComponentPath, FunctionPath, Json, JsonObject } from "../types.ts";
import { sizeOf } from "../values/size.ts";

const MAX_DISTANCE_MS = 5 * 365 * 24 * 3_600_000; // five years, either way

/**
 * A row of `_scheduled_functions`: pending → inProgress → success | failed, or canceled from the first two. Its target
 * lies in `_scheduled_targets`, since the row itself has exactly the fields that apps see in production.
 */
export type JobState =
  | { kind: "pending" }
  | { kind: "inProgress" }
  | { kind: "success" }
  | { kind: "failed"; error: string }
  | { kind: "canceled" };

/** `target` is null when its component is not installed any more. */
export type DueJob = JobKey & { scheduledTime: number; args: Json; path: FunctionPath; target: Target | null };

/** `1.0/schedule`: checks the function and its arguments now, so that a bad call fails where it is made. */
export function scheduleJob(
  scope: Pick<TransactionalScope, "context" | "target" | "tx" | "job">,
  operation: JsonObject,
): string {
  const { tx } = scope;
  const app = scope.context.app();
  const target = resolveAddress(app, scope.target.component, operation);
  const args = requireField(operation, "args");
  checkSchedulable(tx, target, args);
  const scheduledTime = requireNumber(operation, "ts") * 1000;
  if (Math.abs(scheduledTime - scope.context.clock.now()) > MAX_DISTANCE_MS) {
    throw new DeveloperError(`${new Date(scheduledTime).toISOString()} is more than five years away.`);
  }
  tx.meter.countScheduled(sizeOf([args]));
  const state: JobState = scope.job !== null && isCanceled(tx, scope.job) ? { kind: "canceled" } : { kind: "pending" };
  const component = scope.target.component.path;
  const jobId = tx.insert(tx.ensureTable(component, "_scheduled_functions"), {
    name: storedPath(target.path),
    args: [args],
    scheduledTime,
    state,
  });
  tx.insert(tx.ensureTable(component, "_scheduled_targets"), {
    jobId,
    component: target.component.path,
    path: target.path,
  });
  return jobId;
}

/** Pending never starts; in progress is let run to its end, but what it schedules from now on is dropped. */
export function cancelJob(tx: Transaction, key: JobKey, now: number): void {
  const state = loadState(tx, key);
  if (state?.kind === "pending" || state?.kind === "inProgress") setState(tx, key, { kind: "canceled" }, now);
}

/** Moves a job on, unless it was canceled meanwhile. `now` becomes the completion time of a final state. */
export function setState(tx: Transaction, key: JobKey, state: JobState, now: number): void {
  const table = tx.ensureTable(key.component, "_scheduled_functions");
  const text = tx.get(table, key.id);
  if (text === null) return;
  const row: JsonObject = JSON.parse(text);
  if (stateKind(row) === "canceled") return;
  const isFinal = state.kind !== "pending" && state.kind !== "inProgress";
  tx.replace(table, key.id, { ...row, state, ...(isFinal ? { completedTime: now } : {}) });
}

export function loadState(tx: Transaction, key: JobKey): { kind: string } | null {
  const text = tx.get(tx.ensureTable(key.component, "_scheduled_functions"), key.id);
  return text === null ? null : { kind: stateKind(JSON.parse(text)) };
}

/** Jobs of one component in a state, soonest first. */
export function* listJobs(
  tx: Transaction,
  app: App,
  component: ComponentPath,
  state: "pending" | "inProgress",
): Generator<DueJob> {
  for (const row of scanIndex(tx, component, {
    index: "_scheduled_functions.by_state_and_time",
    range: [{ type: "Eq", fieldPath: "state.kind", value: state }],
  })) {
    const job = withTarget(tx, app, component, row);
    if (job !== null) yield job;
  }
}

/** Deletes what ended before `before`; returns how many rows went, at most `limit`. */
export function pruneJobs(tx: Transaction, component: ComponentPath, before: number, limit: number): number {
  let removed = 0;
  for (const kind of ["success", "failed", "canceled"]) {
    const rows = scanIndex(tx, component, {
      index: "_scheduled_functions.by_state_and_time",
      range: [
        { type: "Eq", fieldPath: "state.kind", value: kind },
        { type: "Lt", fieldPath: "scheduledTime", value: before },
      ],
    });
    for (const row of take(rows, limit - removed)) {
      removed++;
      removeJob(tx, component, requireString(row, "_id"));
    }
  }
  return removed;
}

function removeJob(tx: Transaction, component: ComponentPath, jobId: string): void {
  for (const target of Array.from(targetsOf(tx, component, jobId))) {
    tx.remove(tx.ensureTable(component, "_scheduled_targets"), requireString(target, "_id"));
  }
  tx.remove(tx.ensureTable(component, "_scheduled_functions"), jobId);
}

function withTarget(tx: Transaction, app: App, component: ComponentPath, row: JsonObject): DueJob | null {
  const id = requireString(row, "_id");
  const [target] = take(targetsOf(tx, component, id), 1);
  if (target === undefined || !Array.isArray(row.args)) return null;
  const owner = app.components.get(requireString(target, "component"));
  const path = requireString(target, "path");
  return {
    component,
    id,
    scheduledTime: requireNumber(row, "scheduledTime"),
    args: row.args[0] ?? {},
    path,
    target: owner === undefined ? null : { component: owner, path },
  };
}

function targetsOf(tx: Transaction, component: ComponentPath, jobId: string): Iterable<JsonObject> {
  return scanIndex(tx, component, {
    index: "_scheduled_targets.by_job",
    range: [{ type: "Eq", fieldPath: "jobId", value: jobId }],
  });
}

function checkSchedulable(tx: Transaction, target: Target, args: Json): void {
  const meta = target.component.functions.get(target.path);
  if (meta === undefined) {
    throw new DeveloperError(`Attempted to schedule function at nonexistent path: ${storedPath(target.path)}`);
  }
  if (meta.kind === "query") throw new DeveloperError(`Cannot schedule ${storedPath(target.path)}: it is a query.`);
  checkArguments({ path: target.path, meta, tableNameOf: (id) => tx.tableNameOf(target.component.path, id) }, args);
}

function isCanceled(tx: Transaction, key: JobKey): boolean {
  return loadState(tx, key)?.kind === "canceled";
}

function stateKind(row: JsonObject): string {
  const state = asObject(row["state"]);
  return state === null ? "" : requireString(state, "kind");
}
