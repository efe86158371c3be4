import { describe, expect, it } from "vitest";
import { tokenize } from "./tokens.ts";

describe("terms of a text", () => {
  it.each([
    ["Hello, World!", ["hello", "world"]],
    ["snake_case and-dash", ["snake", "case", "and", "dash"]],
    ["Ação já às 10h30", ["ação", "já", "às", "10h30"]],
    ["日本語", ["日本語"]],
    ['quote" OR *', ["quote", "or"]],
    [" \n ", []],
    ["ΟΔΟΣ οδός", ["οδοσ", "οδός"]],
    [`${"x".repeat(31)} ${"y".repeat(32)} ${"é".repeat(15)} ${"é".repeat(16)}`, ["x".repeat(31), "é".repeat(15)]],
  ])("of %j are %j", (text, terms) => {
    expect(tokenize(text)).toEqual(terms);
  });
});
