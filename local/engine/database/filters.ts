import { DeveloperError } from "../errors.ts";
import type { Json, JsonObject } from "../types.ts";
import { displayValue, typeNameOf } from "../values/display.ts";
import { UNDEFINED, type Value, compareValues, valueOf } from "../values/encoding.ts";
import { fieldAt } from "../values/fields.ts";
import { unwrap, wrapFloat64, wrapInt64 } from "../values/wrapped.ts";

type Comparison = (order: number) => boolean;

const COMPARISONS: { readonly [operator: string]: Comparison } = {
  $eq: (order) => order === 0,
  $neq: (order) => order !== 0,
  $lt: (order) => order < 0,
  $lte: (order) => order <= 0,
  $gt: (order) => order > 0,
  $gte: (order) => order >= 0,
};

type Arithmetic = {
  name: string;
  integers: (a: bigint, b: bigint) => bigint;
  floats: (a: number, b: number) => number;
};

const ARITHMETIC: { readonly [operator: string]: Arithmetic } = {
  $add: { name: "add", integers: (a, b) => a + b, floats: (a, b) => a + b },
  $sub: { name: "subtract", integers: (a, b) => a - b, floats: (a, b) => a - b },
  $mul: { name: "multiply", integers: (a, b) => a * b, floats: (a, b) => a * b },
  $div: { name: "divide", integers: (a, b) => a / b, floats: (a, b) => a / b },
  $mod: { name: "mod", integers: (a, b) => a % b, floats: (a, b) => a % b },
};

/** True when a document passes a filter expression: only the boolean `true` does. */
export function passes(filter: Json, document: JsonObject): boolean {
  return evaluate(filter, document) === true;
}

/** The value of an expression over a document. int64 and float64 never compare as numbers with each other. */
export function evaluate(expression: Json, document: JsonObject): Value {
  const [operator, operand] = operationOf(expression);
  if (operator === "$field" && typeof operand === "string") return fieldAt(document, operand);
  if (operator === "$literal") return valueOf(operand);
  if (operator === "$not") return evaluate(operand, document) !== true;
  if (operator === "$neg") return negate(evaluate(operand, document));
  const operands = operandsOf(operand);
  if (operator === "$and") return operands.every((part) => passes(part, document));
  if (operator === "$or") return operands.some((part) => passes(part, document));
  const [left = null, right = null] = operands;
  const comparison = COMPARISONS[operator];
  if (comparison !== undefined) return comparison(compareValues(evaluate(left, document), evaluate(right, document)));
  const arithmetic = ARITHMETIC[operator];
  if (arithmetic === undefined) throw malformed();
  return calculate(arithmetic, evaluate(left, document), evaluate(right, document));
}

function calculate({ name, integers, floats }: Arithmetic, left: Value, right: Value): Value {
  const a = numberOf(left);
  const b = numberOf(right);
  if (typeof a === "number" && typeof b === "number") return wrapFloat64(floats(a, b));
  if (typeof a !== "bigint" || typeof b !== "bigint") {
    throw new DeveloperError(
      `Cannot ${name} ${displayValue(left)} (type ${typeNameOf(left)}) and ${displayValue(right)} (type ${typeNameOf(right)})`,
    );
  }
  if (b === 0n && (name === "divide" || name === "mod")) throw new DeveloperError(`Cannot ${name} ${a} by zero`);
  return wrapInt64(integers(a, b));
}

function negate(value: Value): Value {
  const number = numberOf(value);
  if (typeof number === "bigint") return wrapInt64(-number);
  if (typeof number === "number") return wrapFloat64(-number);
  throw new DeveloperError(`Cannot negate ${displayValue(value)} (type ${typeNameOf(value)})`);
}

function numberOf(value: Value): number | bigint | null {
  if (typeof value === "number") return value;
  if (value === UNDEFINED || value === null || typeof value !== "object" || Array.isArray(value)) return null;
  const wrapped = unwrap(value);
  if (wrapped.type === "int64") return wrapped.value;
  return wrapped.type === "float64" ? wrapped.bytes.readDoubleLE() : null;
}

function operationOf(expression: Json): [operator: string, operand: Json] {
  if (expression === null || typeof expression !== "object" || Array.isArray(expression)) throw malformed();
  const [operation] = Object.entries(expression);
  if (operation === undefined) throw malformed();
  return operation;
}

function operandsOf(operand: Json): Json[] {
  if (!Array.isArray(operand)) throw malformed();
  return operand;
}

function malformed(): DeveloperError {
  return new DeveloperError("Invalid argument `query`: it has a filter that is no expression of the client library.");
}
