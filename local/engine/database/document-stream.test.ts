import { describe, expect, it } from "vitest";
import { DocumentStream } from "./document-stream.ts";
import type { Operator } from "./query-json.ts";
import type { RowSource } from "./rows.ts";

/** Numbered documents; says how many were taken. */
function source(count: number): RowSource & { taken: number; closed: boolean } {
  return {
    taken: 0,
    closed: false,
    next() {
      if (this.taken === count) return null;
      const json = JSON.stringify({ n: this.taken++ });
      return { key: Buffer.from(json), json, size: json.length };
    },
    close() {
      this.closed = true;
    },
  };
}

function drain(stream: DocumentStream): string[] {
  const found: string[] = [];
  for (let json = stream.next(); json !== null; json = stream.next()) found.push(json);
  return found;
}

const atLeast = (n: number): Operator => ({ filter: { $gte: [{ $field: "n" }, { $literal: n }] } });

describe("a document stream", () => {
  it("passes the text of documents on untouched", () => {
    expect(drain(new DocumentStream(source(2), []))).toEqual(['{"n":0}', '{"n":1}']);
  });

  it("takes no more from its source than a limit needs", () => {
    const rows = source(100);
    expect(drain(new DocumentStream(rows, [{ limit: 3 }]))).toHaveLength(3);
    expect(rows.taken).toBe(3);
  });

  it("takes as much as a filter before a limit needs, and no more than a limit before a filter allows", () => {
    const first = source(100);
    expect(drain(new DocumentStream(first, [atLeast(10), { limit: 2 }]))).toEqual(['{"n":10}', '{"n":11}']);
    expect(first.taken).toBe(12);
    const second = source(100);
    expect(drain(new DocumentStream(second, [{ limit: 5 }, atLeast(4)]))).toEqual(['{"n":4}']);
    expect(second.taken).toBe(5);
  });

  it("closes its source", () => {
    const rows = source(1);
    new DocumentStream(rows, []).close();
    expect(rows.closed).toBe(true);
  });
});
