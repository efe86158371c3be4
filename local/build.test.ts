import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { hashInputs } from "./build.ts";

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "qify-build-"));
  write("page.tsx", "hello");
});
afterEach(() => rmSync(directory, { recursive: true }));

function write(name: string, text: string): void {
  mkdirSync(join(directory, "app"), { recursive: true });
  writeFileSync(join(directory, "app", name), text);
}

const hash = () => hashInputs([join(directory, "app"), join(directory, "not-there")]);

describe("the digest that spares a build", () => {
  it("is the same for the same files", () => {
    const before = hash();
    write("page.tsx", "hello");
    expect(hash()).toBe(before);
  });

  it.each([
    ["a changed file", () => write("page.tsx", "hello!")],
    ["a new file", () => write("layout.tsx", "")],
    ["a renamed file", () => (rmSync(join(directory, "app/page.tsx")), write("page2.tsx", "hello"))],
  ])("changes with %s", (_what, change) => {
    const before = hash();
    change();
    expect(hash()).not.toBe(before);
  });

  it("does not change with a test", () => {
    const before = hash();
    write("page.test.tsx", "expect");
    expect(hash()).toBe(before);
  });
});
