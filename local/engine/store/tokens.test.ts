import { describe, expect, it } from "vitest";
import { tokenize } from "./tokens.ts";

describe("words of a text", () => {
  it.each([
    ["Hello, World!", ["hello", "world"]],
    ["snake_case and-dash", ["snake", "case", "and", "dash"]],
    ["Ação já às 10h30", ["ação", "já", "às", "10h30"]],
    ["日本語", ["日本語"]],
    ['quote" OR *', ["quote", "or"]],
    [" \n ", []],
    [`${"x".repeat(32)} ${"y".repeat(33)} ${"é".repeat(17)}`, ["x".repeat(32)]],
  ])("of %j are %j", (text, words) => {
    expect(tokenize(text)).toEqual(words);
  });
});
