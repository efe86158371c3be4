import { describe, expect, it } from "vitest";
import { insertAll, storeWith, tableSchema } from "../store/testing.ts";
import type { JsonObject } from "../types.ts";
import { encodeId } from "../values/ids.ts";
import { guardSystemTables, objectArgument, tableOfId, textArgument } from "./arguments.ts";

describe("arguments of an operation", () => {
  it("are texts and objects, or named in the error", () => {
    expect(textArgument("db.get", { id: "x" }, "id")).toBe("x");
    expect(objectArgument("db.insert", { value: { a: 1 } }, "value")).toEqual({ a: 1 });
    expect(() => textArgument("db.get", {}, "id")).toThrow(
      "Invalid argument `id` for `db.get`: Value must be a string",
    );
    const wrong: JsonObject[] = [{}, { value: null }, { value: [] }, { value: "x" }];
    for (const args of wrong) {
      expect(() => objectArgument("db.insert", args, "value")).toThrow(
        "Invalid argument `value` for `db.insert`: Value must be an Object",
      );
    }
  });
});

describe("the table of an id", () => {
  const store = storeWith(tableSchema("users"));
  const [id = ""] = insertAll(store, "users", [{}]);
  const [stored = ""] = insertAll(store, "_storage", [{}]);
  const find = (args: JsonObject, operation: "db.get" | "db.patch" = "db.get") =>
    store.read((tx) => tableOfId(operation, { tx, component: "" }, args)?.name ?? null);

  it("is found, and is the one named", () => {
    expect(find({ id })).toBe("users");
    expect(find({ id, table: "users" })).toBe("users");
    expect(find({ id: encodeId(10_999) })).toBeNull();
    expect(() => find({ id, table: "teams" })).toThrow('expected to be an Id<"teams">, got Id<"users"> instead.');
  });

  it("is the system's only for reads that say so", () => {
    expect(find({ id: stored, isSystem: true })).toBe("_storage");
    expect(() => find({ id: stored, isSystem: true }, "db.patch")).toThrow("System tables can only be accessed");
    expect(() => guardSystemTables("users", true)).toThrow("User tables cannot be accessed with db.system.");
  });

  it.each([
    ["", "Invalid ID length 0"],
    ["x".repeat(38), "Invalid ID length 38"],
    [`${"a".repeat(31)}I`, "ID wasn't valid base32"],
    ["a".repeat(32), "Invalid ID version"],
  ])("is not told by %j", (text, problem) => {
    expect(() => find({ id: text })).toThrow(`Invalid argument \`id\` for \`db.get\`: Unable to decode ID: ${problem}`);
  });
});
