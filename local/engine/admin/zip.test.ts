import fc from "fast-check";
import { expect, test } from "vitest";
import { openZip } from "./zip-reader.ts";
import { writeZip } from "./zip.ts";

const entryLists = fc.array(
  fc.record({
    name: fc.stringMatching(/^[\p{L}\d_ .]{0,12}\p{L}(\/[\p{L}\d_-]{1,12}){0,3}$/u),
    bytes: fc.uint8Array({ maxLength: 500 }),
  }),
  { maxLength: 8 },
);

test("what is written is read: names, bytes and order", () => {
  fc.assert(
    fc.property(entryLists, (entries) => {
      const read = openZip(writeZip(entries));
      expect(read.map((member) => [member.name, member.size, [...member.read()]])).toEqual(
        entries.map(({ name, bytes }) => [name, bytes.length, [...bytes]]),
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
