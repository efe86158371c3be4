import { describe, expect, it } from "vitest";
import { identifierProblem, isIdentifier } from "./identifiers.ts";

describe("identifiers", () => {
  it("begin with a letter and have letters, digits and underscores", () => {
    expect(["a", "A_1", "x".repeat(64)].every(isIdentifier)).toBe(true);
    expect(["", "_a", "1a", "a-b", "é", "x".repeat(65)].some(isIdentifier)).toBe(false);
  });

  it.each(["a", "_a", "_1", "x".repeat(64)])("%s is one, as far as fields go", (name) => {
    expect(identifierProblem(name)).toBeNull();
  });

  it.each([
    ["", "Identifier cannot be empty"],
    ["1a", "Invalid first character '1' in 1a: Identifiers must start with an alphabetic character or underscore"],
    [
      "a-b",
      "Identifier a-b has invalid character '-': Identifiers can only contain alphanumeric characters or underscores",
    ],
    ["x".repeat(65), "Identifier is too long (65 > maximum 64)"],
    ["__", "Identifier __ cannot have exclusively underscores"],
  ])("%j is none: %s", (name, problem) => {
    expect(identifierProblem(name)).toBe(problem);
  });
});
