import { describe, expect, it } from "vitest";
import { Catalog } from "./catalog.ts";
import { Connection } from "./connection.ts";

function open(): { connection: Connection; catalog: Catalog } {
  const connection = Connection.open({ file: ":memory:", synchronous: "OFF" });
  return { connection, catalog: new Catalog(connection) };
}

describe("tables", () => {
  it("are numbered from 10001 in each component, and keyed over all of them", () => {
    const { catalog } = open();
    const tables = [catalog.create("", "a"), catalog.create("", "b"), catalog.create("child", "a")];
    expect(tables.map((table) => table.number)).toEqual([10_001, 10_002, 10_001]);
    expect(new Set(tables.map((table) => table.key)).size).toBe(3);
    expect(catalog.table("", "b")).toBe(tables[1]);
    expect(catalog.tableNumbered("child", 10_001)).toBe(tables[2]);
    expect(catalog.tableNumbered("child", 10_002)).toBeNull();
    expect(catalog.tablesOf("").map((table) => table.name)).toEqual(["a", "b"]);
  });

  it("have an index by id and one by creation time", () => {
    const table = open().catalog.create("", "a");
    expect(table.byId.fields).toEqual(["_id"]);
    expect(table.byCreationTime.fields).toEqual(["_creationTime", "_id"]);
    expect([...table.indexes.keys()]).toEqual(["by_id", "by_creation_time"]);
  });

  it("of the system come with the indexes that the engine needs", () => {
    const { catalog } = open();
    expect(catalog.create("", "_scheduled_functions").indexes.get("by_state_and_time")?.fields).toEqual([
      "state.kind",
      "scheduledTime",
      "_creationTime",
      "_id",
    ]);
    expect(catalog.create("", "_scheduled_targets").indexes.get("by_job")?.fields[0]).toBe("jobId");
    expect(catalog.create("", "_crons").indexes.get("by_identifier")?.fields[0]).toBe("identifier");
  });

  it.each(["", "1a", "a b", "_mine"])("are never called %j", (name) => {
    expect(() => open().catalog.create("", name)).toThrow("Invalid table name");
  });

  it("are the same after a reload, and gone after their making was undone", () => {
    const { connection, catalog } = open();
    const kept = catalog.create("", "kept");
    expect(() =>
      connection.transaction(() => {
        catalog.create("", "lost");
        throw new Error("no");
      }),
    ).toThrow("no");
    catalog.reload();
    expect(catalog.table("", "kept")).toEqual(kept);
    expect(catalog.table("", "lost")).toBeNull();
    catalog.forget(kept);
    expect(catalog.table("", "kept")).toBeNull();
    expect(catalog.tableNumbered("", kept.number)).toBeNull();
  });
});
