/** The engine on an app that does what it is told, over tables of any shape, beside the naive model. */
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { convexToJson, jsonToConvex, type Value } from "convex/values";
import { loadApp, type LoadedApp } from "../bundle/load-app.ts";
import { TestBackend } from "../testkit/backend.ts";
import type { App, Call, Json, JsonObject, QueryResult, SchemaJson } from "../types.ts";
import type { Asked, Ending, FieldType, Step, TableShape } from "./description.ts";
import { NaiveDatabase } from "./naive.ts";

export const READ = "interpret:read";

export async function loadInterpreter(): Promise<LoadedApp> {
  const directory = fileURLToPath(new URL("../fixtures/model/convex", import.meta.url));
  return loadApp({ directory, environment: () => undefined });
}

/** Both worlds, which must never differ. */
export class TwinWorld {
  readonly backend: TestBackend;
  readonly naive: NaiveDatabase;

  constructor(interpreter: App, shapes: readonly TableShape[]) {
    this.naive = new NaiveDatabase(shapes);
    const app = withSchema(interpreter, shapes);
    this.backend = new TestBackend({ app, planted: {}, rehearseMutations: false, siteUrl: "" });
  }

  /** Runs a mutation in both, and expects of each step what the model says of it. */
  write(steps: readonly Step[]): void {
    const args = { steps: [...steps], ids: [...this.naive.ids], fails: false };
    const result = this.backend.engine.runMutation(callOf("interpret:write", args));
    if (!result.ok) throw new Error(result.errorMessage);
    const told = JSON.parse(result.value);
    assert.deepEqual(told, toJson(this.naive.write(steps, jsonToConvex(told))));
  }

  /** A mutation that fails at its end: nothing of it may remain. */
  writeInVain(steps: readonly Step[]): void {
    const args = { steps: [...steps], ids: [...this.naive.ids], fails: true };
    const result = this.backend.engine.runMutation(callOf("interpret:write", args));
    assert(!result.ok && result.errorMessage.includes("on purpose"));
  }

  run(asked: Asked, journal: string | null = null): QueryResult {
    return this.backend.engine.runQuery(callOf(READ, { asked }), journal);
  }

  /** What the engine answers, as JSON; null when it refuses. */
  answer(asked: Asked): Json | null {
    const result = this.run(asked);
    return result.ok ? { value: JSON.parse(result.value) } : null;
  }

  /** What the model answers, in the same form. */
  expected(asked: Asked<Ending>): Json | null {
    try {
      return { value: toJson(this.naive.answer(asked)) };
    } catch {
      return null;
    }
  }
}

export function callOf(path: string, args: Record<string, Value>): Call {
  return { component: "", path, args: toJson(args), identity: null, publicOnly: true };
}

/** The client library's JSON, which is the engine's: unlike values it can be compared to the last bit. */
function toJson(value: Value): Json {
  return JSON.parse(JSON.stringify(convexToJson(value)));
}

function withSchema(app: App, shapes: readonly TableShape[]): App {
  const components = [...app.components].map(
    ([path, component]) => [path, { ...component, schema: schemaOf(shapes) }] as const,
  );
  return { ...app, components: new Map(components) };
}

function schemaOf(shapes: readonly TableShape[]): SchemaJson {
  return {
    schemaValidation: true,
    tables: shapes.map(({ name, fields, indexes }) => ({
      tableName: name,
      indexes: indexes.map((index) => ({ indexDescriptor: index.name, fields: index.fields })),
      searchIndexes: [],
      vectorIndexes: [],
      documentType: fields === "any" ? { type: "any" } : documentType(fields),
    })),
  };
}

function documentType(fields: Exclude<TableShape["fields"], "any">): JsonObject {
  const entries = fields.map(({ name, types, required }) => {
    const fieldType = { type: "union", value: types.map(validatorOf) };
    return [name, { fieldType, optional: !required }] as const;
  });
  return { type: "object", value: Object.fromEntries(entries) };
}

function validatorOf(type: FieldType): JsonObject {
  if (type === "array") return { type, value: { type: "any" } };
  if (type !== "object") return { type };
  return { type: "record", keys: { type: "string" }, values: { fieldType: { type: "any" }, optional: false } };
}
