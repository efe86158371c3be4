import type { Json, JsonObject } from "../types.ts";
import { unwrap } from "./wrapped.ts";

export type ScalarType = "null" | "number" | "bigint" | "commitTs" | "boolean" | "string" | "bytes";

/** A validator read from its JSON form. `text()` is how its author wrote it. */
export type Validator = { text(): string } & (
  | { type: "any" | ScalarType }
  | { type: "literal"; value: Json }
  | { type: "id"; tableName: string }
  | { type: "array"; element: Validator }
  | { type: "record"; keys: Validator; values: Validator }
  | { type: "object"; fields: ReadonlyMap<string, Field> }
  | { type: "union"; members: readonly Validator[] }
);
/** Fields stand in the order of their names: production checks and prints them so. */
type Field = { name: string; optional: boolean; validator: Validator };

const SCALARS = {
  any: "v.any()",
  null: "v.null()",
  number: "v.float64()",
  bigint: "v.int64()",
  commitTs: "v.commitTs()",
  boolean: "v.boolean()",
  string: "v.string()",
  bytes: "v.bytes()",
} as const;

const parsed = new WeakMap<JsonObject, Validator>();

/** Reads a validator once: the result is remembered for as long as its JSON lives. Throws on a form that Convex does not have. */
export function parseValidator(json: JsonObject): Validator {
  const known = parsed.get(json);
  if (known !== undefined) return known;
  const validator = parse(json);
  parsed.set(json, validator);
  return validator;
}

/** What production prints between the parentheses of `v.literal(...)`. */
export function describeLiteral(value: Json): string {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return JSON.stringify(value);
  return unwrap(value).type === "int64" ? "<bigint>" : "<number>";
}

function parse(json: JsonObject): Validator {
  const { type } = json;
  switch (type) {
    case "any":
    case "null":
    case "number":
    case "bigint":
    case "commitTs":
    case "boolean":
    case "string":
    case "bytes":
      return { type, text: () => SCALARS[type] };
    case "literal":
      return parseLiteral(json);
    case "id":
      return parseId(json);
    case "array":
      return parseArray(json);
    case "record":
      return parseRecord(json);
    case "object":
      return parseObject(json);
    case "union":
      return parseUnion(json);
    default:
      throw malformed(json);
  }
}

function parseLiteral(json: JsonObject): Validator {
  const value = json["value"] ?? null;
  return { type: "literal", value, text: () => `v.literal(${describeLiteral(value)})` };
}

function parseId(json: JsonObject): Validator {
  const { tableName } = json;
  if (typeof tableName !== "string") throw malformed(json);
  return { type: "id", tableName, text: () => `v.id("${tableName}")` };
}

function parseArray(json: JsonObject): Validator {
  const element = parseValidator(objectIn(json, "value"));
  return { type: "array", element, text: () => `v.array(${element.text()})` };
}

function parseRecord(json: JsonObject): Validator {
  const keys = parseValidator(objectIn(json, "keys"));
  const values = parseValidator(objectIn(objectIn(json, "values"), "fieldType"));
  return { type: "record", keys, values, text: () => `v.record(${keys.text()}, ${values.text()})` };
}

function parseObject(json: JsonObject): Validator {
  const value = objectIn(json, "value");
  const fields = new Map<string, Field>();
  for (const name of Object.keys(value).sort()) {
    const field = objectIn(value, name);
    fields.set(name, {
      name,
      optional: field["optional"] === true,
      validator: parseValidator(objectIn(field, "fieldType")),
    });
  }
  return {
    type: "object",
    fields,
    text: () => `v.object({${[...fields.values()].map(describeField).join(", ")}})`,
  };
}

function describeField({ name, optional, validator }: Field): string {
  return `${name}: ${optional ? `v.optional(${validator.text()})` : validator.text()}`;
}

function parseUnion(json: JsonObject): Validator {
  const { value } = json;
  if (!Array.isArray(value)) throw malformed(json);
  const members = value.map((member) => {
    if (member === null || typeof member !== "object" || Array.isArray(member)) throw malformed(json);
    return parseValidator(member);
  });
  return {
    type: "union",
    members,
    text: () => `v.union(${members.map((member) => member.text()).join(", ")})`,
  };
}

function objectIn(json: JsonObject, name: string): JsonObject {
  const value = json[name];
  if (value === undefined || value === null || typeof value !== "object" || Array.isArray(value)) throw malformed(json);
  return value;
}

function malformed(json: JsonObject): TypeError {
  return new TypeError(`not a validator: ${JSON.stringify(json)}`);
}
