import { describe, expect, it } from "vitest";
import type { Store } from "../store/store.ts";
import { insertAll, schemaOf, storeWith, tableSchema } from "../store/testing.ts";
import type { JsonObject } from "../types.ts";
import { parseDocument } from "../values/documents.ts";
import { encodeId } from "../values/ids.ts";
import { DatabaseSession } from "./session.ts";
import { freshJournal, mutate, query } from "./testing.ts";

const users = tableSchema("users");
const allUsers = { source: { type: "FullTableScan", tableName: "users", order: null }, operators: [] };

function get(store: Store, args: JsonObject): string | undefined {
  return query(store, (session) => session.asyncSyscall("1.0/get", { isSystem: false, ...args }));
}

function write(store: Store, operation: string, args: JsonObject): JsonObject {
  return parseDocument(mutate(store, (session) => session.asyncSyscall(`1.0/${operation}`, args)) ?? "{}");
}

function seeded(): { store: Store; id: string; foreign: string; missing: string } {
  const store = storeWith(users, tableSchema("teams"));
  const [id = "", gone = ""] = insertAll(store, "users", [{ name: "ada", age: 36 }, {}]);
  const [foreign = ""] = insertAll(store, "teams", [{}]);
  write(store, "remove", { id: gone });
  return { store, id, foreign, missing: gone };
}

describe("get", () => {
  it("gives a document as it is stored, and null for one that is not", () => {
    const { store, id, missing } = seeded();
    expect(parseDocument(get(store, { id, table: "users" }) ?? "")).toMatchObject({ _id: id, name: "ada" });
    expect(get(store, { id: missing })).toBe("null");
    expect(get(store, { id: encodeId(10_999) })).toBe("null");
  });

  it("refuses what is no id, and an id of another table than the one named", () => {
    const { store, id } = seeded();
    expect(() => get(store, { id: "short" })).toThrow(
      "Invalid argument `id` for `db.get`: Unable to decode ID: Invalid ID length 5",
    );
    expect(() => get(store, { id: "u".repeat(32) })).toThrow("Unable to decode ID: ID wasn't valid base32");
    expect(() => get(store, { id: "0".repeat(32) })).toThrow("Unable to decode ID");
    expect(() => get(store, { id: 5 })).toThrow("Invalid argument `id` for `db.get`: Value must be a string");
    expect(() => get(store, { id, table: "teams" })).toThrow(
      'Invalid argument `id` for `db.get`: expected to be an Id<"teams">, got Id<"users"> instead.',
    );
  });

  it("reaches system tables through db.system alone, and the engine's own through nothing", () => {
    const { store, id } = seeded();
    const [stored = "", cron = ""] = ["_storage", "_crons"].flatMap((name) => insertAll(store, name, [{ size: 1 }]));
    expect(get(store, { id: stored, isSystem: true })).toContain('"size":1');
    expect(() => get(store, { id: stored })).toThrow("System tables can only be accessed with db.system.");
    expect(() => get(store, { id, isSystem: true })).toThrow("User tables cannot be accessed with db.system.");
    expect(get(store, { id: cron, isSystem: true })).toBe("null");
    expect(() => write(store, "remove", { id: stored })).toThrow("System tables can only be accessed with db.system.");
  });
});

describe("insert", () => {
  it("gives the new document's id", () => {
    const { store } = seeded();
    const { _id = null } = write(store, "insert", { table: "users", value: { name: "bob" } });
    expect(get(store, { id: _id })).toContain('"name":"bob"');
  });

  it("makes the table when there is none", () => {
    const { store } = seeded();
    const { _id = null } = write(store, "insert", { table: "added", value: {} });
    expect(get(store, { id: _id, table: "added" })).toContain("_creationTime");
  });

  it.each([
    [{ table: "users", value: [] }, "Invalid argument `value` for `db.insert`: Value must be an Object"],
    [{ table: "_storage", value: {} }, "System tables can only be accessed with db.system."],
    [{ table: "no-table", value: {} }, 'Invalid table name: "no-table"'],
    [{ table: "users", value: { _id: "x" } }, "`_id` is set by the database"],
    [{ table: "users", value: { _mine: 1 } }, "Field '_mine' starts with an underscore"],
  ])("refuses %j", (args, message) => {
    expect(() => write(seeded().store, "insert", args)).toThrow(message);
  });
});

describe("patch", () => {
  it("sets fields, removes those given as undefined, and gives the whole document", () => {
    const { store, id } = seeded();
    const value = { age: { $undefined: null }, email: "a@b.c" };
    const patched = write(store, "shallowMerge", { id, table: "users", value });
    expect(Object.keys(patched)).toEqual(["_creationTime", "_id", "email", "name"]);
    expect(parseDocument(get(store, { id }) ?? "")).toEqual(patched);
  });

  it("takes system fields only as they are", () => {
    const { store, id } = seeded();
    const { _creationTime = null } = parseDocument(get(store, { id }) ?? "");
    expect(write(store, "shallowMerge", { id, value: { _id: id, _creationTime, age: 1 } })["age"]).toBe(1);
    expect(() => write(store, "shallowMerge", { id, value: { _id: "other" } })).toThrow(
      `The document has id ${id}, but its '_id' field is "other"`,
    );
    expect(() => write(store, "shallowMerge", { id, value: { _creationTime: 5 } })).toThrow("_creationTime");
    expect(() => write(store, "shallowMerge", { id, value: { _id: { $undefined: null } } })).toThrow("undefined");
  });
});

describe("replace and remove", () => {
  it("put a document in another's place, and take it away", () => {
    const { store, id } = seeded();
    expect(write(store, "replace", { id, value: { only: true } })).toMatchObject({ _id: id, only: true });
    expect(parseDocument(get(store, { id }) ?? "")).not.toHaveProperty("name");
    expect(write(store, "remove", { id })).toMatchObject({ only: true });
    expect(get(store, { id })).toBe("null");
  });
});

describe("writes to a document that is not there", () => {
  it.each([
    ["shallowMerge", "Update"],
    ["replace", "Replace"],
    ["remove", "Delete"],
  ])("%s says so", (operation, word) => {
    const { store, missing } = seeded();
    expect(() => write(store, operation, { id: missing, value: {} })).toThrow(
      `${word} on nonexistent document ID ${missing}`,
    );
  });

  it("name a table that is not there, or is another than the one given", () => {
    const { store, foreign } = seeded();
    const unknown = encodeId(10_999);
    expect(() => write(store, "replace", { id: unknown, value: {} })).toThrow(
      `Invalid argument \`id\` for \`db.replace\`: Table for ID "${unknown}" not found`,
    );
    expect(() => write(store, "remove", { id: foreign, table: "users" })).toThrow(
      'Invalid argument `id` for `db.delete`: expected to be an Id<"users">, got Id<"teams"> instead.',
    );
  });
});

describe("streams", () => {
  it("give documents one by one until they are done, and are then gone", () => {
    const { store } = seeded();
    insertAll(store, "users", [{ name: "bob" }]);
    query(store, (session) => {
      const { queryId = null } = parseDocument(session.syscall("1.0/queryStream", { query: allUsers }) ?? "");
      const next = () => parseDocument(session.asyncSyscall("1.0/queryStreamNext", { queryId }) ?? "");
      expect(next()).toMatchObject({ value: { name: "ada" }, done: false });
      expect(next()).toMatchObject({ value: { name: "bob" }, done: false });
      expect(next()).toEqual({ value: null, done: true });
      expect(next).toThrow("in-progress query not found");
      expect(session.syscall("1.0/queryCleanup", { queryId })).toBe("false");
    });
  });

  it("run side by side, and end when they are cleaned up or the session is closed", () => {
    const { store } = seeded();
    query(store, (session) => {
      const open = () =>
        parseDocument(session.syscall("1.0/queryStream", { query: allUsers }) ?? "")["queryId"] ?? null;
      const [first, second] = [open(), open()];
      expect(first).not.toBe(second);
      expect(session.syscall("1.0/queryCleanup", { queryId: first })).toBe("true");
      expect(() => session.asyncSyscall("1.0/queryStreamNext", { queryId: first })).toThrow("not found");
      expect(session.asyncSyscall("1.0/queryStreamNext", { queryId: second })).toContain("ada");
      session.close();
      expect(() => session.asyncSyscall("1.0/queryStreamNext", { queryId: second })).toThrow("not found");
    });
  });

  it("report an index that is not there at once", () => {
    const source = { type: "IndexRange", indexName: "users.by_x", range: [], order: null };
    const open = (session: DatabaseSession) => session.syscall("1.0/queryStream", { query: { source, operators: [] } });
    expect(() => query(storeWith(users), open)).toThrow("Index users.by_x not found.");
  });
});

describe("pages", () => {
  const args = { query: allUsers, cursor: null, endCursor: null, pageSize: 1 };

  it("are one for each function, and remembered in its journal", () => {
    const { store } = seeded();
    const journal = freshJournal();
    query(
      store,
      (session) => {
        const page = parseDocument(session.asyncSyscall("1.0/queryPage", args) ?? "");
        expect(page).toMatchObject({ page: [{ name: "ada" }], isDone: false, splitCursor: null, pageStatus: null });
        expect(journal.next).toBe(page["continueCursor"]);
        expect(() => session.asyncSyscall("1.0/queryPage", args)).toThrow(
          "This query or mutation function ran multiple paginated queries.",
        );
      },
      journal,
    );
    insertAll(store, "users", [{ name: "bob" }]);
    const again = freshJournal(journal.next);
    const page = query(store, (session) => session.asyncSyscall("1.0/queryPage", { ...args, pageSize: 9 }), again);
    expect(parseDocument(page ?? "")).toMatchObject({ page: [{ name: "ada" }], continueCursor: journal.next });
  });

  it("are not for components", () => {
    const { store } = seeded();
    store.pushSchemas(new Map([["child", schemaOf(users)]]));
    store.read((tx) => {
      const session = new DatabaseSession({ tx, component: "child", writable: false, journal: freshJournal() });
      expect(() => session.asyncSyscall("1.0/queryPage", args)).toThrow("paginate() is only supported in the app.");
    });
  });
});

describe("other operations", () => {
  it("normalizeId knows the ids of a table", () => {
    const { store, id } = seeded();
    const normalize = (table: string, idString: string) =>
      query(store, (session) => session.syscall("1.0/db/normalizeId", { table, idString }));
    expect(normalize("users", id)).toBe(JSON.stringify({ id }));
    expect(normalize("teams", id)).toBe('{"id":null}');
    expect(normalize("nothing", id)).toBe('{"id":null}');
    expect(normalize("users", "nonsense")).toBe('{"id":null}');
  });

  it("count gives the documents of a table", () => {
    const { store } = seeded();
    const count = (table: string) => query(store, (session) => session.asyncSyscall("1.0/count", { table }));
    expect([count("users"), count("nothing"), count("_crons")]).toEqual(["1", "0", "0"]);
  });

  it("that are not the database's are left to others", () => {
    query(storeWith(users), (session) => {
      expect(session.syscall("1.0/componentArgument", {})).toBeUndefined();
      expect(session.syscall("1.0/get", {})).toBeUndefined();
      expect(session.asyncSyscall("1.0/runUdf", {})).toBeUndefined();
    });
  });

  it("do not write for a query", () => {
    const { store, id } = seeded();
    for (const operation of ["insert", "shallowMerge", "replace", "remove"]) {
      const attempt = (session: DatabaseSession) =>
        session.asyncSyscall(`1.0/${operation}`, { id, table: "users", value: {} });
      expect(() => query(store, attempt)).toThrow("A query cannot write to the database.");
    }
    expect(() =>
      store.read((tx) => new DatabaseSession({ tx, component: "", writable: true, journal: freshJournal() })),
    ).toThrow("only reads");
  });
});
