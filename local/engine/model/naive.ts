/**
 * A database of arrays: every query walks over everything, and a transaction that fails is one that was never made. It shares nothing
 * with the engine but Convex's own order of values; ids and times of creation it takes from the engine.
 */
import { compareValues, type Value } from "convex/values";
import type {
  Asked,
  Bound,
  Document,
  Ending,
  Expression,
  Fields,
  FieldType,
  Step,
  TableShape,
  Written,
} from "./description.ts";

type Stored = { table: string; document: Document };
type State = { stored: readonly Stored[]; ids: readonly string[] };

export class NaiveDatabase {
  readonly #shapes: ReadonlyMap<string, TableShape>;
  #state: State = { stored: [], ids: [] };
  /** As it was when the last mutation began. */
  #before: State = this.#state;

  constructor(shapes: readonly TableShape[]) {
    this.#shapes = new Map(shapes.map((shape) => [shape.name, shape]));
  }

  /** Every id that was ever given out and kept. */
  get ids(): readonly string[] {
    return this.#state.ids;
  }

  /** Throws what a filter throws at a document that the engine would reach too. */
  answer(asked: Asked<Ending>): Value {
    return this.#answer(asked, this.#state);
  }

  #answer(asked: Asked<Ending>, state: State): Value {
    const { end } = asked;
    const matches = this.#matches(asked, state);
    if (end.by === "first") return matches.next().value ?? null;
    if (end.by === "take") return takeFrom(matches, end.count);
    if (end.by === "collect") return [...matches];
    const [only, another] = takeFrom(matches, 2);
    if (another !== undefined) throw new Error("unique() query returned more than one result");
    return only ?? null;
  }

  /** Does what a mutation did, and says what should have come of it; `engine` says which ids and times it gave. */
  write(steps: readonly Step[], engine: Value | undefined): Written[] {
    this.#before = this.#state;
    return this.#takeAll(steps, engine);
  }

  #takeAll(steps: readonly Step[], engine: Value | undefined): Written[] {
    const told = Array.isArray(engine) ? engine : [];
    return steps.map((step, n) => this.#take(step, told[n]));
  }

  *#matches({ table, index, order, filter }: Asked, { stored: all }: State): Generator<Document> {
    const indexed = this.#shapes.get(table)?.indexes.find(({ name }) => name === index?.name)?.fields ?? [];
    const sorted = all
      .filter((stored) => stored.table === table)
      .map(({ document }) => document)
      .filter((document) => (index?.range ?? []).every((bound) => isWithin(document, bound)))
      .toSorted((a, b) => compareBy([...indexed, "_creationTime", "_id"], a, b));
    if (order === "desc") sorted.reverse();
    for (const document of sorted) if (filter === null || evaluate(filter, document) === true) yield document;
  }

  #take(step: Step, engine: Value | undefined): Written {
    if (step.do === "read") return attempt(() => ({ read: this.answer(step.asked) }));
    if (step.do === "look back") return attempt(() => ({ read: this.#answer(step.asked, this.#before) }));
    if (step.do === "nest") return this.#nest(step, engine);
    if (step.do === "insert") return this.#insert(step, engine);
    const { ids, stored } = this.#state;
    const id = ids[step.which % Math.max(1, ids.length)];
    const found = stored.find(({ document }) => document._id === id);
    if (found === undefined) return { refused: true };
    if (step.do === "delete") return this.#put(found, null);
    const { _id, _creationTime } = found.document;
    const kept = step.do === "patch" ? found.document : {};
    const changed: Document = { ...kept, ...step.fields, _id, _creationTime };
    if (step.do === "patch") for (const field of step.without) delete changed[field];
    return this.#fits(found.table, changed) ? this.#put(found, changed) : { refused: true };
  }

  #insert({ table, fields }: Extract<Step, { do: "insert" }>, engine: Value | undefined): Written {
    const _id = fieldOf(engine, "document._id");
    const _creationTime = fieldOf(engine, "document._creationTime");
    if (!this.#fits(table, fields)) return { refused: true };
    if (typeof _id !== "string" || typeof _creationTime !== "number") throw new Error("the engine made no document");
    const document: Document = { ...fields, _id, _creationTime };
    const { stored, ids } = this.#state;
    this.#state = { stored: [...stored, { table, document }], ids: [...ids, _id] };
    return { document };
  }

  #nest({ steps, fails }: Extract<Step, { do: "nest" }>, engine: Value | undefined): Written {
    // What it did is not told to anybody, and did not happen.
    if (fails) return { nested: null };
    return { nested: this.#takeAll(steps, fieldOf(engine, "nested")) };
  }

  #put(found: Stored, document: Document | null): Written {
    const stored = this.#state.stored.flatMap((one) => {
      if (one !== found) return [one];
      return document === null ? [] : [{ ...found, document }];
    });
    this.#state = { ...this.#state, stored };
    return { document };
  }

  #fits(table: string, fields: Fields): boolean {
    const shape = this.#shapes.get(table)?.fields ?? "any";
    if (shape === "any") return true;
    const names = Object.keys(fields).filter((name) => !name.startsWith("_"));
    const areKnown = names.every((name) => shape.some((field) => field.name === name));
    return (
      areKnown &&
      shape.every(({ name, types, required }) => {
        const value = fields[name];
        return value === undefined ? !required : types.includes(typeOf(value));
      })
    );
  }
}

/** The value at a dotted path; undefined where there is none. */
function fieldOf(document: Value | undefined, path: string): Value | undefined {
  return path.split(".").reduce((value: Value | undefined, name) => entriesOf(value).get(name), document);
}

/** Nothing for what has no fields. */
function entriesOf(value: Value | undefined): ReadonlyMap<string, Value | undefined> {
  const isObject =
    value !== null && typeof value === "object" && !Array.isArray(value) && !(value instanceof ArrayBuffer);
  return new Map(isObject ? Object.entries(value) : []);
}

function isWithin(document: Document, { op, field, operand }: Bound): boolean {
  return compare(op, fieldOf(document, field), operand.is === "value" ? operand.value : undefined);
}

function compareBy(paths: readonly string[], a: Document, b: Document): number {
  for (const path of paths) {
    const order = compareValues(fieldOf(a, path), fieldOf(b, path));
    if (order !== 0) return order;
  }
  return 0;
}

function compare(op: string, a: Value | undefined, b: Value | undefined): boolean {
  const order = compareValues(a, b);
  if (op === "eq") return order === 0;
  if (op === "neq") return order !== 0;
  if (op === "lt") return order < 0;
  if (op === "lte") return order <= 0;
  return op === "gt" ? order > 0 : order >= 0;
}

function evaluate(expression: Expression, document: Document): Value | undefined {
  if (expression.is === "field") return fieldOf(document, expression.path);
  if (expression.is === "value") return expression.value;
  if (expression.is === "missing") return undefined;
  const { op, of } = expression;
  if (op === "and") return of.every((part) => evaluate(part, document) === true);
  if (op === "or") return of.some((part) => evaluate(part, document) === true);
  const [left, right] = of.map((part) => evaluate(part, document));
  if (op === "not") return left !== true;
  if (op === "neg") return calculate("sub", typeof left === "bigint" ? 0n : -0, left);
  if (op === "add" || op === "sub" || op === "mul" || op === "div" || op === "mod") return calculate(op, left, right);
  return compare(op, left, right);
}

function calculate(op: "add" | "sub" | "mul" | "div" | "mod", a: Value | undefined, b: Value | undefined): Value {
  if (typeof a === "number" && typeof b === "number") {
    return { add: a + b, sub: a - b, mul: a * b, div: a / b, mod: a % b }[op];
  }
  if (typeof a !== "bigint" || typeof b !== "bigint") throw new Error(`cannot ${op}`);
  if (op === "div") return BigInt.asIntN(64, a / b);
  if (op === "mod") return BigInt.asIntN(64, a % b);
  return BigInt.asIntN(64, { add: a + b, sub: a - b, mul: a * b }[op]);
}

function typeOf(value: Value): FieldType {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  if (value instanceof ArrayBuffer) return "bytes";
  if (typeof value === "bigint") return "bigint";
  if (typeof value === "number") return "number";
  if (typeof value === "boolean") return "boolean";
  return typeof value === "string" ? "string" : "object";
}

function takeFrom(documents: Iterable<Document>, count: number): Document[] {
  const taken: Document[] = [];
  if (count === 0) return taken;
  for (const document of documents) if (taken.push(document) >= count) break;
  return taken;
}

function attempt(body: () => Written): Written {
  try {
    return body();
  } catch {
    return { refused: true };
  }
}
