import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Json, JsonObject } from "../types.ts";
import { compareValues } from "./encoding.ts";
import { fieldNames, values } from "./testing.ts";
import { describeLiteral, parseValidator } from "./validator-json.ts";
import { ValidationError, validate } from "./validators.ts";
import { wrapFloat64, wrapInt64 } from "./wrapped.ts";

/** A validator with a value that it takes. */
type Pair = { validator: JsonObject; value: Json };

const ID_OF_USER = "an id of users";
const tableNameOf = (id: string) => (id === ID_OF_USER ? "users" : null);

const literals = fc.oneof(
  fc.string(),
  fc.boolean(),
  fc.double().map(wrapFloat64),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(wrapInt64),
);

const scalarPairs: fc.Arbitrary<Pair> = fc.oneof(
  values.map((value) => ({ validator: { type: "any" }, value })),
  fc.constant({ validator: { type: "null" }, value: null }),
  fc.double().map((value) => ({ validator: { type: "number" }, value: wrapFloat64(value) })),
  fc.bigInt().map((value) => ({ validator: { type: "bigint" }, value: wrapInt64(value) })),
  fc.boolean().map((value) => ({ validator: { type: "boolean" }, value })),
  fc.string().map((value) => ({ validator: { type: "string" }, value })),
  fc.constant({ validator: { type: "id", tableName: "users" }, value: ID_OF_USER }),
  fc.base64String().map((bytes) => ({ validator: { type: "bytes" }, value: { $bytes: bytes } })),
  literals.map((value) => ({ validator: { type: "literal", value }, value })),
);

const pairs: fc.Arbitrary<Pair> = fc.letrec<{ pair: Pair }>((tie) => ({
  pair: fc.oneof(
    { depthSize: "small" },
    scalarPairs,
    arrayPairs(tie("pair")),
    unionPairs(tie("pair")),
    objectPairs(tie("pair")),
  ),
})).pair;

describe("a validator and a value made for it", () => {
  it("match", () => {
    fc.assert(
      fc.property(pairs, ({ validator, value }) => {
        expect(() => validate(validator, value, tableNameOf)).not.toThrow();
      }),
      { numRuns: 2_000 },
    );
  });

  it("still match inside a union with others, and a record", () => {
    fc.assert(
      fc.property(pairs, pairs, fieldNames, (one, other, key) => {
        const union = { type: "union", value: [other.validator, one.validator] };
        const record = { type: "record", keys: { type: "string" }, values: { fieldType: union, optional: false } };
        expect(() => validate(record, { [key]: one.value }, tableNameOf)).not.toThrow();
      }),
    );
  });

  it("no longer match when the object has a field more", () => {
    fc.assert(
      fc.property(objectPairs(pairs), ({ validator, value }) => {
        const wider = { ...asObject(value), a_field_that_is_too_long_to_be_made: 1 };
        expect(() => validate(validator, wider, tableNameOf)).toThrow(ValidationError);
      }),
    );
  });
});

describe("a literal", () => {
  it("takes its own value and no other", () => {
    fc.assert(
      fc.property(literals, values, (literal, value) => {
        const accepts = accepted({ type: "literal", value: literal }, value);
        expect(accepts).toBe(compareValues(literal, value) === 0);
      }),
    );
  });

  it.each([
    ["a", '"a"'],
    [1.5, "1.5"],
    [true, "true"],
    [wrapInt64(5n), "<bigint>"],
    [wrapFloat64(Number.NaN), "<number>"],
  ])("%j is printed as %s", (value, text) => {
    expect(describeLiteral(value)).toBe(text);
  });
});

describe("a validator's JSON", () => {
  it("is read once for as long as it lives", () => {
    const json: JsonObject = { type: "array", value: { type: "string" } };
    expect(parseValidator(json)).toBe(parseValidator(json));
    expect(parseValidator({ ...json })).not.toBe(parseValidator(json));
  });
});

function arrayPairs(pair: fc.Arbitrary<Pair>): fc.Arbitrary<Pair> {
  const lengths = fc.nat({ max: 3 });
  return fc.tuple(pair, lengths).map(([{ validator, value }, length]) => ({
    validator: { type: "array", value: validator },
    value: Array.from({ length }, () => value),
  }));
}

function unionPairs(pair: fc.Arbitrary<Pair>): fc.Arbitrary<Pair> {
  return fc.tuple(pair, pair).map(([one, other]) => ({
    validator: { type: "union", value: [other.validator, one.validator] },
    value: one.value,
  }));
}

/** Optional fields are left out of the value. */
function objectPairs(pair: fc.Arbitrary<Pair>): fc.Arbitrary<Pair> {
  const field = fc.record({ pair, optional: fc.boolean() });
  return fc.dictionary(fieldNames, field, { maxKeys: 3 }).map((fields) => {
    const entries = Object.entries(fields);
    const types = entries.map(([name, one]) => [name, { fieldType: one.pair.validator, optional: one.optional }]);
    const present = entries.filter(([, one]) => !one.optional).map(([name, one]) => [name, one.pair.value]);
    return { validator: { type: "object", value: Object.fromEntries(types) }, value: Object.fromEntries(present) };
  });
}

function asObject(value: Json): JsonObject {
  return value !== null && typeof value === "object" && !Array.isArray(value) ? value : {};
}

function accepted(validator: JsonObject, value: Json): boolean {
  try {
    validate(validator, value, tableNameOf);
    return true;
  } catch (error) {
    if (error instanceof ValidationError) return false;
    throw error;
  }
}
