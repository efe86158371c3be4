import { bytesOf } from "./columns.ts";
import type { Connection } from "./connection.ts";

/** Bytes of stored files, by the id of their `_storage` document. */
export class Files {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  put(id: string, bytes: Uint8Array): void {
    this.#connection.run("INSERT OR REPLACE INTO files(id, bytes) VALUES (?, ?)", id, bytes);
  }

  get(id: string): Uint8Array | null {
    const row = this.#connection.get("SELECT bytes FROM files WHERE id = ?", id);
    return row === undefined ? null : bytesOf(row["bytes"]);
  }

  remove(id: string): void {
    this.#connection.run("DELETE FROM files WHERE id = ?", id);
  }
}
