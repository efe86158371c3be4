import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeCursor, encodeCursor, fingerprintOf } from "./cursors.ts";
import type { Query } from "./query-json.ts";

const source = { type: "FullTableScan" as const, tableName: "users", order: null };
const query: Query = { source, operators: [] };
const fingerprint = fingerprintOf(query, ["_creationTime"]);

describe("a cursor", () => {
  it("gives its position back", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1 }), (bytes) => {
        const position = { after: Buffer.from(bytes) };
        expect(decodeCursor(fingerprint, encodeCursor(fingerprint, position))).toEqual(position);
      }),
    );
    expect(decodeCursor(fingerprint, encodeCursor(fingerprint, "end"))).toBe("end");
  });

  it("is good for no other query, order or index", () => {
    const cursor = encodeCursor(fingerprint, "end");
    const others = [
      fingerprintOf({ ...query, operators: [{ limit: 5 }] }, ["_creationTime"]),
      fingerprintOf({ ...query, source: { ...source, order: "desc" } }, ["_creationTime"]),
      fingerprintOf(query, ["name", "_creationTime"]),
    ];
    for (const other of others)
      expect(() => decodeCursor(other, cursor)).toThrow("InvalidCursor: Tried to run a query");
  });

  it.each(["", "nonsense", `${fingerprint}`, `${fingerprint}.a.b`])("is not %j", (text) => {
    expect(() => decodeCursor(fingerprint, text)).toThrow("InvalidCursor");
  });
});
