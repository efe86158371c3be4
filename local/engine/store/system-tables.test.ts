import { describe, expect, it } from "vitest";
import { SYSTEM_TABLES, isPrivateTable, isSystemTable } from "./system-tables.ts";

describe("system tables", () => {
  it("are told by their underscore", () => {
    expect(Object.keys(SYSTEM_TABLES).every(isSystemTable)).toBe(true);
    expect(isSystemTable("users")).toBe(false);
  });

  it("show functions what production shows, and nothing else that begins with an underscore", () => {
    const shown = [...Object.keys(SYSTEM_TABLES), "_modules", "users"].filter((name) => !isPrivateTable(name));
    expect(shown).toEqual(["_storage", "_scheduled_functions", "users"]);
  });
});
