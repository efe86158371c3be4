import { DeveloperError } from "../errors.ts";
import type { VectorIndex } from "../store/catalog.ts";
import { filterTerm, filterValue } from "../store/filter-values.ts";
import { isPrivateTable } from "../store/system-tables.ts";
import type { VectorQuery } from "../store/vector-rows.ts";
import { vectorOf } from "../store/vectors.ts";
import type { Json, JsonObject } from "../types.ts";
import { valueOf } from "../values/encoding.ts";
import { DEFAULT_VECTOR_RESULTS, MAX_VECTOR_FILTERS, MAX_VECTOR_RESULTS } from "../values/limits.ts";
import type { Place } from "./arguments.ts";
import { arrayOf, malformed, objectOf, textOf } from "./query-json.ts";
import { noSuchIndex, requireEnabled, splitName } from "./query.ts";

/** A vector search as the client library serializes it, read but not yet checked against its index. */
export type VectorRequest = { indexName: string; vector: Json[]; limit: number; expressions: Json };

type Equality = VectorQuery["filters"][number];

/** Answers a vector search with the ids and scores of what it finds, best first, as JSON text. Throws production's messages. */
export function searchVectors({ tx, component }: Place, args: JsonObject): string {
  const request = parseRequest(args["query"]);
  const { indexName } = request;
  const { table, index } = splitName(indexName);
  const found = isPrivateTable(table) ? null : tx.table(component, table);
  const known = found?.vectorIndexes.get(index);
  requireEnabled(found, index);
  if (known === undefined) throw noSuchIndex(found, index, { indexName, kind: "vector" });
  const hits = tx.searchVectors(known, compileVectorSearch(known, request));
  return JSON.stringify({ results: hits.map(({ id, score }) => ({ _id: id, _score: score })) });
}

/** Checks a vector search against its index. */
export function compileVectorSearch(index: VectorIndex, request: VectorRequest): VectorQuery {
  const { indexName, limit, expressions } = request;
  if (limit > MAX_VECTOR_RESULTS) {
    throw new DeveloperError(`Vector queries can fetch at most ${MAX_VECTOR_RESULTS} results, requested ${limit}.`);
  }
  const filters = expressions === null ? [] : equalitiesOf(expressions);
  const foreign = filters.find(({ field }) => !index.filterFields.includes(field));
  if (foreign !== undefined) {
    throw new DeveloperError(
      `Vector query against ${indexName} contains a filter on "${foreign.field}" but that field isn't indexed for filtering in \`filterFields\`.`,
    );
  }
  const conditions = new Set(filters.map(({ field, value }) => filterTerm(field, filterValue(value)))).size;
  if (conditions > MAX_VECTOR_FILTERS) {
    throw new DeveloperError(
      `Vector query against ${indexName} has too many conditions. Max: ${MAX_VECTOR_FILTERS} Actual: ${conditions}`,
    );
  }
  return { vector: requireVector(request.vector, index.dimensions), limit, filters };
}

/** `q.eq` and `q.or` over it say together: any of these. */
function equalitiesOf(expression: Json): Equality[] {
  const [[operator, operand] = []] = Object.entries(objectOf(expression));
  if (operator === "$or") return arrayOf(operand).flatMap(equalitiesOf);
  if (operator !== "$eq") throw new DeveloperError("Filters should be a combination of `q.eq` and `q.or`.");
  const [left, right] = arrayOf(operand).map(objectOf);
  const field = left?.["$field"];
  if (typeof field !== "string" || right === undefined || !("$literal" in right)) {
    throw new DeveloperError("`q.eq` must take a field path as its first argument and a value as its second");
  }
  return [{ field, value: valueOf(right["$literal"]) }];
}

function requireVector(vector: Json[], dimensions: number): Float32Array {
  if (vector.length !== dimensions) {
    throw new DeveloperError(`Expected a vector with dimensions ${dimensions}, received ${vector.length}.`);
  }
  const numbers = vectorOf(vector, dimensions);
  if (numbers === null) throw malformed();
  return numbers;
}

function parseRequest(json: Json | undefined): VectorRequest {
  const { indexName, vector, limit, expressions } = objectOf(json);
  return {
    indexName: textOf(indexName),
    vector: arrayOf(vector),
    limit: parseLimit(limit),
    expressions: expressions ?? null,
  };
}

function parseLimit(limit: Json | undefined): number {
  if (limit === undefined || limit === null) return DEFAULT_VECTOR_RESULTS;
  if (typeof limit !== "number" || !Number.isInteger(limit) || limit < 0) throw malformed();
  return limit;
}
