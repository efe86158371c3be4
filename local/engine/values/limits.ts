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
/** Levels of arrays and objects in the arguments of a call. */
export const MAX_VALUE_NESTING = 64;
/** Fields of one object. */
export const MAX_OBJECT_FIELDS = 1024;
/** Elements of one array. */
export const MAX_ARRAY_LENGTH = 8192;
/** Characters of a field's name. */
export const MAX_FIELD_NAME_LENGTH = 1024;

// ---- One schema ----

/** Characters of a table's or an index's name. */
export const MAX_IDENTIFIER_LENGTH = 64;
/** Indexes of one table, of all kinds together. */
export const MAX_INDEXES_PER_TABLE = 64;
/** Fields of one index, without the two that the engine appends. */
export const MAX_INDEX_FIELDS = 16;
/** Filter fields of one search index. */
export const MAX_SEARCH_FILTER_FIELDS = 16;

// ---- One transaction ----

/** Documents read. */
export const MAX_DOCUMENTS_READ = 32_000;
/** Bytes of the documents read. */
export const MAX_BYTES_READ = 16 * MIB;
/** Index ranges read, overlapping ones counted once. */
export const MAX_RANGES_READ = 4_096;
/** Documents written; each write counts. */
export const MAX_DOCUMENTS_WRITTEN = 16_000;
/** Bytes of the documents written. */
export const MAX_BYTES_WRITTEN = 16 * MIB;
/** Functions scheduled. */
export const MAX_SCHEDULED = 1_000;
/** Bytes of the arguments of the functions scheduled. */
export const MAX_SCHEDULED_BYTES = 16 * MIB;

// ---- One query ----

/** Documents that one page may ask for. */
export const MAX_PAGE_SIZE = 32_000;
/** Results beyond which a page should be split: three quarters of what one array can hold. */
export const SPLIT_PAGE_LENGTH = (MAX_ARRAY_LENGTH * 3) / 4;
/** Bytes of a search term; longer ones are never indexed. */
export const MAX_SEARCH_TERM_BYTES = 32;
/** Terms of a search that count. */
export const MAX_SEARCH_TERMS = 16;
/** Equality filters of a search. */
export const MAX_SEARCH_FILTERS = 8;
/** Results that a search may give, best first. */
export const MAX_SEARCH_CANDIDATES = 1_024;
