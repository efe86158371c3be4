import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { nextArgs } from "./next.ts";

/** What a production build is made of; a change in any of them makes a new one. */
const INPUTS = [
  "app",
  "components",
  "convex/_generated",
  "i18n",
  "lib",
  "messages",
  "public",
  "next.config.ts",
  "package-lock.json",
  "postcss.config.mjs",
  "proxy.ts",
  "tsconfig.json",
];
const STAMP = ".next/inputs.sha256";

/** Builds the app for production unless the build that is there was made of the same inputs. */
export async function buildApp(onLine: (line: string) => void): Promise<"built" | "unchanged"> {
  const inputs = hashInputs(INPUTS);
  if (existsSync(".next/BUILD_ID") && readStamp() === inputs) return "unchanged";
  await run(nextArgs("build"), onLine);
  writeFileSync(STAMP, inputs);
  return "built";
}

/** A digest over the names and contents of all files below some paths; tests are no input. */
export function hashInputs(paths: readonly string[]): string {
  const hash = createHash("sha256");
  for (const file of paths.flatMap(listFiles)) {
    if (/\.test\.tsx?$/.test(file)) continue;
    hash.update(`${file}\0`).update(readFileSync(file)).update("\0");
  }
  return hash.digest("hex");
}

function listFiles(path: string): string[] {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

function readStamp(): string {
  return existsSync(STAMP) ? readFileSync(STAMP, "utf8") : "";
}

async function run(args: readonly string[], onLine: (line: string) => void): Promise<void> {
  const child = spawn(process.execPath, [...args], { stdio: ["ignore", "pipe", "pipe"] });
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      output.push(chunk.toString());
      for (const line of chunk.toString().split("\n")) if (line.trim() !== "") onLine(line.trimEnd());
    });
  }
  const code = await new Promise<number | null>((resolve) => child.once("exit", resolve));
  if (code !== 0) throw new Error(`The production build failed:\n${output.join("").split("\n").slice(-40).join("\n")}`);
}
