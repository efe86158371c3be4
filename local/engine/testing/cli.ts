/** The official CLI as a child process, cut off from everything but this machine. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import { z } from "zod";

const CLI = join(dirname(fileURLToPath(import.meta.resolve("convex/package.json"))), "bin", "main.js");
const TIME_LIMIT_MS = 25_000;

/** An address where nothing listens: whatever asks there fails at once. */
const NOWHERE = "http://127.0.0.1:9";

/**
 * What keeps the CLI on this machine: `CI` switches its crash reports off, the rest leads its own servers and any
 * proxied request to where nobody is.
 */
const OFFLINE = {
  NODE_ENV: "production",
  CI: "1",
  CONVEX_VERSION_API_ORIGIN: NOWHERE,
  CONVEX_PROVISION_HOST: NOWHERE,
  HTTPS_PROXY: NOWHERE,
  NO_PROXY: "127.0.0.1",
} as const;

export type CliTarget = { url: string; adminKey: string };
export type CliResult = { code: number | null; stdout: string; stderr: string };

/** A project's directory as the CLI expects one; it goes when the test ends. */
export function makeProject(): string {
  const directory = mkdtempSync(join(tmpdir(), "qify-cli-"));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  writeFileSync(join(directory, "package.json"), JSON.stringify({ dependencies: { convex: "*" } }));
  return directory;
}

/** Runs `convex <args>` in a directory to its end; it is killed when it takes too long. */
export async function runCli(
  args: readonly string[],
  { url, adminKey, cwd = makeProject() }: CliTarget & { cwd?: string },
): Promise<CliResult> {
  const cli = startCli(args, { url, adminKey, cwd });
  const [code]: unknown[] = await once(cli.child, "close");
  return { code: z.number().nullable().parse(code), stdout: cli.stdout(), stderr: cli.stderr() };
}

/** Starts `convex <args>`; it is killed at the end of the test, or when it takes too long. */
export function startCli(
  args: readonly string[],
  { url, adminKey, cwd = makeProject() }: CliTarget & { cwd?: string },
) {
  const child = spawn(process.execPath, [CLI, ...args, "--url", url, "--admin-key", adminKey], {
    cwd,
    // Nothing of this process's own environment: a developer's deployment is none of the test's business.
    env: { PATH: process.env["PATH"], HOME: cwd, NODE_COMPILE_CACHE: process.env["NODE_COMPILE_CACHE"], ...OFFLINE },
    stdio: ["ignore", "pipe", "pipe"],
    timeout: TIME_LIMIT_MS,
    killSignal: "SIGKILL",
  });
  const printed = { stdout: "", stderr: "" };
  child.stdout.on("data", (bytes) => (printed.stdout += String(bytes)));
  child.stderr.on("data", (bytes) => (printed.stderr += String(bytes)));
  onTestFinished(() => void child.kill("SIGKILL"));
  return { child, stdout: () => printed.stdout, stderr: () => printed.stderr };
}
