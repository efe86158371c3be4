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

  it("holds 255 lines, then one that says so, then no more, however many follow", () => {
    const heard: string[] = [];
    const logs = new LogBuffer((line) => heard.push(line));
    for (let n = 0; n < 1000; n++) logs.add("LOG", [`${n}`]);
    expect(logs.lines).toHaveLength(256);
    expect(logs.lines[254]).toBe("[LOG] 254");
    expect(logs.lines[255]).toBe("[ERROR] Log overflow (maximum 256). Remaining log lines omitted.");
    expect(heard).toEqual(logs.lines);
  });

  it("says nothing of overflow for exactly 255 lines", () => {
    const logs = new LogBuffer();
    for (let n = 0; n < 255; n++) logs.add("LOG", [`${n}`]);
    expect(logs.lines.at(-1)).toBe("[LOG] 254");
  });

  it("always has room for a warning, which takes none from what follows", () => {
    const logs = new LogBuffer();
    logs.warn("early");
    for (let n = 0; n < 300; n++) logs.add("LOG", [`${n}`]);
    logs.warn("late");
    expect(logs.lines).toHaveLength(258);
    expect([logs.lines[0], logs.lines[255], logs.lines[257]]).toEqual(["[WARN] early", "[LOG] 254", "[WARN] late"]);
  });

  it.each([
    ["x", 32_768],
    ["é", 16_384],
    ["漢", 10_922],
    ["🙂", 8_192],
  ])("keeps 32 KiB of %s in a line, whole", (character, fit) => {
    const logs = new LogBuffer();
    logs.add("WARN", [character.repeat(fit)]);
    expect(logs.lines).toEqual([`[WARN] ${character.repeat(fit)}`]);
  });

  it.each(["x", "é", "漢", "🙂"])(
    "cuts a longer line of %s, between characters, and says so as production does",
    (character) => {
      const logs = new LogBuffer();
      logs.add("WARN", ["a", character.repeat(100_000)]);
      const [, kept = ""] = /^\[WARN\] (.*) \(truncated due to length\)$/u.exec(logs.lines[0] ?? "") ?? [];
      expect(kept).toBe(`a ${character.repeat(Array.from(kept).length - 2)}`);
      const bytes = Buffer.byteLength(`${kept} (truncated due to length)`);
      expect(bytes).toBeLessThanOrEqual(32_768);
      expect(bytes).toBeGreaterThan(32_768 - 4);
    },
  );
});
