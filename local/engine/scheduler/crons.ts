import type { Calls } from "../calls.ts";
import type { EngineContext } from "../context.ts";
import { scanIndex, take } from "../database/system-rows.ts";
import { DeveloperError } from "../errors.ts";
import { ExecutionError, ownFailure } from "../failures.ts";
import { parseFunctionPath, type Target } from "../functions/addresses.ts";
import { newRequest } from "../request.ts";
import type { Transaction } from "../store/transaction.ts";
import { requireNumber, requireString } from "../syscalls/arguments.ts";
import type { App, Component, CronJson, JsonObject } from "../types.ts";
import { Alarm } from "./alarm.ts";
import { firstRun, nextRun } from "./cron-schedule.ts";

/** A row of `_crons`: the schedule that was last seen, the last run under it or an earlier one, and the next (epoch ms). */
type CronRow = { _id: string; identifier: string; schedule: string; lastTime: number | null; nextTime: number };

type Due = { component: Component; cron: CronJson; row: CronRow };

/**
 * Fires the crons of the app and of its components. The next time is written before, or with, the run itself, so that a
 * crash repeats nothing. Of the runs that were missed while nothing ran, or while the clock leapt, one is made up for and
 * the others are skipped; so is a run that comes due while the one before still goes on. A clock that was set back makes
 * nothing run again. One that a fault of the engine keeps from running, not its own, is tried again.
 */
export class CronRunner {
  readonly #context: EngineContext;
  readonly #calls: Calls;
  readonly #alarm: Alarm;
  readonly #running = new Set<string>();

  constructor(options: { context: EngineContext; calls: Calls }) {
    this.#context = options.context;
    this.#calls = options.calls;
    const { clock, reportFault } = options.context;
    this.#alarm = new Alarm({ clock, reportFault, onRing: () => this.#tick() });
  }

  /** Brings the rows in line with the app: what a cron runs may change, and its rhythm stays while its schedule does. */
  load(): void {
    const { clock, store } = this.#context;
    for (const component of this.#context.app().components.values()) {
      store.write((tx) => syncRows(tx, component, clock.now()));
    }
    this.#alarm.ringNow();
  }

  /** Looks at the clock soon. */
  wake(): void {
    this.#alarm.ringNow();
  }

  stop(): void {
    this.#alarm.stop();
  }

  #tick(): void {
    const now = this.#context.clock.now();
    let next = Infinity;
    const faults: unknown[] = [];
    for (const due of this.#listAll()) {
      if (due.row.nextTime <= now) {
        next = Math.min(next, nextRun(due.cron, { anchor: due.row.nextTime, after: now }));
        try {
          this.#fire(due, now);
        } catch (fault) {
          faults.push(new Error(`Cron "${due.cron.identifier}" waits: ${String(fault)}`, { cause: fault }));
        }
      } else next = Math.min(next, due.row.nextTime);
    }
    if (next !== Infinity) this.#alarm.ringAt(next);
    // The alarm rings again for those that the engine could not run: their rows are as they were.
    if (faults.length > 0) throw faults.length === 1 ? faults[0] : new AggregateError(faults, faults.join("; "));
  }

  #listAll(): Due[] {
    return this.#context.store.read((tx) =>
      [...this.#context.app().components.values()].flatMap((component) =>
        component.crons.flatMap((cron) => {
          const row = loadRow(tx, component, cron.identifier);
          return row === null ? [] : [{ component, cron, row }];
        }),
      ),
    );
  }

  #fire(due: Due, now: number): void {
    const { cron, component, row } = due;
    const target = { component, path: parseFunctionPath(cron.name) };
    const advance = (tx: Transaction) =>
      tx.replace(tx.ensureTable(component.path, "_crons"), row._id, {
        ...row,
        lastTime: row.nextTime,
        nextTime: nextRun(cron, { anchor: row.nextTime, after: now }),
      });
    if (component.functions.get(target.path)?.kind === "action") {
      this.#context.store.write(advance);
      if (!this.#running.has(row._id)) void this.#act(target, due);
      return;
    }
    try {
      this.#calls.mutate(input(this.#context, target, cron), { before: advance });
    } catch (error) {
      if (!(error instanceof ExecutionError || error instanceof DeveloperError)) throw error;
      this.#context.store.write(advance);
    }
  }

  async #act(target: Target, due: Due): Promise<void> {
    this.#running.add(due.row._id);
    try {
      await this.#calls.act(input(this.#context, target, due.cron));
    } catch (error) {
      // How a function failed is told where its execution is noted.
      if (ownFailure(error) === null) this.#context.reportFault(error);
    } finally {
      this.#running.delete(due.row._id);
    }
  }
}

/** Throws a `DeveloperError` for a schedule that will not run, before anything of the app is served. */
export function checkCrons(app: App, now: number): void {
  for (const { crons } of app.components.values()) {
    for (const cron of crons) nextRun(cron, { anchor: now, after: now });
  }
}

function input(context: EngineContext, target: Target, cron: CronJson) {
  const logs = context.openLog(target.path);
  return {
    target,
    args: cron.args[0] ?? {},
    identity: null,
    publicOnly: false,
    request: newRequest(),
    logs,
    job: null,
  };
}

function syncRows(tx: Transaction, component: Component, now: number): void {
  const table = tx.ensureTable(component.path, "_crons");
  const wanted = new Set(component.crons.map((cron) => cron.identifier));
  for (const row of Array.from(scanIndex(tx, component.path, { index: "_crons.by_identifier", range: [] }))) {
    if (!wanted.has(requireString(row, "identifier"))) tx.remove(table, requireString(row, "_id"));
  }
  for (const cron of component.crons) {
    const row = loadRow(tx, component, cron.identifier);
    const schedule = JSON.stringify(cron.schedule);
    if (row?.schedule === schedule) continue;
    if (row !== null) tx.remove(table, row._id);
    const lastTime = row?.lastTime ?? null;
    const nextTime = firstRun(cron, { last: lastTime, now });
    tx.insert(table, { identifier: cron.identifier, schedule, lastTime, nextTime });
  }
}

function loadRow(tx: Transaction, component: Component, identifier: string): CronRow | null {
  const [row] = take(
    scanIndex(tx, component.path, {
      index: "_crons.by_identifier",
      range: [{ type: "Eq", fieldPath: "identifier", value: identifier }],
    }),
    1,
  );
  return row === undefined ? null : parseRow(row);
}

function parseRow(row: JsonObject): CronRow {
  const { lastTime, schedule } = row;
  return {
    ...row,
    _id: requireString(row, "_id"),
    identifier: requireString(row, "identifier"),
    // A file that an earlier version wrote has neither: the cron then starts anew.
    schedule: typeof schedule === "string" ? schedule : "",
    lastTime: typeof lastTime === "number" ? lastTime : null,
    nextTime: requireNumber(row, "nextTime"),
  };
}
