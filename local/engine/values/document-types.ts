/** The validator of a table's documents: what production demands of it when it is pushed, and what follows for indexes. */
import { DeveloperError } from "../errors.ts";
import type { Json, JsonObject } from "../types.ts";
import { identifierProblem } from "./identifiers.ts";
import { parseValidator, type Validator } from "./validator-json.ts";
import { isSubset } from "./validator-subset.ts";

const STRING: Validator = parseValidator({ type: "string" });

/** Throws a `DeveloperError`, with production's message, unless documents can have this type. */
export function checkDocumentType(json: JsonObject): void {
  const validator = parseValidator(json);
  checkNames(validator);
  const members = validator.type === "union" ? validator.members : [validator];
  const wrong = members.find(({ type }) => type !== "object" && (type !== "any" || validator.type === "union"));
  if (wrong !== undefined) {
    throw new DeveloperError(
      `The document validator in a schema must be an object, a union of objects, or \`v.any()\`. Found ${wrong.text()}. To learn more, see the schema documentation at https://docs.convex.dev/database/schemas.`,
    );
  }
}

/** Without what it says of `_id`, `_creationTime` and the like: production does not look at that. */
export function withoutSystemFields(json: JsonObject): JsonObject {
  const { type, value = null } = json;
  if (value === null || typeof value !== "object") return json;
  if (Array.isArray(value)) return type === "union" ? { ...json, value: value.map(memberWithoutSystemFields) } : json;
  if (type !== "object") return json;
  return { ...json, value: Object.fromEntries(Object.entries(value).filter(([name]) => !name.startsWith("_"))) };
}

function memberWithoutSystemFields(member: Json): Json {
  return member === null || typeof member !== "object" || Array.isArray(member) ? member : withoutSystemFields(member);
}

/** Whether any value of this type has something at a path. System fields stand in every document. */
export function canContainField(validator: Validator, [name, ...rest]: readonly string[]): boolean {
  if (name === undefined || validator.type === "any") return true;
  if (validator.type === "union") return validator.members.some((member) => canContainField(member, [name, ...rest]));
  const field = validator.type === "object" ? validator.fields.get(name) : undefined;
  return field !== undefined && canContainField(field.validator, rest);
}

/** Whether a vector, an array of floats, may stand at a path of any value of this type that has something there. */
export function canContainVector(validator: Validator, path: readonly string[]): boolean {
  const [name, ...rest] = path;
  if (validator.type === "any") return true;
  if (validator.type === "union") return validator.members.some((member) => canContainVector(member, path));
  if (name === undefined) return validator.type === "array" && ["number", "any"].includes(validator.element.type);
  if (validator.type !== "object") return false;
  const field = validator.fields.get(name);
  return field === undefined || canContainVector(field.validator, rest);
}

function checkNames(validator: Validator): void {
  if (validator.type === "id") checkIdentifier(validator.tableName);
  if (validator.type === "array") checkNames(validator.element);
  if (validator.type === "union") for (const member of validator.members) checkNames(member);
  if (validator.type === "record") {
    checkNames(validator.keys);
    checkRecordKeys(validator.keys);
    checkNames(validator.values);
  }
  if (validator.type === "object") for (const field of validator.fields.values()) checkField(field);
}

function checkField({ name, validator }: { name: string; validator: Validator }): void {
  checkIdentifier(name);
  try {
    checkNames(validator);
  } catch (error) {
    if (!(error instanceof DeveloperError)) throw error;
    throw new DeveloperError(`Invalid validator for key \`${name}\`: ${error.message}`);
  }
}

function checkRecordKeys(keys: Validator): void {
  if (!isSubset(keys, STRING)) {
    throw new DeveloperError(
      `Records can only have string keys. Your validator contains a record with key typed as \`${keys.text()}\`, which is not a subtype of \`v.string()\``,
    );
  }
  if (hasLiteral(keys)) throw new DeveloperError("Records cannot have string literal keys");
}

function hasLiteral(validator: Validator): boolean {
  return validator.type === "union" ? validator.members.some(hasLiteral) : validator.type === "literal";
}

function checkIdentifier(name: string): void {
  const problem = identifierProblem(name);
  if (problem !== null) throw new DeveloperError(problem);
}
