import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";

/** A Convex directory with these files, by name, that lives as long as the test. It finds the project's packages. */
export function makeDirectory(files: Record<string, string>): string {
  const root = mkdtempSync(join(tmpdir(), "engine-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const packages = dirname(dirname(createRequire(import.meta.url).resolve("convex/package.json")));
  symlinkSync(packages, join(root, "node_modules"));
  const directory = join(root, "convex");
  mkdirSync(directory);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, name), text);
  }
  return directory;
}
