import { scanIndex } from "../../database/system-rows.ts";
import { DeveloperError } from "../../errors.ts";
import { HttpFailure } from "../../http/answers.ts";
import { asObject } from "../../json.ts";
import type { Store } from "../../store/store.ts";
import type { Transaction } from "../../store/transaction.ts";
import { requireString } from "../../syscalls/arguments.ts";
import type { App, Clock, JsonObject } from "../../types.ts";
import { parseDocument } from "../../values/documents.ts";
import { parsePlainJson } from "../../values/export-json.ts";
import { wrapInt64 } from "../../values/wrapped.ts";
import { openArchive } from "./archive.ts";
import { readArray, readCsv, readLines } from "./lines.ts";
import { loadSource } from "./load-source.ts";
import type { ImportRequest } from "./request.ts";
import type { Source } from "./source.ts";
import { listChanges, renderChanges } from "./summary.ts";
import { Uploads } from "./uploads.ts";

/** Imports lie in the app's own component, whatever they load. */
const APP = "";
const TABLE = "_snapshot_imports";
const INTERRUPTED = "The engine stopped before this import was done. Nothing of it was imported: run it again.";

type Waiting = { id: string; source: Source; request: ImportRequest };

/**
 * Imports from their upload to their end; what becomes of each is a row that can be watched.
 * Invariant: at most one waits to be confirmed, and only that one is kept in memory. Loading is one transaction, with nothing else in between.
 */
export class Imports {
  readonly uploads: Uploads;
  readonly #store: Store;
  readonly #app: () => App;
  #waiting: Waiting | null = null;

  constructor({ store, app, clock }: { store: Store; app: () => App; clock: Clock }) {
    this.#store = store;
    this.#app = app;
    this.uploads = new Uploads(clock);
  }

  /** Reads what came and tells what loading it would change. Gives the import's id: its row says whether it can go on. */
  prepare(request: ImportRequest, bytes: Buffer): string {
    if (this.#waiting !== null) this.cancel(this.#waiting.id);
    const { mode, format } = request;
    const id = this.#insert({ state: { state: "uploaded" }, mode, format: { format } });
    this.#settle(id, () => {
      const source = this.#open(request, bytes);
      const changes = listChanges(this.#store, source, mode);
      this.#keep(id, {
        state: "waiting_for_confirmation",
        message_to_confirm: renderChanges(changes),
        require_manual_confirmation: changes.some(({ deleted }) => deleted > 0),
      });
      this.#waiting = { id, source, request };
    });
    return id;
  }

  /** Loads what waits: all of it or, when the row says that it failed, nothing. */
  perform(id: string): void {
    const { source, request } = this.#take(id);
    this.#settle(id, () => {
      const into = { app: this.#app(), mode: request.mode };
      this.#store.load((load) => {
        const documents = loadSource(load, source, into);
        const state = { state: "completed", num_rows_written: wrapInt64(BigInt(documents)) };
        load.write((tx) => setState(tx, id, state));
      });
    });
  }

  /** Says of those that another life of the engine left open that they failed: what was to be loaded went with it. */
  failInterrupted(): void {
    const open = this.#store.read((tx) => (tx.table(APP, TABLE) === null ? [] : [...openImports(tx)]));
    for (const id of open) this.#keep(id, { state: "failed", error_message: INTERRUPTED });
  }

  cancel(id: string): void {
    this.#take(id);
    this.#keep(id, { state: "failed", error_message: "Import canceled" });
  }

  #take(id: string): Waiting {
    const waiting = this.#waiting;
    if (waiting?.id !== id) throw new HttpFailure(404, "ImportNotFound", `import ${id} not found, or over already`);
    this.#waiting = null;
    return waiting;
  }

  #open(request: ImportRequest, bytes: Buffer): Source {
    const { component } = request;
    if (request.format === "zip") return openArchive(bytes, component);
    const { format, table } = request;
    const optional = this.#optionalFields(component, table);
    const rows = {
      jsonLines: () => readLines(bytes, parsePlainJson),
      jsonArray: () => readArray(bytes),
      csv: () => readCsv(bytes, optional),
    }[format];
    return { numbers: [], tables: [{ component, name: table, rows }], files: [] };
  }

  /** Those that the schema lets be missing; what a union says of them is not looked at. */
  #optionalFields(component: string, name: string): Set<string> {
    const validator = this.#store.read((tx) => tx.table(component, name)?.validator);
    const fields = Object.entries(asObject(asObject(validator)?.["value"]) ?? {});
    return new Set(fields.flatMap(([field, declared]) => (asObject(declared)?.["optional"] === true ? [field] : [])));
  }

  /** Keeps that it failed, when `body` throws a `DeveloperError`. */
  #settle(id: string, body: () => void): void {
    try {
      body();
    } catch (error) {
      if (!(error instanceof DeveloperError)) throw error;
      this.#keep(id, { state: "failed", error_message: `Hit an error while importing:\n${error.message}` });
    }
  }

  #insert(row: JsonObject): string {
    return this.#store.write((tx) => tx.insert(tx.ensureTable(APP, TABLE), row)).value;
  }

  #keep(id: string, state: JsonObject): void {
    this.#store.write((tx) => setState(tx, id, state));
  }
}

function setState(tx: Transaction, id: string, state: JsonObject): void {
  const table = tx.ensureTable(APP, TABLE);
  const { _id, _creationTime, ...row } = parseDocument(tx.get(table, id) ?? "{}");
  tx.replace(table, id, { ...row, state });
}

/** The ids of those that are neither done nor failed. */
function* openImports(tx: Transaction): Generator<string> {
  for (const row of scanIndex(tx, APP, { index: `${TABLE}.by_creation_time`, range: [] })) {
    const state = asObject(row["state"])?.["state"];
    if (state !== "completed" && state !== "failed") yield requireString(row, "_id");
  }
}

/** The row of an import; null when there is none. */
export function findImport(tx: Transaction, id: string): string | null {
  const table = tx.table(APP, TABLE);
  return table === null ? null : tx.get(table, id);
}
