import { watch, type FSWatcher } from "node:fs";
import { dirname, resolve, sep } from "node:path";
import { listTree, mayHaveChangedSince, type Stamp, stampOf } from "./file-stamps.ts";

export type WatchOptions = {
  /** The app's directory: everything in it counts, but for generated code. */
  directory: string;
  /** What the last load was made of, or failed at; files outside of the directory among them. */
  sources: () => readonly string[];
  /** When the load that is served now began, epoch ms. */
  loadedSince: number;
  onChange: () => void;
  /** How long nothing must happen before files are looked at; editors write in bursts. Default 30. */
  debounceMs?: number;
  /** How often files are looked at without a hint. Default 1000. */
  pollMs?: number;
};

/**
 * Knows whether what is on disk is still what was loaded. The system's events come twice, late or not at all (for new
 * directories, say), so they are hints to look, and files are also looked at now and then without any.
 * Invariant: `#loaded` holds the version of each file that the last load saw, null for a file that was not there.
 */
export class SourceWatch {
  readonly #options: WatchOptions;
  readonly #root: string;
  readonly #watchers = new Map<string, FSWatcher>();
  readonly #poll: NodeJS.Timeout;
  #loaded: ReadonlyMap<string, string | null>;
  /** What a load is made of is not known before it ends, and what changes during it is seen at its end. */
  #isLoading = false;
  #isClosed = false;
  #hint: NodeJS.Timeout | undefined;

  constructor(options: WatchOptions) {
    this.#options = options;
    this.#root = resolve(options.directory);
    this.#loaded = this.#settled(new Map(), options.loadedSince);
    this.#followDirectories();
    this.#poll = setInterval(() => this.check(), options.pollMs ?? 1000);
    this.#poll.unref();
    this.#look();
  }

  /** To be called when a load begins; what it gives back is called when it ended, well or not. */
  beginLoad(): () => void {
    const startedAt = Date.now();
    const before = this.#versions();
    this.#isLoading = true;
    return () => {
      this.#isLoading = false;
      this.#loaded = this.#settled(before, startedAt);
      this.check();
    };
  }

  /** Calls `onChange` if something is not as it was loaded; never while a load runs. */
  check(): void {
    if (this.#isLoading || this.#isClosed) return;
    this.#followDirectories();
    const now = this.#versions();
    const isSame = ([file, version]: [string, string | null]) => now.get(file) === version;
    if (now.size !== this.#loaded.size || ![...this.#loaded].every(isSame)) this.#options.onChange();
  }

  close(): void {
    this.#isClosed = true;
    clearInterval(this.#poll);
    clearTimeout(this.#hint);
    for (const watcher of this.#watchers.values()) watcher.close();
  }

  #look(): void {
    clearTimeout(this.#hint);
    this.#hint = setTimeout(() => this.check(), this.#options.debounceMs ?? 30);
  }

  #stamps(): Map<string, Stamp | null> {
    const files = [...listTree(this.#root).files, ...this.#options.sources()];
    return new Map(files.map((file) => [file, stampOf(file)]));
  }

  #versions(): Map<string, string | null> {
    return new Map([...this.#stamps()].map(([file, stamp]) => [file, stamp?.version ?? null]));
  }

  /**
   * What a load saw that began at `startedAt` and ends now. A file that was looked at before it began is as it was then;
   * of another only its own date tells whether it has changed since it was read.
   */
  #settled(before: ReadonlyMap<string, string | null>, startedAt: number): Map<string, string | null> {
    const loaded = new Map([...before].filter(([file]) => file.startsWith(this.#root + sep)));
    for (const [file, stamp] of this.#stamps()) {
      const seen = mayHaveChangedSince(stamp, startedAt) ? "unknown" : (stamp?.version ?? null);
      loaded.set(file, before.get(file) ?? seen);
    }
    return loaded;
  }

  /** Watches directories, not files: an editor that saves by renaming leaves a watched file behind. */
  #followDirectories(): void {
    const outside = this.#options.sources().filter((file) => !file.startsWith(this.#root + sep));
    const wanted = new Set([...listTree(this.#root).directories, ...outside.map((file) => dirname(file))]);
    for (const [directory, watcher] of this.#watchers) {
      if (!wanted.has(directory)) this.#forget(directory, watcher);
    }
    for (const directory of wanted) if (!this.#watchers.has(directory)) this.#follow(directory);
  }

  #follow(directory: string): void {
    try {
      const watcher = watch(directory, () => this.#look());
      watcher.on("error", () => this.#forget(directory, watcher));
      this.#watchers.set(directory, watcher);
    } catch {
      // It is gone, or the system watches no more of them: looking without hints goes on.
    }
  }

  #forget(directory: string, watcher: FSWatcher): void {
    watcher.close();
    this.#watchers.delete(directory);
  }
}

/**
 * Loads again whenever something changes, one load at a time. Gives back a function that ends this.
 * Invariant: what changed during a load is loaded after it.
 */
export function followChanges(
  options: Omit<WatchOptions, "onChange"> & {
    /** Never rejects. */
    reload: () => Promise<void>;
  },
): () => void {
  const sourceWatch = new SourceWatch({ ...options, onChange: () => void load() });
  const load = async (): Promise<void> => {
    const endLoad = sourceWatch.beginLoad();
    await options.reload();
    endLoad();
  };
  return () => sourceWatch.close();
}
