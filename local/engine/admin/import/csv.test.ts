import fc from "fast-check";
import { expect, test } from "vitest";
import { parseCsv } from "./csv.ts";

test.each<[string, string[][]]>([
  ["", []],
  ["a", [["a"]]],
  [
    "a,b\n1,2\n",
    [
      ["a", "b"],
      ["1", "2"],
    ],
  ],
  [
    "a,b\r\n1,2",
    [
      ["a", "b"],
      ["1", "2"],
    ],
  ],
  [
    "a,\n,b",
    [
      ["a", ""],
      ["", "b"],
    ],
  ],
  ["a\n\n\r\nb", [["a"], ["b"]]],
  ['"a,b","say ""hi""","two\nlines"\n', [["a,b", 'say "hi"', "two\nlines"]]],
  ['""\n', [[""]]],
  ['6" pipe,b', [['6" pipe', "b"]]],
  ['"open,b', [['"open', "b"]]],
])("%j", (text, records) => {
  expect(parseCsv(text)).toEqual(records);
});

const cells = fc.string({ unit: fc.constantFrom("a", "é", '"', ",", "\n", "\r", " ") });
const tables = fc.array(fc.array(cells, { minLength: 2, maxLength: 4 }), { maxLength: 5 });

test("what is quoted is read as it was", () => {
  fc.assert(
    fc.property(tables, fc.constantFrom("\n", "\r\n"), (records, newline) => {
      const quoted = records.map((record) => record.map((cell) => `"${cell.replaceAll('"', '""')}"`).join());
      expect(parseCsv(quoted.join(newline))).toEqual(records);
    }),
  );
});

test("a long cell that is never closed takes no longer than its length", () => {
  expect(parseCsv(`"${'a""'.repeat(20_000)}`)).toHaveLength(1);
});
