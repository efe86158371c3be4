import { describe, expect, it } from "vitest";
import { LogBuffer } from "./logs.ts";

describe("a log", () => {
  it("keeps lines in order, each with its level, and tells of each as it comes", () => {
    const heard: string[] = [];
    const logs = new LogBuffer((line) => heard.push(line));
    logs.add("LOG", ["'a'", "1"]);
    logs.add("ERROR", []);
    logs.add("DEBUG", ["{ b: 2 }"]);
    expect(logs.lines).toEqual(["[LOG] 'a' 1", "[ERROR] ", "[DEBUG] { b: 2 }"]);
    expect(heard).toEqual(logs.lines);
  });

  it("holds 256 lines, then one that says so, then no more, however many follow", () => {
    const heard: string[] = [];
    const logs = new LogBuffer((line) => heard.push(line));
    for (let n = 0; n < 1000; n++) logs.add("LOG", [`${n}`]);
    expect(logs.lines).toHaveLength(257);
    expect(logs.lines[255]).toBe("[LOG] 255");
    expect(logs.lines[256]).toBe("[ERROR] Log overflow (maximum 256). Remaining log lines omitted.");
    expect(heard).toEqual(logs.lines);
  });

  it("says nothing of overflow for exactly 256 lines", () => {
    const logs = new LogBuffer();
    for (let n = 0; n < 256; n++) logs.add("LOG", [`${n}`]);
    expect(logs.lines.at(-1)).toBe("[LOG] 255");
  });

  it("cuts a line at 32 KiB", () => {
    const logs = new LogBuffer();
    logs.add("WARN", ["x".repeat(100_000)]);
    expect(logs.lines[0]).toHaveLength(32_768);
    expect(logs.lines[0]).toMatch(/^\[WARN\] x+$/);
  });
});
