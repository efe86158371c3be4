/** The engine as a program of its own, for tests that kill it. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import { z } from "zod";

const PROGRAM = fileURLToPath(new URL("../main.ts", import.meta.url));
const SCRATCH = fileURLToPath(new URL("../../../.local/engine-tests/", import.meta.url));
/** Of the programs by their addresses; those that are given one in an environment file are given "local". */
const adminKeys = new Map<string, string>();
const ADDRESSES = z.object({ url: z.string(), siteUrl: z.string() });

export type Program = {
  url: string;
  child: ChildProcess;
  /** Everything that it printed so far, errors included. */
  printed(): string;
  /** As `kill -9` does; resolves when it is gone. */
  kill(): Promise<void>;
};

/** A copy of a fixture that a test may change, with room for a database beside it; both go when the test ends. */
export function copyFixture(app: string): { convex: string; file: string } {
  mkdirSync(SCRATCH, { recursive: true });
  const root = mkdtempSync(join(SCRATCH, "copy-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const convex = join(root, "convex");
  cpSync(fileURLToPath(new URL(`../fixtures/${app}/convex`, import.meta.url)), convex, { recursive: true });
  return { convex, file: join(root, "store", "convex.sqlite") };
}

/** Starts the engine and waits until it serves. Rejects with what it printed when it ends instead. */
export async function startProgram(
  { convex, file }: { convex: string; file: string },
  { url, flags = [] }: { url?: string; flags?: readonly string[] } = {},
): Promise<Program> {
  const port = url === undefined ? "0" : new URL(url).port;
  const program = launch(["--directory", convex, "--file", file, "--port", port, "--site-port", "0", ...flags]);
  const gone = once(program.child, "exit").then(() => Promise.reject(new Error(program.printed())));
  const [addresses]: unknown[] = await Promise.race([once(program.child, "message"), gone]);
  gone.catch(() => undefined);
  const started = ADDRESSES.parse(addresses).url;
  const place = `${file}.admin-key`;
  adminKeys.set(started, existsSync(place) ? readFileSync(place, "utf8").trim() : "local");
  return { ...program, url: started };
}

/** Runs the engine where it is expected to end by itself. */
export async function runProgram(args: readonly string[]): Promise<{ code: number | null; printed: string }> {
  const { child, printed } = launch(args);
  const [code]: unknown[] = await once(child, "close");
  return { code: z.number().nullable().parse(code), printed: printed() };
}

function launch(args: readonly string[]): Omit<Program, "url"> {
  const child = spawn(process.execPath, [PROGRAM, ...args], { stdio: ["ignore", "pipe", "pipe", "ipc"] });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (bytes) => (text += String(bytes)));
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exit = once(child, "exit");
    child.kill("SIGKILL");
    await exit;
  };
  onTestFinished(kill);
  return { child, printed: () => text, kill };
}

/** Calls a function over plain HTTP, as the `function` endpoint does for an admin. Throws the message of a failure. */
export async function callOverHttp(url: string, path: string, args: Record<string, unknown> = {}): Promise<unknown> {
  const response = await fetch(`${url}/api/function`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Convex ${adminKeys.get(url)}` },
    body: JSON.stringify({ path, args }),
  });
  const answer = z
    .object({ status: z.string(), value: z.unknown().optional(), errorMessage: z.string().optional() })
    .parse(await response.json());
  if (answer.status !== "success") throw new Error(answer.errorMessage);
  return answer.value;
}
