/**
 * What production allows, with its units. Sources: docs.convex.dev/production/state/limits and, for the numbers that the page rounds,
 * the open-source backend (crates/common/src/knobs.rs, document.rs; crates/value/src).
 */

const MIB = 1024 * 1024;

// ---- One value ----

/** Bytes of a document, system fields included. */
export const MAX_DOCUMENT_BYTES = MIB;
/** Levels of arrays and objects in a document; the document itself is the first. */
export const MAX_DOCUMENT_NESTING = 16;
/** Levels of arrays and objects in any value: a result, a value that is written, arguments in the list that holds them. */
export const MAX_VALUE_NESTING = 64;
/** Fields of one object. */
export const MAX_OBJECT_FIELDS = 1024;
/** Elements of one array. */
export const MAX_ARRAY_LENGTH = 8192;
/** Characters of a field's name. */
export const MAX_FIELD_NAME_LENGTH = 1024;

// ---- One call ----

/** Bytes of the arguments, in the list that holds them. */
export const MAX_ARGUMENTS_BYTES = 16 * MIB;
/** Bytes of the arguments of a `"use node"` action. */
export const MAX_NODE_ARGUMENTS_BYTES = 5 * MIB;
/** Bytes of what a function returns. */
export const MAX_RESULT_BYTES = 16 * MIB;
/** How long the own code of a query or mutation may run. */
export const MAX_OWN_MS = 1_000;

// ---- One schema ----

/** Characters of a table's or an index's name. */
export const MAX_IDENTIFIER_LENGTH = 64;
/** Indexes of one table, of all kinds together. */
export const MAX_INDEXES_PER_TABLE = 64;
/** Fields of one index, without the two that the engine appends. */
export const MAX_INDEX_FIELDS = 16;
/** Filter fields of one search or vector index. */
export const MAX_FILTER_FIELDS = 16;
/** Numbers in the vectors of one vector index. */
export const MIN_VECTOR_DIMENSIONS = 2;
export const MAX_VECTOR_DIMENSIONS = 4_096;

// ---- One transaction, by the names that the client library gives them ----

export const TRANSACTION_LIMITS = {
  /** Bytes of the documents read. */
  bytesRead: 16 * MIB,
  /** Bytes of the documents written. */
  bytesWritten: 16 * MIB,
  /** Index ranges read, touching ones counted once. */
  databaseQueries: 4_096,
  documentsRead: 32_000,
  /** Each write counts, of the same document too. */
  documentsWritten: 16_000,
  functionsScheduled: 1_000,
  /** Bytes of the arguments of the functions scheduled. */
  scheduledFunctionArgsBytes: 16 * MIB,
  /** Files that a mutation stores. */
  filesWritten: 10,
  fileWriteBytes: 16 * MIB,
  /** Files whose bytes a mutation reads. */
  filesRead: 10,
  fileReadBytes: 16 * MIB,
} as const;

/** Bytes of the arguments of one scheduled function beyond which production warns; it refuses only the sum. */
export const LARGE_SCHEDULED_ARGS_BYTES = 4 * MIB;

// ---- One query ----

/** Documents that one page may ask for. */
export const MAX_PAGE_SIZE = 32_000;
/** Results beyond which a page should be split: three quarters of what one array can hold. */
export const SPLIT_PAGE_LENGTH = (MAX_ARRAY_LENGTH * 3) / 4;
/** Bytes of a search term; longer ones are never indexed. */
export const MAX_SEARCH_TERM_BYTES = 31;
/** Terms of a search that count. */
export const MAX_SEARCH_TERMS = 16;
/** Terms that a search looks up, those that its last one begins and those of its filters included. */
export const MAX_SEARCH_LOOKUPS = 64;
/** Equality filters of a search. */
export const MAX_SEARCH_FILTERS = 8;
/** Results that a search may give, best first. */
export const MAX_SEARCH_CANDIDATES = 1_024;
/** Results of a vector search that does not say how many it wants, and the most that it can have. */
export const DEFAULT_VECTOR_RESULTS = 10;
export const MAX_VECTOR_RESULTS = 256;
/** Equality conditions of a vector search. */
export const MAX_VECTOR_FILTERS = 64;
