/**
 * `node local/engine/codegen.ts [--check] [directory]`: writes `_generated` of a Convex directory (default `convex`),
 * offline. With `--check` it writes nothing, and fails when a file is out of date.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { generate } from "./bundle/generate.ts";
import { DeveloperError } from "./errors.ts";

try {
  await run(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof DeveloperError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

async function run(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseFlags(args);
  const directory = resolve(positionals[0] ?? "convex");
  const target = join(directory, "_generated");
  const files = await generate(directory);
  const stale = [...files].filter(([name, text]) => readText(join(target, name)) !== text);
  if (values.check) {
    for (const [name, text] of stale) report(join(target, name), text);
    if (stale.length > 0) throw new DeveloperError("Generated code is out of date. Run: node local/engine/codegen.ts");
    return;
  }
  mkdirSync(target, { recursive: true });
  for (const [name, text] of stale) writeFileSync(join(target, name), text);
}

/** A flag that is misspelt must not write where it was to check. */
function parseFlags(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: { check: { type: "boolean", default: false } },
      allowPositionals: true,
    });
  } catch (error) {
    throw new DeveloperError(error instanceof Error ? error.message : String(error));
  }
}

/** Says how far a file is from what it should be: its first wrong line. */
function report(file: string, expected: string): void {
  const actual = readText(file)?.split("\n");
  const wanted = expected.split("\n");
  const line = wanted.findIndex((text, index) => text !== actual?.[index]);
  const summary = actual
    ? `line ${line + 1}: expected ${JSON.stringify(wanted[line])}, found ${JSON.stringify(actual[line])}`
    : "missing";
  process.stderr.write(`${file}: ${summary}\n`);
}

function readText(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return null;
  }
}
