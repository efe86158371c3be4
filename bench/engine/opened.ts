/** Engines without doors, in this process, on files that hold some notes already. */
import { rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { loadApp } from "../../local/engine/bundle/load-app.ts";
import { openEngine, type OpenOptions } from "../../local/engine/open.ts";
import { schemasOf } from "../../local/engine/served-app.ts";
import { Store } from "../../local/engine/store/store.ts";
import type { JsonObject } from "../../local/engine/types.ts";
import { keyOf, NOTE_TEXT } from "./notes.ts";

export const DIRECTORY = join(".local", "bench", "engine");
const FUNCTIONS = resolve("bench/engine/convex");
/** Fewer than one transaction may write, in notes and in bytes. */
const NOTES_PER_TRANSACTION = 10_000;

export type OpenedEngine = {
  mutate(path: string, args: JsonObject): void;
  query(path: string, args: JsonObject): void;
  close(): void;
};

export async function openFilled(name: string, notes: number): Promise<OpenedEngine> {
  const file = freshFile(name);
  await fill(file, notes);
  const open = await openEngine(optionsFor(file), { cloud: "", site: "" });
  const callOf = (path: string, args: JsonObject) => ({ component: "", path, args, identity: null, publicOnly: true });
  return {
    mutate: (path, args) => requireOk(open.engine.runMutation(callOf(path, args))),
    query: (path, args) => requireOk(open.engine.runQuery(callOf(path, args))),
    close: () => open.close(),
  };
}

/** Options of an engine that serves the measured functions. */
export function optionsFor(file: string): OpenOptions {
  return {
    directory: FUNCTIONS,
    file,
    adminKey: "bench",
    environment: () => undefined,
    redactErrors: true,
    reportFault: (fault) => console.error(fault),
  };
}

/** A path for a new SQLite file: what a run before left there goes. */
export function freshFile(name: string): string {
  const file = join(DIRECTORY, `${name}.sqlite`);
  for (const ending of ["", "-wal", "-shm"]) rmSync(`${file}${ending}`, { force: true });
  return file;
}

/** By the engine's store and its checks, but without running a function for every note, which would take minutes for a million. */
export async function fill(file: string, notes: number): Promise<void> {
  const clock = { now: Date.now };
  const app = await loadApp({ directory: FUNCTIONS, environment: () => undefined, outside: clock });
  const store = new Store({ file, clock, synchronous: "OFF" });
  try {
    store.pushSchemas(schemasOf(app));
    for (let from = 0; from < notes; from += NOTES_PER_TRANSACTION) {
      store.write((tx) => {
        const table = tx.ensureTable("", "notes");
        for (let n = from; n < Math.min(notes, from + NOTES_PER_TRANSACTION); n++) {
          tx.insert(table, { key: keyOf(n, notes), version: 1, text: NOTE_TEXT });
        }
      });
    }
  } finally {
    store.close();
  }
}

function requireOk(result: { ok: true } | { ok: false; errorMessage: string }): void {
  if (!result.ok) throw new Error(result.errorMessage);
}
