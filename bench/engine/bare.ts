import { randomUUID } from "node:crypto";
import { DatabaseSync } from "node:sqlite";
import { numberOf, textOf } from "../../local/engine/store/columns.ts";
import { NOTE_TEXT, keyOf } from "./notes.ts";

type Note = { key: string; version: number; text: string };

/**
 * The simple mutation as one would write it for SQLite and nothing else: no functions, no validators, no read set. As durable as the
 * engine, with as many indexes, and documents as JSON.
 */
export class BareNotes {
  readonly #database: DatabaseSync;
  readonly #statements;

  constructor(file: string, { notes }: { notes: number }) {
    const database = new DatabaseSync(file);
    database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -4096;
      PRAGMA wal_autocheckpoint = 4000;
      CREATE TABLE notes(row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, created REAL NOT NULL, key TEXT NOT NULL, json TEXT NOT NULL);
      CREATE INDEX by_created ON notes(created, id);
      CREATE INDEX by_key ON notes(key, created, id);`);
    this.#database = database;
    this.#statements = {
      begin: database.prepare("BEGIN IMMEDIATE"),
      commit: database.prepare("COMMIT"),
      newest: database.prepare("SELECT row, json FROM notes WHERE key = ? ORDER BY created DESC LIMIT 1"),
      insert: database.prepare("INSERT INTO notes(id, created, key, json) VALUES (?, ?, ?, ?)"),
      update: database.prepare("UPDATE notes SET json = ? WHERE row = ?"),
    };
    this.#statements.begin.run();
    for (let n = 0; n < notes; n++) this.#insert({ key: keyOf(n, notes), version: 1, text: NOTE_TEXT });
    this.#statements.commit.run();
  }

  write(key: string, text: string): void {
    const { begin, commit, newest, update } = this.#statements;
    begin.run();
    const found = newest.get(key);
    const note: Note | null = found === undefined ? null : JSON.parse(textOf(found["json"]));
    const version = (note?.version ?? 0) + 1;
    this.#insert({ key, version, text });
    if (found !== undefined) update.run(JSON.stringify({ ...note, version: -version }), numberOf(found["row"]));
    commit.run();
  }

  close(): void {
    this.#database.close();
  }

  #insert(note: Note): void {
    const id = randomUUID();
    const created = Date.now();
    this.#statements.insert.run(id, created, note.key, JSON.stringify({ ...note, _id: id, _creationTime: created }));
  }
}
