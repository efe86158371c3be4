import { sep } from "node:path";
import type { Clock } from "../types.ts";
import { BuildError, compile, type CompileJob, type CompileResult } from "./compile.ts";
import { mayHaveChangedSince, stampOf } from "./file-stamps.ts";

/** A bundle, and the versions of all files that went into it. */
type Kept = { result: CompileResult; modules: string; versions: ReadonlyMap<string, string> };

/**
 * Bundles one app, load after load: a bundle none of whose files changed is not made again.
 * Invariant: what is kept was made of exactly the versions that are noted with it.
 */
export class Bundler {
  readonly #clock: Clock;
  readonly #kept = new Map<string, Kept>();
  #sources = new Set<string>();

  /** The clock is that of the file system. */
  constructor(clock: Clock = Date) {
    this.#clock = clock;
  }

  /** To be called before each load: its sources are collected anew. */
  begin(): void {
    this.#sources = new Set();
  }

  /**
   * The files that this load was made of, installed packages excepted. After a load that failed, those that it came to,
   * and those that it failed at: when one of them changes or appears, another load may go better.
   */
  get sources(): readonly string[] {
    return [...this.#sources];
  }

  /** Throws `BuildError`. A job is the one that it was before when its `filename` is, but for the modules. */
  async compile(job: CompileJob): Promise<CompileResult> {
    const modules = JSON.stringify(job.modules);
    const kept = this.#kept.get(job.filename);
    const result = kept?.modules === modules && isCurrent(kept) ? kept.result : await this.#compile(job, modules);
    this.#note(result.sources);
    return result;
  }

  async #compile(job: CompileJob, modules: string): Promise<CompileResult> {
    this.#kept.delete(job.filename);
    const startedAt = this.#clock.now();
    const result = await compile(job).catch((error: unknown) => {
      if (error instanceof BuildError) this.#note(error.files);
      throw error;
    });
    const versions = versionsOf(result.sources, startedAt);
    if (versions !== null) this.#kept.set(job.filename, { result, modules, versions });
    return result;
  }

  #note(files: Iterable<string>): void {
    for (const file of files) if (!file.includes(`${sep}node_modules${sep}`)) this.#sources.add(file);
  }
}

function isCurrent({ versions }: Kept): boolean {
  return [...versions].every(([file, version]) => stampOf(file)?.version === version);
}

/** Null when a file may not be what it was when it was read: too new, or gone. */
function versionsOf(files: readonly string[], readAfter: number): ReadonlyMap<string, string> | null {
  const versions = new Map<string, string>();
  for (const file of files) {
    const stamp = stampOf(file);
    if (stamp === null || mayHaveChangedSince(stamp, readAfter)) return null;
    versions.set(file, stamp.version);
  }
  return versions;
}
