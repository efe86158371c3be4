import { describe, expect, it } from "vitest";
import { DeveloperError } from "../errors.ts";
import { property } from "../runtime/foreign.ts";
import { evaluateConfig } from "./evaluate-config.ts";

const evaluate = (code: string, environment: (name: string) => string | undefined = () => undefined) =>
  evaluateConfig(
    { filename: "test:config", code, sourceMap: '{"version":3,"sources":[],"names":[],"mappings":""}' },
    environment,
  );

function refusal(code: string, environment?: (name: string) => string | undefined): unknown {
  try {
    return evaluate(code, environment);
  } catch (error) {
    return error;
  }
}

describe("a config file", () => {
  it("gives its exports, of either kind", () => {
    expect(property(evaluate("exports.a = 1;"), "a")).toBe(1);
    expect(property(evaluate("module.exports = { a: 2 };"), "a")).toBe(2);
  });

  it("reads variables one at a time", () => {
    const read: string[] = [];
    const exports = evaluate("exports.a = process.env.FIRST; exports.b = process.env.SECOND;", (name) => {
      read.push(name);
      return name === "FIRST" ? "1" : undefined;
    });
    expect([property(exports, "a"), property(exports, "b")]).toEqual(["1", undefined]);
    expect(read).toEqual(["FIRST", "SECOND"]);
  });

  it("may log, to nobody", () => {
    expect(property(evaluate("console.log('x'); exports.a = 1;"), "a")).toBe(1);
  });

  it("leaves nothing behind for the next", () => {
    evaluate("globalThis.left = 1; Object.prototype.odd = 1;");
    expect(property(evaluate("exports.a = typeof left + typeof {}.odd;"), "a")).toBe("undefinedundefined");
    expect("odd" in {}).toBe(false);
  });

  it.each([
    ["fetch('http://x')", "fetch is not defined"],
    ["require('fs')", "require is not defined"],
    ["setTimeout(() => {})", "setTimeout is not defined"],
    ["eval('1')", "Code generation from strings disallowed"],
    ["throw new Error('bad config')", "Uncaught Error: bad config"],
    ["throw new TypeError('odd')", "Uncaught TypeError: odd"],
  ])("that does %s is the developer's mistake: %s", (code, message) => {
    const error = refusal(code);
    expect(error).toBeInstanceOf(DeveloperError);
    expect(property(error, "message")).toContain(message);
  });

  it("passes on, as it is, what the environment refuses", () => {
    const own = new DeveloperError("NAME is not set");
    const refuse = () => {
      throw own;
    };
    expect(refusal("exports.a = process.env.NAME;", refuse)).toBe(own);
  });
});
