import type { Value } from "convex/values";
import fc from "fast-check";
import type {
  Asked,
  Bound,
  Ending,
  Expression,
  Fields,
  FieldType,
  Operand,
  Order,
  Step,
  TableShape,
} from "./description.ts";

const FIELDS = ["a", "b", "c", "n"] as const;
const PATHS = ["a", "b", "c", "n", "n.x"] as const;
const TABLES = ["first", "second"] as const;
const FIELD_TYPES: readonly FieldType[] = ["null", "number", "bigint", "boolean", "string", "bytes", "array", "object"];

/** Values that meet: many of the same, and neighbours in the order of values that are easily confused. */
const familiar = fc.constantFrom<Value>(
  null,
  0,
  -0,
  1,
  -1.5,
  NaN,
  Infinity,
  -Infinity,
  0n,
  1n,
  -1n,
  2n ** 63n - 1n,
  -(2n ** 63n),
  true,
  false,
  "",
  "a",
  "a\0",
  "a\0b",
  "ab",
  "\u{1f600}",
  "\uffff",
  new ArrayBuffer(0),
  Uint8Array.of(0, 255).buffer,
  [],
  [null],
  ["a", 1],
  {},
  { x: 1 },
  { x: "a" },
);

const anyValue: fc.Arbitrary<Value> = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    { weight: 8, arbitrary: familiar },
    { weight: 1, arbitrary: fc.double() },
    { weight: 1, arbitrary: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }) },
    { weight: 1, arbitrary: fc.string({ unit: "grapheme", maxLength: 4 }) },
    { weight: 1, arbitrary: fc.array(tie("value"), { maxLength: 2 }) },
    {
      weight: 1,
      arbitrary: fc.dictionary(fc.constantFrom("x", "y"), tie("value"), { maxKeys: 2, noNullPrototype: true }),
    },
  ),
})).value;

const fields: fc.Arbitrary<Fields> = fc.dictionary(fc.constantFrom(...FIELDS), anyValue, {
  maxKeys: 3,
  noNullPrototype: true,
});
const operand: fc.Arbitrary<Operand> = fc.oneof(
  { weight: 6, arbitrary: anyValue.map((value) => ({ is: "value" as const, value })) },
  { weight: 1, arbitrary: fc.constant({ is: "missing" as const }) },
);

const fieldShape = fc.record({
  types: fc.subarray([...FIELD_TYPES], { minLength: 3 }),
  required: fc.boolean(),
});
const tableFields: fc.Arbitrary<TableShape["fields"]> = fc.oneof(
  { weight: 3, arbitrary: fc.constant("any" as const) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fieldShape, fieldShape, fieldShape, fieldShape)
      .map((shapes) =>
        shapes.map((shape, n) => ({ name: FIELDS[n] ?? "a", ...shape, required: shape.required && n === 0 })),
      ),
  },
);

/** Two tables with one to three indexes each, most of which take anything. */
export const shapes: fc.Arbitrary<TableShape[]> = fc.tuple(...TABLES.map(shapeOf));

function shapeOf(name: string): fc.Arbitrary<TableShape> {
  return tableFields.chain((declared) =>
    fc.record({
      name: fc.constant(name),
      fields: fc.constant(declared),
      indexes: indexesOver(declared === "any" ? PATHS : FIELDS),
    }),
  );
}

/** An index may name what the documents are declared to have, and anything where nothing is declared. */
function indexesOver(paths: readonly string[]): fc.Arbitrary<TableShape["indexes"]> {
  return fc
    .uniqueArray(fc.uniqueArray(fc.constantFrom(...paths), { minLength: 1, maxLength: 3 }), {
      minLength: 1,
      maxLength: 3,
      selector: (one) => one.join(),
    })
    .map((all) => all.map((fieldsOfOne, n) => ({ name: `index_${n}`, fields: fieldsOfOne })));
}

const order = fc.constantFrom<Order | null>("asc", "desc", null);
const ending: fc.Arbitrary<Ending> = fc.oneof(
  fc.constantFrom<Ending>({ by: "collect" }, { by: "first" }, { by: "unique" }),
  fc.nat({ max: 4 }).map((count) => ({ by: "take" as const, count })),
);

const expression: fc.Arbitrary<Expression> = fc.letrec<{ condition: Expression; term: Expression }>((tie) => ({
  term: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom(...PATHS, "_id").map((path) => ({ is: "field" as const, path })),
    operand,
    call(fc.constantFrom("add", "sub", "mul", "div", "mod"), [tie("term"), tie("term")]),
    call(fc.constant("neg"), [tie("term")]),
  ),
  condition: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    { weight: 4, arbitrary: call(fc.constantFrom("eq", "neq", "lt", "lte", "gt", "gte"), [tie("term"), tie("term")]) },
    { weight: 1, arbitrary: call(fc.constantFrom("and", "or"), [tie("condition"), tie("condition")]) },
    { weight: 1, arbitrary: call(fc.constant("not"), [tie("condition")]) },
    { weight: 1, arbitrary: tie("term") },
  ),
})).condition;

type Op = Extract<Expression, { is: "call" }>["op"];

function call(op: fc.Arbitrary<Op>, of: fc.Arbitrary<Expression>[]): fc.Arbitrary<Expression> {
  return fc.tuple(op, fc.tuple(...of)).map(([name, parts]) => ({ is: "call" as const, op: name, of: parts }));
}

/** A query over tables of these shapes, without its end. */
export function questions(tables: readonly TableShape[]): fc.Arbitrary<Asked<null>> {
  return fc.constantFrom(...tables).chain((table) =>
    fc.record({
      table: fc.constant(table.name),
      index: fc.option(
        fc.constantFrom(...table.indexes).chain(({ name, fields: paths }) => ranges(name, paths)),
        { freq: 6 },
      ),
      order,
      filter: fc.option(expression, { freq: 2 }),
      end: fc.constant(null),
    }),
  );
}

/** As `questions`, with any end but a page's. */
export function queries(tables: readonly TableShape[]): fc.Arbitrary<Asked<Ending>> {
  return fc.tuple(questions(tables), ending).map(([asked, end]) => ({ ...asked, end }));
}

/** Equalities on the first fields of an index, and bounds on the one after them. */
function ranges(name: string, paths: readonly string[]): fc.Arbitrary<{ name: string; range: Bound[] }> {
  const lower = fc.option(fc.tuple(fc.constantFrom<Bound["op"]>("gt", "gte"), operand));
  const upper = fc.option(fc.tuple(fc.constantFrom<Bound["op"]>("lt", "lte"), operand));
  return fc
    .record({ equal: fc.array(operand, { maxLength: paths.length }), lower, upper, upperFirst: fc.boolean() })
    .map(({ equal, lower: low, upper: high, upperFirst }) => {
      const range: Bound[] = equal.map((value, n) => ({ op: "eq", field: paths[n] ?? "a", operand: value }));
      const next = paths[equal.length];
      if (next === undefined) return { name, range };
      const bounds = [low, high].flatMap((bound) =>
        bound === null ? [] : [{ op: bound[0], field: next, operand: bound[1] }],
      );
      return { name, range: [...range, ...(upperFirst ? bounds.toReversed() : bounds)] };
    });
}

/** What one mutation does to tables of these shapes, nested mutations that fail or not included. */
export function mutations(tables: readonly TableShape[]): fc.Arbitrary<Step[]> {
  const table = fc.constantFrom(...tables.map(({ name }) => name));
  const which = fc.nat({ max: 30 });
  return fc.letrec<{ steps: Step[]; step: Step }>((tie) => ({
    steps: fc.array(tie("step"), { minLength: 1, maxLength: 6 }),
    step: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      { weight: 5, arbitrary: fc.record({ do: fc.constant("insert" as const), table, fields }) },
      {
        weight: 2,
        arbitrary: fc.record({
          do: fc.constant("patch" as const),
          which,
          fields,
          without: fc.subarray([...FIELDS], { maxLength: 2 }),
        }),
      },
      { weight: 2, arbitrary: fc.record({ do: fc.constant("replace" as const), which, fields }) },
      { weight: 2, arbitrary: fc.record({ do: fc.constant("delete" as const), which }) },
      { weight: 1, arbitrary: queries(tables).map((asked) => ({ do: "read" as const, asked })) },
      { weight: 1, arbitrary: queries(tables).map((asked) => ({ do: "look back" as const, asked })) },
      {
        weight: 2,
        arbitrary: fc.record({ do: fc.constant("nest" as const), steps: tie("steps"), fails: fc.boolean() }),
      },
    ),
  })).steps;
}
