import { describe, expect, it } from "vitest";
import { encodeId } from "../values/ids.ts";
import { sizeOf } from "../values/size.ts";
import { Catalog } from "./catalog.ts";
import { Connection } from "./connection.ts";
import { requireFit, tableNameIn } from "./document-fit.ts";

const catalog = new Catalog(Connection.open({ file: ":memory:", synchronous: "OFF" }));
const users = catalog.create("", "users");
const typed = {
  ...catalog.create("", "notes"),
  validator: { type: "object", value: { owner: { fieldType: { type: "id", tableName: "users" }, optional: false } } },
};

describe("the table of an id", () => {
  it("is the one of its component that has its number", () => {
    expect(tableNameIn(catalog, "", encodeId(users.number))).toBe("users");
    expect(tableNameIn(catalog, "part", encodeId(users.number))).toBeNull();
    expect(tableNameIn(catalog, "", "no id")).toBeNull();
  });
});

describe("a document fits", () => {
  it("a table whose validator takes it, whatever its system fields are, and gives its size and depth", () => {
    const document = { _id: encodeId(typed.number), _creationTime: 1, owner: encodeId(users.number) };
    expect(requireFit(catalog, typed, document)).toEqual({ size: sizeOf(document), nesting: 1 });
    const anything = { anything: [1, "two"] };
    expect(requireFit(catalog, users, anything)).toEqual({ size: sizeOf(anything), nesting: 2 });
  });

  it.each([
    ["a field that is missing", {}],
    ["an id of another table", { owner: encodeId(typed.number) }],
    ["a field too many", { owner: encodeId(users.number), more: 1 }],
  ])("no table that asks for something else: %s", (_, document) => {
    expect(() => requireFit(catalog, typed, document)).toThrow(
      'Failed to insert or update a document in table "notes" because it does not match the schema: ',
    );
  });

  it("no table when it is larger than documents may be, but for the engine's own tables", () => {
    const large = { text: "x".repeat(2 ** 20) };
    expect(() => requireFit(catalog, users, large)).toThrow("Value is too large");
    expect(requireFit(catalog, { ...users, name: "_scheduled_functions" }, large)).toEqual({
      size: sizeOf(large),
      nesting: 0,
    });
  });
});
