import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { z } from "zod";

const PROGRAM = fileURLToPath(new URL("engine-program.ts", import.meta.url));
/** Most of a start goes into reading the program: its next life need not do it again. */
const COMPILE_CACHE = fileURLToPath(new URL("../../.local/compile-cache", import.meta.url));
const started = z.object({ url: z.string(), siteUrl: z.string() });

/**
 * The engine in a process that is killed as a crash would, and started again on the same file and port.
 * Invariant: at most one process runs.
 */
export class MortalEngine {
  readonly #args: readonly string[];
  #child: ChildProcess | undefined;
  #port = "0";
  #url = "";
  #siteUrl = "";
  #aheadMs = 0;
  #printed = "";
  #deaths = 0;
  #isServing = false;
  /** Settles when the engine serves; a new promise while it is down. */
  #serving = Promise.withResolvers<void>();

  /** `environment` is a JSON file as `local/engine/main.ts` takes it; `directory` holds the functions, the product's when left out. */
  constructor({ file, environment, directory }: { file: string; environment: string; directory?: string }) {
    const functions = directory === undefined ? [] : ["--directory", directory];
    this.#args = ["--file", file, "--environment", environment, ...functions];
  }

  get url(): string {
    return this.#url;
  }

  /** Where HTTP actions answer; another one in each life. */
  get siteUrl(): string {
    return this.#siteUrl;
  }

  /** How often it was killed. */
  get deaths(): number {
    return this.#deaths;
  }

  /** What it wrote to its standard error: faults. */
  get printed(): string {
    return this.#printed;
  }

  /** Resolves at once while it serves, else as soon as it does again. */
  async serving(): Promise<void> {
    await this.#serving.promise;
  }

  async start(): Promise<void> {
    const args = [PROGRAM, ...this.#args, "--port", this.#port, "--ahead-ms", String(this.#aheadMs)];
    const child = spawn(process.execPath, args, {
      stdio: ["ignore", "ignore", "pipe", "ipc"],
      env: { ...process.env, NODE_COMPILE_CACHE: COMPILE_CACHE },
    });
    this.#child = child;
    child.stderr?.on("data", (bytes) => (this.#printed += String(bytes)));
    const died = once(child, "exit").then(() =>
      Promise.reject(new Error(`The engine did not start: ${this.#printed}`)),
    );
    const [message]: unknown[] = await Promise.race([once(child, "message"), died]);
    died.catch(() => undefined);
    ({ url: this.#url, siteUrl: this.#siteUrl } = started.parse(message));
    this.#port = new URL(this.#url).port;
    this.#isServing = true;
    this.#serving.resolve();
  }

  /** SIGKILL, whatever it is doing; resolves when it is gone. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    // One that dies before it serves is still waited for.
    if (this.#isServing) this.#serving = Promise.withResolvers();
    this.#isServing = false;
    const gone = once(child, "exit");
    child.kill("SIGKILL");
    await gone;
    this.#deaths++;
  }

  /** Moves the engine's clock, now and for all its later lives, and lets it look at what is due. */
  advance(ms: number): void {
    this.#aheadMs += ms;
    if (this.#child?.connected === true) this.#child.send({ advanceMs: ms });
  }
}
