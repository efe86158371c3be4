import { DeveloperError } from "../errors.ts";
import { ReadLimitError } from "../store/limit-messages.ts";
import type { Row } from "../store/range-cursor.ts";
import type { Transaction } from "../store/transaction.ts";
import type { ComponentPath, Json, JsonObject } from "../types.ts";
import { MAX_PAGE_SIZE, SPLIT_PAGE_LENGTH, TRANSACTION_LIMITS } from "../values/limits.ts";
import { type Position, decodeCursor, encodeCursor, fingerprintOf } from "./cursors.ts";
import { DocumentStream } from "./document-stream.ts";
import { type Query, parseQuery } from "./query-json.ts";
import { planSource } from "./query.ts";
import type { RowSource } from "./rows.ts";

export type PageRequest = {
  query: Query;
  cursor: string | null;
  endCursor: string | null;
  pageSize: number;
  maximumRowsRead: number | null;
  maximumBytesRead: number | null;
};

/** `page` holds documents as JSON text. */
export type Page = {
  page: string[];
  isDone: boolean;
  continueCursor: string;
  splitCursor: string | null;
  pageStatus: null | "SplitRecommended" | "SplitRequired";
};

type PageOpening = { tx: Transaction; component: ComponentPath; request: PageRequest };

/** Reads the arguments of a page; throws production's message when they ask for what no page can give. */
export function parsePageRequest(args: JsonObject): PageRequest {
  const pageSize = countOf(args["pageSize"]) ?? 0;
  const maximumRowsRead = countOf(args["maximumRowsRead"]);
  const maximumBytesRead = countOf(args["maximumBytesRead"]);
  if (pageSize < 1) throw new DeveloperError("Must request at least 1 document while paginating");
  if (pageSize > MAX_PAGE_SIZE) throw new DeveloperError(`Requested too many items: ${pageSize}`);
  if (maximumRowsRead === 0 || maximumBytesRead === 0) {
    throw new DeveloperError("maximumRowsRead and maximumBytesRead must be greater than 0");
  }
  const query = parseQuery(args["query"]);
  return {
    query,
    cursor: textOf(args["cursor"]),
    endCursor: textOf(args["endCursor"]),
    pageSize,
    maximumRowsRead,
    maximumBytesRead,
  };
}

/**
 * Reads one page. Without an end cursor it ends after `pageSize` documents, or where a limit is met; with one it ends there, whatever came
 * or went in between. It is done only when the end of the query was seen.
 */
export function readPage({ tx, component, request }: PageOpening): Page {
  const { query, pageSize } = request;
  const planned = planSource({ tx, component, source: query.source, batch: pageSize });
  const fingerprint = fingerprintOf(query, planned.fields);
  const after = request.cursor === null ? null : decodeCursor(fingerprint, request.cursor);
  const until = request.endCursor === null ? null : decodeCursor(fingerprint, request.endCursor);
  const isSearch = query.source.type === "Search";
  const source = new PageSource(planned.open({ after, until }), isSearch || until !== null ? UNLIMITED : request);
  const stream = new DocumentStream(source, query.operators);
  const { page, isCut } = collect(stream, until === null ? pageSize : Number.POSITIVE_INFINITY, source);
  stream.close();
  const position = until ?? source.position ?? after ?? "end";
  // Half a search costs as much as all of it.
  const split = isSearch ? null : source.middle;
  return {
    page,
    isDone: position === "end",
    continueCursor: encodeCursor(fingerprint, position),
    splitCursor: split === null ? null : encodeCursor(fingerprint, split),
    pageStatus: statusOf({ isCut, length: page.length, isHeavy: !isSearch && source.isHeavy(request) }),
  };
}

type Budget = Pick<PageRequest, "maximumRowsRead" | "maximumBytesRead">;

const UNLIMITED: Budget = { maximumRowsRead: null, maximumBytesRead: null };

/** A page ends early at a read limit, but only if it got anywhere: the next one would fail the same way. */
function collect(stream: DocumentStream, size: number, source: PageSource): { page: string[]; isCut: boolean } {
  const page: string[] = [];
  try {
    while (page.length < size) {
      const json = stream.next();
      if (json === null) break;
      page.push(json);
    }
  } catch (error) {
    if (!(error instanceof ReadLimitError) || source.position === null) throw error;
    return { page, isCut: true };
  }
  return { page, isCut: false };
}

function statusOf(seen: { isCut: boolean; length: number; isHeavy: boolean }): Page["pageStatus"] {
  if (seen.isCut) return "SplitRequired";
  return seen.isHeavy || seen.length > SPLIT_PAGE_LENGTH ? "SplitRecommended" : null;
}

/**
 * The rows of a page before filters, with what the page must know of them.
 * Invariant: `position` is that of the last row given, or the end once that was seen.
 */
class PageSource implements RowSource {
  readonly #rows: RowSource;
  readonly #budget: Budget;
  readonly #keys: Buffer[] = [];
  #bytes = 0;
  #ended = false;

  constructor(rows: RowSource, budget: Budget) {
    this.#rows = rows;
    this.#budget = budget;
  }

  next(): Row | null {
    const { maximumRowsRead, maximumBytesRead } = this.#budget;
    if (maximumBytesRead !== null && this.#bytes >= maximumBytesRead) {
      throw new ReadLimitError(`Query scanned too much data (fetched ${this.#bytes} bytes).`);
    }
    if (maximumRowsRead !== null && this.#keys.length >= maximumRowsRead) {
      throw new ReadLimitError(`Query scanned too many documents (fetched ${this.#keys.length}).`);
    }
    const row = this.#rows.next();
    if (row === null) this.#ended = true;
    else {
      this.#keys.push(row.key);
      this.#bytes += row.size;
    }
    return row;
  }

  close(): void {
    this.#rows.close();
  }

  get position(): Position | null {
    if (this.#ended) return "end";
    const last = this.#keys.at(-1);
    return last === undefined ? null : { after: last };
  }

  /** Where to cut the page in two; null when it has too few rows. */
  get middle(): Position | null {
    const key = this.#keys.length > 2 ? this.#keys[Math.floor(this.#keys.length / 2)] : undefined;
    return key === undefined ? null : { after: key };
  }

  /** True beyond three quarters of what the page may read. */
  isHeavy({ maximumRowsRead, maximumBytesRead }: Budget): boolean {
    const { documentsRead, bytesRead } = TRANSACTION_LIMITS;
    const rows = Math.min(maximumRowsRead ?? documentsRead, documentsRead);
    const bytes = Math.min(maximumBytesRead ?? bytesRead, bytesRead);
    return this.#keys.length > Math.floor((rows * 3) / 4) || this.#bytes > Math.floor((bytes * 3) / 4);
  }
}

function countOf(json: Json | undefined): number | null {
  return typeof json === "number" && Number.isInteger(json) && json >= 0 ? json : null;
}

function textOf(json: Json | undefined): string | null {
  return typeof json === "string" ? json : null;
}
