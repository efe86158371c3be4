import { spawn, type ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import type { Environment } from "./options.ts";

const LAST_WORDS = 20; // lines shown of a child that died

export type ChildOptions = {
  name: string;
  /** Arguments for Node itself: every child is a Node process of the version that runs this one. */
  args: readonly string[];
  environment: Environment;
  /** Told of each line that the child prints. */
  onLine?: (line: string) => void;
};

/**
 * The processes of a local world. They live and die together: when one ends by itself, `failure` rejects with its last
 * words, and `stopAll` leaves none behind, grandchildren included.
 */
export class Children {
  readonly #running = new Map<ChildProcess, { name: string; ended: Promise<void> }>();
  readonly #patienceMs: number;
  #stopping = false;
  #reject: (error: Error) => void = () => {};
  /** Never resolves. */
  readonly failure = new Promise<never>((_, reject) => {
    this.#reject = reject;
  });

  /** `patienceMs` lies between asking a child to stop and making it. */
  constructor({ patienceMs = 5000 }: { patienceMs?: number } = {}) {
    this.#patienceMs = patienceMs;
    this.failure.catch(() => {}); // whoever awaits it hears of it
  }

  /** Starts a child that is meant to run until `stopAll`; resolves with its first IPC message, for one that sends any. */
  start(options: ChildOptions): { firstMessage: Promise<unknown> } {
    const child = spawn(process.execPath, [...options.args], {
      env: { NODE_ENV: process.env.NODE_ENV, ...options.environment },
      stdio: ["ignore", "pipe", "pipe", "ipc"],
      detached: true, // a process group of its own, so that its children can be stopped with it
    });
    const lastWords = this.#listen(child, options);
    const ended = new Promise<void>((resolve) => {
      child.once("exit", (code, signal) => {
        this.#running.delete(child);
        resolve();
        if (this.#stopping) return;
        const how = signal === null ? `ended with code ${String(code)}` : `was ended by ${signal}`;
        this.#reject(new Error([`The ${options.name} ${how}. Its last words:`, ...lastWords].join("\n  ")));
      });
    });
    this.#running.set(child, { name: options.name, ended });
    return { firstMessage: new Promise((resolve) => child.once("message", resolve)) };
  }

  async stopAll(): Promise<void> {
    this.#stopping = true;
    const stops = [...this.#running].map(async ([child, { ended }]) => {
      signalGroup(child, "SIGTERM");
      const timer = setTimeout(() => signalGroup(child, "SIGKILL"), this.#patienceMs);
      await ended;
      clearTimeout(timer);
    });
    await Promise.all(stops);
  }

  /** Last resort, when there is no time to wait: nothing may outlive this process. */
  killAll(): void {
    for (const child of this.#running.keys()) signalGroup(child, "SIGKILL");
  }

  #listen(child: ChildProcess, { onLine }: ChildOptions): readonly string[] {
    const lastWords: string[] = [];
    const hear = (stream: Readable | null) => {
      if (stream === null) return;
      createInterface({ input: stream }).on("line", (line) => {
        lastWords.push(line);
        if (lastWords.length > LAST_WORDS) lastWords.shift();
        onLine?.(line);
      });
    };
    hear(child.stdout);
    hear(child.stderr);
    return lastWords;
  }
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    child.kill(signal); // the group is gone already
  }
}
