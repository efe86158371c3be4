import type { Json, JsonObject } from "../types.ts";
import { displayValue } from "./display.ts";
import { compareValues } from "./encoding.ts";
import { describeLiteral, parseValidator, type ScalarType, type Validator } from "./validator-json.ts";
import { unwrap } from "./wrapped.ts";

/** A value that does not match a validator; the message is production's. */
export class ValidationError extends Error {
  override readonly name = "ValidationError";
}

/** Gives the table that an id belongs to; null when the string is no id of a known table. */
export type TableNameOf = (id: string) => string | null;

/**
 * Throws `ValidationError` unless the value matches. `validator` is the JSON that `exportArgs()`, `exportReturns()` and
 * `schema.export()` give.
 */
export function validate(validator: JsonObject, value: Json, tableNameOf: TableNameOf): void {
  const problem = check(parseValidator(validator), value, { path: "", tableNameOf });
  if (problem !== null) throw new ValidationError(problem());
}

/** Whether a value that holds no id matches. */
export function takes(validator: Validator, value: Json): boolean {
  return check(validator, value, { path: "", tableNameOf: () => null }) === null;
}

/** The validator as its author wrote it: `v.object({name: v.string()})`. */
export function describe(validator: JsonObject): string {
  return parseValidator(validator).text();
}

/** Says what is wrong. Messages are built late, because a union throws those of its members away. */
type Problem = () => string;
type Place = { path: string; tableNameOf: TableNameOf };

function check(validator: Validator, value: Json, place: Place): Problem | null {
  switch (validator.type) {
    case "any":
      return null;
    case "literal":
      return compareValues(validator.value, value) === 0 ? null : () => notLiteral(validator.value, value, place);
    case "id":
      return checkId(validator, value, place);
    case "array":
      return checkArray(validator, value, place);
    case "record":
      return checkRecord(validator, value, place);
    case "object":
      return checkObject(validator, value, place);
    case "union":
      return checkUnion(validator, value, place);
    default:
      return typeMatches(validator.type, value) ? null : mismatch(validator, value, place);
  }
}

function typeMatches(type: ScalarType, value: Json): boolean {
  if (value === null) return type === "null";
  if (typeof value === "number") return type === "number";
  if (typeof value === "string" || typeof value === "boolean") return type === typeof value;
  if (Array.isArray(value)) return false;
  return WRAPPED_TYPES[type].includes(unwrap(value).type);
}

/** The wrapped values that a scalar validator takes. */
const WRAPPED_TYPES: { [type in ScalarType]: readonly string[] } = {
  null: [],
  number: ["float64"],
  bigint: ["int64"],
  commitTs: ["int64", "commitTs"],
  boolean: [],
  string: [],
  bytes: ["bytes"],
};

function checkId(validator: Validator & { type: "id" }, value: Json, place: Place): Problem | null {
  const found = typeof value === "string" ? place.tableNameOf(value) : null;
  if (typeof value !== "string" || found === null) return mismatch(validator, value, place);
  if (found === validator.tableName) return null;
  const origin = found.startsWith("_") ? "a system table" : `table \`${found}\``;
  return () =>
    `Found ID "${value}" from ${origin}, which does not match the table name in validator \`${validator.text()}\`.${pathLine(place)}`;
}

function checkArray(validator: Validator & { type: "array" }, value: Json, place: Place): Problem | null {
  if (!Array.isArray(value)) return mismatch(validator, value, place);
  for (const [i, element] of value.entries()) {
    const problem = check(validator.element, element, within(place, `[${i}]`));
    if (problem !== null) return problem;
  }
  return null;
}

function checkRecord(validator: Validator & { type: "record" }, value: Json, place: Place): Problem | null {
  const object = plainObject(value);
  if (object === null) return mismatch(validator, value, place);
  for (const [key, field] of Object.entries(object)) {
    const problem =
      check(validator.keys, key, within(place, ".keys()")) ??
      check(validator.values, field, within(place, ".values()"));
    if (problem !== null) return problem;
  }
  return null;
}

function checkObject(validator: Validator & { type: "object" }, value: Json, place: Place): Problem | null {
  const object = plainObject(value);
  if (object === null) return mismatch(validator, value, place);
  for (const field of validator.fields.values()) {
    if (!Object.hasOwn(object, field.name)) {
      if (field.optional) continue;
      return () =>
        `Object is missing the required field \`${field.name}\`. Consider wrapping the field validator in \`v.optional(...)\` if this is expected.\n${objectLines(validator, object, place)}`;
    }
    const problem = check(field.validator, object[field.name] ?? null, within(place, `.${field.name}`));
    if (problem !== null) return problem;
  }
  const extra = Object.keys(object).find((name) => !validator.fields.has(name));
  if (extra === undefined) return null;
  return () =>
    `Object contains extra field \`${extra}\` that is not in the validator.\n${objectLines(validator, object, place)}`;
}

function checkUnion(validator: Validator & { type: "union" }, value: Json, place: Place): Problem | null {
  const [only, ...others] = validator.members;
  if (only !== undefined && others.length === 0) return check(only, value, place);
  for (const member of validator.members) if (check(member, value, place) === null) return null;
  return mismatch(validator, value, place);
}

function mismatch(validator: Validator, value: Json, place: Place): Problem {
  return () =>
    `Value does not match validator.\n${pathLine(place)}\nValue: ${displayValue(value)}\nValidator: ${validator.text()}`;
}

function notLiteral(literal: Json, value: Json, place: Place): string {
  return `\`${displayValue(value)}\` does not match literal validator \`v.literal(${describeLiteral(literal)})\`.${pathLine(place)}`;
}

function objectLines(validator: Validator, object: JsonObject, place: Place): string {
  return `${pathLine(place)}\nObject: ${displayValue(object)}\nValidator: ${validator.text()}`;
}

function pathLine(place: Place): string {
  return place.path === "" ? "" : `Path: ${place.path}`;
}

function within(place: Place, part: string): Place {
  return { path: place.path + part, tableNameOf: place.tableNameOf };
}

function plainObject(value: Json): JsonObject | null {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return null;
  return unwrap(value).type === "object" ? value : null;
}
