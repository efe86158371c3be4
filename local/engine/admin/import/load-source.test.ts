import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, onTestFinished, test } from "vitest";
import { Store } from "../../store/store.ts";
import { insertAll, ManualClock, NOON, schemaOf, tableIn, tableSchema } from "../../store/testing.ts";
import type { App, Component, JsonObject, SchemaJson } from "../../types.ts";
import { EVERY_KEY } from "../../values/encoding.ts";
import { encodeId } from "../../values/ids.ts";
import { loadSource } from "./load-source.ts";
import type { ImportMode } from "./request.ts";
import type { Source } from "./source.ts";

const reference = (tableName: string) => ({
  type: "object",
  value: { to: { fieldType: { type: "id", tableName }, optional: false } },
});
const SCHEMA = schemaOf(
  tableSchema("people"),
  tableSchema("letters", { documentType: reference("people") }),
  tableSchema("spare"),
);

function openStore(): { store: Store; file: string } {
  const directory = mkdtempSync(join(tmpdir(), "qify-import-"));
  const file = join(directory, "store.sqlite");
  const store = new Store({ file, clock: new ManualClock(NOON) });
  store.pushSchemas(
    new Map([
      ["", SCHEMA],
      ["part", schemaOf(tableSchema("people"))],
    ]),
  );
  onTestFinished(() => {
    store.close();
    rmSync(directory, { recursive: true });
  });
  return { store, file };
}

/** Only what an import asks an app for. */
function appWith(schema: SchemaJson): App {
  const refuse = () => {
    throw new Error("nothing runs here");
  };
  const component = (path: string): Component => ({
    path,
    schema: path === "" ? schema : schemaOf(tableSchema("people")),
    children: new Map(),
    functions: new Map(),
    crons: [],
    environment: () => undefined,
    environmentNames: () => [],
    run: refuse,
    act: refuse,
  });
  const components = new Map(["", "part"].map((path) => [path, component(path)]));
  return { components, authProviders: [], routes: [], serveHttp: refuse };
}

const NO_SOURCE: Source = { numbers: [], tables: [], files: [] };
const tableOf = (name: string, ...rows: JsonObject[]) => ({ component: "", name, rows: () => rows });

function load(store: Store, source: Partial<Source>, mode: ImportMode = "replace"): number {
  const into = { app: appWith(SCHEMA), mode };
  return store.load((bulk) => loadSource(bulk, { ...NO_SOURCE, ...source }, into));
}

function namesIn(store: Store, table: string, component = ""): unknown[] {
  return store.read((tx) => {
    const found = tx.table(component, table);
    if (found === null) return ["no table"];
    const cursor = tx.scan({ table: found, index: found.byCreationTime, ...EVERY_KEY, descending: false, batch: 10 });
    const names: unknown[] = [];
    for (let row = cursor.next(); row !== null; row = cursor.next()) names.push(JSON.parse(row.json).name);
    return names;
  });
}

describe("what was there before", () => {
  const added = tableOf("people", { name: "new" });

  test.each<[ImportMode, unknown[], unknown[], unknown[]]>([
    ["append", ["old", "new"], ["old"], ["old"]],
    ["replace", ["new"], ["old"], ["old"]],
    ["replaceAll", ["new"], [], ["no table"]],
  ])("with %s", (mode, people, spare, extra) => {
    const { store } = openStore();
    for (const table of ["people", "spare", "undeclared"]) insertAll(store, table, [{ name: "old" }]);
    expect(load(store, { tables: [added] }, mode)).toBe(1);
    expect([namesIn(store, "people"), namesIn(store, "spare"), namesIn(store, "undeclared")]).toEqual([
      people,
      spare,
      extra,
    ]);
  });

  test("must be empty unless something else is asked for", () => {
    const { store } = openStore();
    load(store, { tables: [added] }, "requireEmpty");
    expect(() => load(store, { tables: [added] }, "requireEmpty")).toThrow(/Table people already exists/);
    expect(namesIn(store, "people")).toEqual(["new"]);
  });

  test("in components is replaced as well, with everything", () => {
    const { store } = openStore();
    store.write((tx) => tx.insert(tx.ensureTable("part", "people"), { name: "in a component" }));
    load(store, { tables: [added] }, "replaceAll");
    expect(namesIn(store, "people", "part")).toEqual([]);
  });
});

describe("references", () => {
  const id = encodeId(20_001, Buffer.alloc(16, 1));
  const person = tableOf("people", { _id: id, name: "kept" });

  test("to documents that come in the same import hold, whichever table is first", () => {
    const { store } = openStore();
    load(store, { tables: [tableOf("letters", { to: id }), person] });
    expect(store.read((tx) => tx.tableNameOf("", id))).toBe("people");
  });

  test("to a table that would be numbered anew keep it from being so", () => {
    const { store } = openStore();
    const [old = ""] = insertAll(store, "people", [{ name: "old" }]);
    insertAll(store, "letters", [{ to: old }]);
    expect(() => load(store, { tables: [person] })).toThrow(
      "Import changes table 'people' which is referenced by 'letters' in the schema",
    );
    expect(namesIn(store, "people")).toEqual(["old"]);
  });

  test("to nothing are refused with their row", () => {
    const { store } = openStore();
    expect(() => load(store, { tables: [person, tableOf("letters", { to: "nobody" })] })).toThrow(
      /Row 1 of "letters" cannot be imported: .*does not match the schema/,
    );
  });
});

describe("files", () => {
  const id = encodeId(540, Buffer.alloc(16, 9));
  const sha256 = "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=";
  const file = { component: "", id, read: () => Buffer.from("abc") };

  test("keep their id, time and type; their digest is kept as functions see it", () => {
    const { store } = openStore();
    const row = { _id: id, _creationTime: 5.5, contentType: "image/png", sha256, size: 3, internalId: "x" };
    expect(load(store, { tables: [tableOf("_storage", row)], files: [file] })).toBe(0);
    const kept = store.read((tx) => {
      const table = tx.table("", "_storage");
      return table && { row: JSON.parse(tx.get(table, id) ?? "null"), bytes: String(tx.files.get(id)) };
    });
    expect(kept).toEqual({
      row: {
        _id: id,
        _creationTime: 5.5,
        contentType: "image/png",
        sha256: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        size: 3,
      },
      bytes: "abc",
    });
  });

  test("whose bytes are others are refused", () => {
    const { store } = openStore();
    const other = { ...file, read: () => Buffer.from("abd") };
    const tables = [tableOf("_storage", { _id: id, sha256 })];
    expect(() => load(store, { tables, files: [other] })).toThrow(
      `File ${id} cannot be imported: its bytes do not have the SHA-256 digest`,
    );
    expect(store.read((tx) => tx.files.get(id))).toBeNull();
  });

  test("that nobody describes come all the same, those without bytes do not", () => {
    const { store } = openStore();
    const described = tableOf("_storage", { _id: encodeId(540, Buffer.alloc(16, 8)) });
    load(store, { tables: [described], files: [file] });
    expect(store.read((tx) => tx.count(tableIn(tx, "_storage")))).toBe(1);
  });
});

test("until it is done, the file says what it said before: a crash in the middle loses nothing", () => {
  const { store, file } = openStore();
  insertAll(store, "people", [{ name: "old" }]);
  const seen: unknown[] = [];
  const look = () => {
    const other = new DatabaseSync(file, { readOnly: true });
    seen.push(
      ...other
        .prepare("SELECT json ->> '$.name' AS name FROM documents WHERE json ->> '$.name' IS NOT NULL")
        .all()
        .map(({ name }) => name),
    );
    other.close();
    return { name: "new" };
  };
  const tables = [
    { component: "", name: "people", rows: () => [{ name: "new" }] },
    {
      component: "",
      name: "spare",
      rows: function* () {
        yield look();
      },
    },
  ];
  load(store, { tables });
  expect(new Set(seen)).toEqual(new Set(["old"]));
  expect(namesIn(store, "people")).toEqual(["new"]);
});

test("a component that is not installed keeps what comes for it", () => {
  const { store } = openStore();
  load(store, { tables: [{ component: "gone", name: "things", rows: () => [{ name: "kept" }] }] });
  expect(namesIn(store, "things", "gone")).toEqual(["kept"]);
  expect(store.components()).toContain("gone");
});
