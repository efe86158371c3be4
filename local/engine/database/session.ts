import { DeveloperError } from "../errors.ts";
import { isPrivateTable } from "../store/system-tables.ts";
import type { Transaction } from "../store/transaction.ts";
import type { ComponentPath, JsonObject } from "../types.ts";
import { type Place, tableOfId, textArgument } from "./arguments.ts";
import type { DocumentStream } from "./document-stream.ts";
import { insertDocument, patchDocument, removeDocument, replaceDocument } from "./document-writes.ts";
import { parsePageRequest, readPage } from "./pages.ts";
import { parseQuery } from "./query-json.ts";
import { openQuery } from "./query.ts";

/** `previous` is the end cursor that the client sent back; `next` is set by the function's one `paginate()`. */
export type Journal = { previous: string | null; next: string | null };

export type SessionOptions = { tx: Transaction; component: ComponentPath; writable: boolean; journal: Journal };

/** The component that is the app itself. */
const APP: ComponentPath = "";

const DONE = '{"value":null,"done":true}';

/**
 * The database as one execution of a function sees it. Answers are JSON text; mistakes of the function are thrown as `DeveloperError`.
 * Invariant: it owns the streams that the function opened; closing it closes those that the function forgot.
 */
export class DatabaseSession {
  readonly #place: Place;
  readonly #writable: boolean;
  readonly #journal: Journal;
  readonly #streams = new Map<number, DocumentStream>();
  #lastStream = 0;

  constructor({ tx, component, writable, journal }: SessionOptions) {
    if (writable && !tx.writable) throw new Error("a session cannot write in a transaction that only reads");
    this.#place = { tx, component };
    this.#writable = writable;
    this.#journal = journal;
  }

  /** Undefined when the operation is none of the database's. */
  syscall(operation: string, args: JsonObject): string | undefined {
    switch (operation) {
      case "1.0/queryStream":
        return this.#openStream(args);
      case "1.0/queryCleanup":
        return JSON.stringify(this.#closeStream(args));
      case "1.0/db/normalizeId":
        return this.#normalizeId(args);
      default:
        return undefined;
    }
  }

  /** Undefined when the operation is none of the database's. */
  asyncSyscall(operation: string, args: JsonObject): string | undefined {
    switch (operation) {
      case "1.0/queryStreamNext":
        return this.#nextOfStream(args);
      case "1.0/queryPage":
        return this.#readPage(args);
      case "1.0/get":
        return this.#get(args);
      case "1.0/count":
        return this.#count(args);
      case "1.0/insert":
        return insertDocument(this.#writablePlace(), args);
      case "1.0/shallowMerge":
        return patchDocument(this.#writablePlace(), args);
      case "1.0/replace":
        return replaceDocument(this.#writablePlace(), args);
      case "1.0/remove":
        return removeDocument(this.#writablePlace(), args);
      default:
        return undefined;
    }
  }

  /** Call when the function has ended. */
  close(): void {
    for (const stream of this.#streams.values()) stream.close();
    this.#streams.clear();
  }

  #openStream(args: JsonObject): string {
    const stream = openQuery({ ...this.#place, query: parseQuery(args["query"]) });
    this.#streams.set(++this.#lastStream, stream);
    return JSON.stringify({ queryId: this.#lastStream });
  }

  #nextOfStream(args: JsonObject): string {
    const stream = this.#streams.get(Number(args["queryId"]));
    if (stream === undefined) throw new DeveloperError("in-progress query not found");
    const json = stream.next();
    // Documents travel as text: reading them here would cost more than finding them.
    if (json !== null) return `{"value":${json},"done":false}`;
    this.#closeStream(args);
    return DONE;
  }

  #closeStream(args: JsonObject): boolean {
    const id = Number(args["queryId"]);
    this.#streams.get(id)?.close();
    return this.#streams.delete(id);
  }

  #readPage(args: JsonObject): string {
    if (this.#place.component !== APP) {
      throw new DeveloperError(
        "paginate() is only supported in the app. Learn more at https://docs.convex.dev/components/authoring#pagination",
      );
    }
    const request = parsePageRequest(args);
    const endCursor = request.endCursor ?? this.#journal.previous;
    const { page, ...rest } = readPage({ ...this.#place, request: { ...request, endCursor } });
    if (this.#journal.next !== null) {
      throw new DeveloperError(
        "This query or mutation function ran multiple paginated queries. Convex only supports a single paginated query in each function.",
      );
    }
    this.#journal.next = rest.continueCursor;
    return `{"page":[${page.join()}],${JSON.stringify(rest).slice(1)}`;
  }

  #get(args: JsonObject): string {
    const table = tableOfId("db.get", this.#place, args);
    if (table === null) return "null";
    return this.#place.tx.get(table, textArgument("db.get", args, "id")) ?? "null";
  }

  #count(args: JsonObject): string {
    const { tx, component } = this.#place;
    const name = textArgument("db.count", args, "table");
    const table = isPrivateTable(name) ? null : tx.table(component, name);
    return String(table === null ? 0 : tx.count(table));
  }

  #normalizeId(args: JsonObject): string {
    const { tx, component } = this.#place;
    const id = textArgument("db.normalizeId", args, "idString");
    const name = tx.tableNameOf(component, id);
    const isOfTable = name !== null && name === args["table"] && !isPrivateTable(name);
    return JSON.stringify({ id: isOfTable ? id : null });
  }

  #writablePlace(): Place {
    if (!this.#writable) throw new DeveloperError("A query cannot write to the database.");
    return this.#place;
  }
}
