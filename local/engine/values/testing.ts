import type { GenericValidator } from "convex/values";
import fc from "fast-check";
import type { Json, JsonObject } from "../types.ts";
import { wrapFloat64, wrapInt64 } from "./wrapped.ts";

/** Field names as Convex takes them. */
export const fieldNames = fc.stringMatching(/^[a-zA-Z][a-zA-Z0-9_]{0,5}$/);

const scalars: fc.Arbitrary<Json> = fc.oneof(
  fc.constant(null),
  fc.boolean(),
  fc.double().map(wrapFloat64),
  fc.integer({ min: -3, max: 3 }),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(wrapInt64),
  fc.bigInt({ min: -300n, max: 300n }).map(wrapInt64),
  fc.string({ unit: "binary", maxLength: 6 }),
  fc.constantFrom("", "a", "a\0", "a\0b", "ab", "\0", "é", "\u{1f600}"),
  fc.uint8Array({ maxLength: 5 }).map((bytes) => ({ $bytes: Buffer.from(bytes).toString("base64") })),
);

/** Values of every Convex type, in the JSON encoding, nested a little. */
export const values: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    scalars,
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fieldNames, tie("value"), { maxKeys: 3 }),
  ),
})).value;

export const objects: fc.Arbitrary<JsonObject> = fc.dictionary(fieldNames, values, { maxKeys: 4 });

/** A value of so many levels, arrays and objects in turn. */
export function nested(levels: number, leaf: Json = 1): Json {
  let value = leaf;
  for (let i = 0; i < levels; i++) value = i % 2 === 0 ? [value] : { a: value };
  return value;
}

/** An object of so many fields. */
export function wide(fields: number): JsonObject {
  return Object.fromEntries(Array.from({ length: fields }, (_, i) => [`f${i}`, i]));
}

/** The JSON in which the client library sends a validator to the engine. */
export function validatorJson(validator: GenericValidator): JsonObject {
  const holder: { json?: JsonObject } = JSON.parse(JSON.stringify({ json: Reflect.get(validator, "json") }));
  return holder.json ?? {};
}
