import { scanIndex } from "../database/system-rows.ts";
import { DeveloperError } from "../errors.ts";
import type { Store } from "../store/store.ts";
import type { Transaction } from "../store/transaction.ts";
import { requireString } from "../syscalls/arguments.ts";
import type { JsonObject } from "../types.ts";

export type Variable = { name: string; value: string };

/** `value` is null where the variable is to go. */
export type VariableChange = { name: string; value: string | null };

const TABLE = "_environment_variables";
/** The component that is the app itself: deployments have variables, components are given theirs. */
const APP = "";

/**
 * The deployment's environment variables: those that the engine was started with, and over them what was set or taken
 * away since, which is kept in the store.
 * Invariant: what is in memory is what the store says, but while `change` applies it.
 */
export class Variables {
  readonly #given: (name: string) => string | undefined;
  readonly #givenNames: readonly string[];
  #changed = new Map<string, string | null>();

  /** `givenNames` are what `given` answers to, for listing alone. */
  constructor(options: { given: (name: string) => string | undefined; givenNames: readonly string[] }) {
    this.#given = options.given;
    this.#givenNames = options.givenNames;
  }

  /** Takes over what an earlier run kept in the store. */
  load(store: Store): void {
    this.#changed = store.read(readChanges);
  }

  get(name: string): string | undefined {
    return this.#find(this.#changed, name);
  }

  /** Of those that are set, and of some that were taken away. */
  names(): readonly string[] {
    return [...new Set([...this.#givenNames, ...this.#changed.keys()])];
  }

  /** All of them by name. Whoever reads them here is told when one changes. */
  list(tx: Transaction): Variable[] {
    const changed = readChanges(tx);
    const names = new Set([...this.#givenNames, ...changed.keys()]);
    return [...names].toSorted().flatMap((name) => {
      const value = this.#find(changed, name);
      return value === undefined ? [] : [{ name, value }];
    });
  }

  /**
   * Sets and takes away, tells `apply` that they changed, and keeps it: only what the app was loaded with is kept, or it might
   * not start again. When anything of that fails, nothing has happened, and the reason goes on.
   */
  async change(store: Store, changes: readonly VariableChange[], apply: () => Promise<void>): Promise<void> {
    const before = this.#changed;
    const after = new Map(before);
    for (const { name, value } of changes) after.set(name, value);
    this.#changed = after;
    try {
      await apply();
    } catch (error) {
      this.#changed = before;
      throw error;
    }
    try {
      store.write((tx) => writeChanges(tx, after));
    } catch (error) {
      this.#changed = before;
      await apply();
      throw error;
    }
  }

  #find(changed: ReadonlyMap<string, string | null>, name: string): string | undefined {
    const value = changed.get(name);
    return value === undefined ? this.#given(name) : (value ?? undefined);
  }
}

function readChanges(tx: Transaction): Map<string, string | null> {
  return new Map(listRows(tx).map((row) => [requireString(row, "name"), textOrNull(row)]));
}

function writeChanges(tx: Transaction, changed: ReadonlyMap<string, string | null>): void {
  const table = tx.ensureTable(APP, TABLE);
  for (const row of listRows(tx)) tx.remove(table, requireString(row, "_id"));
  for (const [name, value] of changed) tx.insert(table, { name, value });
}

function listRows(tx: Transaction): JsonObject[] {
  if (tx.table(APP, TABLE) === null) return [];
  return [...scanIndex(tx, APP, { index: `${TABLE}.by_name`, range: [] })];
}

function textOrNull({ value }: JsonObject): string | null {
  if (typeof value === "string" || value === null) return value;
  throw new DeveloperError("The store holds an environment variable that is no text.");
}
