import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Connection } from "./connection.ts";
import { Files } from "./files.ts";

function open() {
  const connection = Connection.open({ file: ":memory:", synchronous: "OFF" });
  const files = new Files(connection);
  /** As plain numbers: which class of bytes comes back is the driver's business. */
  const read = (id: string): number[] | null => {
    const bytes = files.get(id);
    return bytes === null ? null : [...bytes];
  };
  return { connection, files, read };
}

describe("bytes", () => {
  it("come back as they went in, whatever they are", () => {
    const { files, read } = open();
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        files.put("f", bytes);
        expect(read("f")).toEqual([...bytes]);
      }),
    );
  });

  it("of a part of a buffer are that part alone", () => {
    const { files, read } = open();
    files.put("f", new Uint8Array([0, 1, 2, 3, 4]).subarray(1, 4));
    expect(read("f")).toEqual([1, 2, 3]);
  });

  it("are a copy: what the giver does with its own later does not show", () => {
    const { files, read } = open();
    const bytes = new Uint8Array([1, 2]);
    files.put("f", bytes);
    bytes.fill(9);
    files.get("f")?.fill(8);
    expect(read("f")).toEqual([1, 2]);
  });
});

describe("an id", () => {
  it("that was never stored has none, which is not the same as no bytes", () => {
    const { files, read } = open();
    files.put("empty", new Uint8Array());
    expect([read("empty"), read("missing")]).toEqual([[], null]);
  });

  it("names one file: the last one put, and the others stay", () => {
    const { files, read } = open();
    files.put("a", new Uint8Array([1]));
    files.put("b", new Uint8Array([2]));
    files.put("a", new Uint8Array([3, 4]));
    expect([read("a"), read("b")]).toEqual([[3, 4], [2]]);
  });

  it("that is removed is gone, alone; removing what is not there changes nothing", () => {
    const { files, read } = open();
    files.put("a", new Uint8Array([1]));
    files.put("b", new Uint8Array([2]));
    files.remove("a");
    files.remove("a");
    expect([read("a"), read("b")]).toEqual([null, [2]]);
  });
});

it("a transaction that fails leaves the files as they were", () => {
  const { connection, files, read } = open();
  files.put("kept", new Uint8Array([1]));
  const failing = () =>
    connection.transaction(() => {
      files.put("new", new Uint8Array([2]));
      files.remove("kept");
      throw new Error("no");
    });
  expect(failing).toThrow("no");
  expect([read("kept"), read("new")]).toEqual([[1], null]);
});
