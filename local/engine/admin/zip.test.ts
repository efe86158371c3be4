import fc from "fast-check";
import { expect, test } from "vitest";
import { readZip, writeZip } from "./zip.ts";

const entryLists = fc.array(
  fc.record({
    name: fc.string({ unit: "grapheme", minLength: 1, maxLength: 40 }).filter((name) => !name.endsWith("/")),
    bytes: fc.uint8Array({ maxLength: 500 }),
  }),
  { maxLength: 8 },
);

test("what is written is read: names, bytes and order", () => {
  fc.assert(
    fc.property(entryLists, (entries) => {
      const read = readZip(writeZip(entries));
      expect(read.map(({ name, bytes }) => [name, [...bytes]])).toEqual(
        entries.map(({ name, bytes }) => [name, [...bytes]]),
      );
    }),
  );
});

test("the same content gives the same file", () => {
  const entries = [{ name: "a/documents.jsonl", bytes: Buffer.from("{}\n") }];
  expect(writeZip(entries)).toEqual(writeZip(entries));
});

test("what repeats is packed", () => {
  const bytes = Buffer.alloc(100_000, "again ");
  expect(writeZip([{ name: "a", bytes }]).length).toBeLessThan(2_000);
});

/** Written by Python's zipfile: a folder, a file in it that is not packed, and a note at the end. */
const FOREIGN = [
  "UEsDBBQAAAAAAAAAIQAAAAAAAAAAAAAAAAAGAAAAcGFzdGEvUEsDBBQAAAgAAAAAIQDOc2ngCQAAAAkAAAAOAAAAcGFzdGEvb2zD",
  "oS50eHRjb250ZcO6ZG9QSwECFAMUAAAAAAAAACEAAAAAAAAAAAAAAAAABgAAAAAAAAAAABAA/0EAAAAAcGFzdGEvUEsBAhQDFAAA",
  "CAAAAAAhAM5zaeAJAAAACQAAAA4AAAAAAAAAAAAAAIABJAAAAHBhc3RhL29sw6EudHh0UEsFBgAAAAACAAIAcAAAAFkAAAAGAGEg",
  "bm90ZQ==",
].join("");

test("what another program wrote is read, without its folders", () => {
  const [entry, ...others] = readZip(Buffer.from(FOREIGN, "base64"));
  expect([entry?.name, String(entry?.bytes), others]).toEqual(["pasta/olá.txt", "conteúdo", []]);
});

test("a damaged file is refused, wherever it breaks off, and when a byte is another", () => {
  const entries = [
    { name: "one", bytes: Buffer.from("first first first") },
    { name: "two", bytes: Buffer.from("second") },
  ];
  const whole = writeZip(entries);
  for (let at = 0; at < whole.length; at++) {
    const cut = whole.subarray(0, at);
    expect(() => readZip(cut), `${at} bytes`).toThrow("The ZIP file cannot be read");
  }
  const content = whole.indexOf("one") + 3;
  const bent = Buffer.from(whole);
  bent[content + 2] = (bent[content + 2] ?? 0) ^ 0xff;
  expect(() => readZip(bent)).toThrow("The ZIP file cannot be read");
});
