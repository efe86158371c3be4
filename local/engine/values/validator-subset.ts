import { parseValidator, type Validator } from "./validator-json.ts";
import { takes } from "./validators.ts";

const BOOLEANS = [true, false].map((value) => parseValidator({ type: "literal", value }));

/**
 * True only when every value that `narrow` takes is one that `wide` takes too, whatever the tables hold. False says nothing: where
 * that is not seen at a glance, somebody looks at the values themselves.
 */
export function isSubset(narrow: Validator, wide: Validator): boolean {
  if (wide.type === "any") return true;
  if (narrow.type === "union") return narrow.members.every((member) => isSubset(member, wide));
  if (wide.type === "union" && wide.members.some((member) => isSubset(narrow, member))) return true;
  if (narrow.type === "boolean" && wide.type !== "boolean") return BOOLEANS.every((literal) => isSubset(literal, wide));
  if (narrow.type === "object") return wide.type === "object" && isSubsetOfFields(narrow.fields, wide.fields);
  if (narrow.type === "array") return wide.type === "array" && isSubset(narrow.element, wide.element);
  if (narrow.type === "record") {
    return wide.type === "record" && isSubset(narrow.keys, wide.keys) && isSubset(narrow.values, wide.values);
  }
  if (narrow.type === "literal") return takes(wide, narrow.value);
  if (narrow.type === "id")
    return wide.type === "string" || (wide.type === "id" && wide.tableName === narrow.tableName);
  if (narrow.type === "bigint" && wide.type === "commitTs") return true;
  return narrow.type === wide.type;
}

type Fields = (Validator & { type: "object" })["fields"];

/** No field disappears, those that stay take as much, and nobody needs a new one. */
function isSubsetOfFields(narrow: Fields, wide: Fields): boolean {
  for (const name of narrow.keys()) if (!wide.has(name)) return false;
  for (const { name, optional, validator } of wide.values()) {
    const before = narrow.get(name);
    if (before === undefined ? !optional : before.optional && !optional) return false;
    if (before !== undefined && !isSubset(before.validator, validator)) return false;
  }
  return true;
}
