import { DeveloperError } from "../errors.ts";
import type { Json } from "../types.ts";
import { displayValue } from "../values/display.ts";
import { encodeKey, prefixEnd, valueOf } from "../values/encoding.ts";
import type { RangeExpression } from "./query-json.ts";

/** `fields` are those of the index with `_creationTime` and `_id`; `name` is `table.index`, for messages. */
export type RangeTarget = { name: string; fields: readonly string[]; range: readonly RangeExpression[] };

/** Keys from `low` up to but not including `high`. */
export type KeyRange = { low: Buffer; high: Buffer };

type Bound = { type: RangeExpression["type"]; value: Json };
/** A range taken apart: equalities on the first fields, then bounds on the next one. */
type Parts = { equalities: Map<string, Json>; boundField: string | null; lower: Bound | null; upper: Bound | null };

const SYMBOLS = { Eq: "==", Gt: ">", Gte: ">=", Lt: "<", Lte: "<=" } as const;

/** The keys that satisfy a range. Throws production's message when the index cannot serve it. */
export function compileRange({ name, fields, range }: RangeTarget): KeyRange {
  const parts = takeApart(name, range);
  checkFields({ name, fields, range }, parts);
  const prefix = fields.slice(0, parts.equalities.size).map((field) => valueOf(parts.equalities.get(field)));
  const key = encodeKey(prefix);
  const boundKey = ({ value }: Bound) => encodeKey([...prefix, valueOf(value)]);
  return { low: lowOf(parts.lower, key, boundKey), high: highOf(parts.upper, key, boundKey) };
}

function lowOf(lower: Bound | null, key: Buffer, boundKey: (bound: Bound) => Buffer): Buffer {
  if (lower === null) return key;
  return lower.type === "Gte" ? boundKey(lower) : prefixEnd(boundKey(lower));
}

function highOf(upper: Bound | null, key: Buffer, boundKey: (bound: Bound) => Buffer): Buffer {
  if (upper === null) return prefixEnd(key);
  return upper.type === "Lt" ? boundKey(upper) : prefixEnd(boundKey(upper));
}

function takeApart(name: string, range: readonly RangeExpression[]): Parts {
  const parts: Parts = { equalities: new Map(), boundField: null, lower: null, upper: null };
  for (const expression of range) {
    if (expression.type === "Eq") addEquality(parts, expression);
    else addBound(name, parts, expression);
  }
  const { boundField, equalities } = parts;
  if (boundField !== null && equalities.has(boundField)) {
    throw alreadyDefined("inequality", {
      type: "Eq",
      fieldPath: boundField,
      value: equalities.get(boundField) ?? null,
    });
  }
  return parts;
}

function addEquality({ equalities }: Parts, expression: RangeExpression): void {
  const { fieldPath, value } = expression;
  if (equalities.has(fieldPath)) {
    throw alreadyDefined("equality", { ...expression, value: equalities.get(fieldPath) ?? null });
  }
  equalities.set(fieldPath, value);
}

function addBound(name: string, parts: Parts, expression: RangeExpression): void {
  const { type, fieldPath, value } = expression;
  const side = type === "Gt" || type === "Gte" ? "lower" : "upper";
  if (parts[side] !== null) throw alreadyDefined(side, expression);
  if (parts.boundField !== null && parts.boundField !== fieldPath) {
    throw new DeveloperError(
      `Upper and lower bounds in \`range\` can only be applied to a single index field. This query against index ${name} attempted to set a range bound on both "${parts.boundField}" and "${fieldPath}". Consider using \`filter\` instead. See https://docs.convex.dev/using/indexes for more info.`,
    );
  }
  parts.boundField = fieldPath;
  parts[side] = { type, value };
}

/** The fields used, equalities first, must be the first fields of the index; equalities may be given in any order. */
function checkFields({ name, fields }: RangeTarget, { equalities, boundField }: Parts): void {
  const used = [...equalities.keys()].toSorted((a, b) => fields.indexOf(a) - fields.indexOf(b));
  if (boundField !== null) used.push(boundField);
  const foreign = used.find((field) => !fields.includes(field));
  if (foreign !== undefined) {
    throw new DeveloperError(
      `The index range included a comparison with "${foreign}", but ${name} with fields ${displayIndexFields(fields)} doesn't index this field. For more information see https://docs.convex.dev/using/indexes.`,
    );
  }
  const wrong = used.find((field, i) => field !== fields[i]);
  if (wrong === undefined) return;
  throw new DeveloperError(
    `Tried to query index ${name} but the query didn't use the index fields in order.\nIndex fields: ${displayIndexFields(fields)}\nQuery fields: ${displayFields(used)}\nFirst incorrect field: "${wrong}"\nFor more information see https://docs.convex.dev/using/indexes.`,
  );
}

/** `_id`, which ends every other index, is not shown. */
function displayIndexFields(fields: readonly string[]): string {
  return displayFields(fields.length === 1 ? fields : fields.filter((field) => field !== "_id"));
}

function displayFields(fields: readonly string[]): string {
  return `[${fields.map((field) => `"${field}"`).join(", ")}]`;
}

function alreadyDefined(bound: string, { type, fieldPath, value }: RangeExpression): DeveloperError {
  return new DeveloperError(
    `Already defined ${bound} bound in index range. Can't add "${fieldPath}" ${SYMBOLS[type]} ${displayValue(valueOf(value))}.`,
  );
}
