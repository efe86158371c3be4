import { describe, expect, test } from "vitest";
import { parsePlainJson } from "../../values/export-json.ts";
import { readArray, readCsv, readLines } from "./lines.ts";

const lines = (text: string | Buffer) => [...readLines(Buffer.from(text), parsePlainJson)];
const array = (text: string) => [...readArray(Buffer.from(text))];
const csv = (text: string, ...optional: string[]) => [...readCsv(Buffer.from(text), new Set(optional))];

describe("lines", () => {
  test("a document each, the last one with or without its end", () => {
    expect(lines('{"a":1}\n{"a":2}')).toEqual([{ a: 1 }, { a: 2 }]);
    expect(lines('{"a":1}\r\n{"a":2}\r\n')).toEqual([{ a: 1 }, { a: 2 }]);
    expect(lines("")).toEqual([]);
  });

  test.each([
    ['{"a":1}\n\n{"a":2}', /not valid JSON/],
    ["[1]", /not an object/],
    ["null", /not an object/],
    [Buffer.from([0x22, 0xff, 0x22]), /valid UTF8/],
    ["\uFEFF{}", /not valid JSON/],
  ])("%j is refused", (text, message) => {
    expect(() => lines(text)).toThrow(message);
  });

  test("are read one by one: what comes later is not looked at", () => {
    const rows = readLines(Buffer.from('{"a":1}\nbroken'), parsePlainJson);
    expect(rows.next()).toEqual({ done: false, value: { a: 1 } });
    expect(() => rows.next()).toThrow(/not valid JSON/);
  });
});

describe("an array", () => {
  test("of documents", () => {
    expect(array(' [{"b":1,"a":-0.5}, {}] ')).toEqual([{ a: -0.5, b: 1 }, {}]);
  });

  test.each([
    ["{}", /Not a JSON array/],
    ["[", /Not valid JSON/],
    ["[1]", /not an object/],
    ['[{"n":1e999}]', /out of range/],
    [`[${" ".repeat(17 * 1024 * 1024)}]`, /too large for JSON \(\d+ bytes > maximum 16777216\)/],
  ])("%.20s is refused", (text, message) => {
    expect(() => array(text)).toThrow(message);
  });
});

describe("comma-separated values", () => {
  test("are numbers where they read as such, else text", () => {
    expect(csv(' name , age\nAna,7\nRui,+.5e1\n"3",x1')).toEqual([
      { name: "Ana", age: 7 },
      { name: "Rui", age: 5 },
      { name: 3, age: "x1" },
    ]);
    expect(csv("n\n-Infinity\nNaN\n1e5.0")).toEqual([{ n: null }, { n: null }, { n: "1e5.0" }]);
  });

  test("leave a field out that is empty, where the schema lets it be missing", () => {
    expect(csv("a,b\n,\n", "b")).toEqual([{ a: "" }]);
  });

  test.each([
    ["", /headers/],
    ["a,b\n1", /all of the fields/],
    ["a\n1,2", /all of the fields/],
  ])("%j is refused", (text, message) => {
    expect(() => csv(text)).toThrow(message);
  });
});
