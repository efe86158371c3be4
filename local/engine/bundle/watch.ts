import { watch, type FSWatcher } from "node:fs";
import { basename, dirname, resolve, sep } from "node:path";

export type WatchOptions = {
  /** The app's directory: everything in it counts, but for `_generated`. */
  directory: string;
  /** Files elsewhere that were bundled, as `LoadedApp.sources` lists them. */
  sources?: readonly string[];
  onChange: () => void;
  /** How long nothing must change before `onChange` is called; editors write in bursts. Default 50. */
  debounceMs?: number;
};

/** Calls `onChange` once after each burst of changes. Gives back a function that stops it. */
export function watchApp({ directory, sources = [], onChange, debounceMs = 50 }: WatchOptions): () => void {
  let timer: NodeJS.Timeout | undefined;
  const changed = (): void => {
    clearTimeout(timer);
    timer = setTimeout(onChange, debounceMs);
  };
  const root = resolve(directory);
  const watchers = [
    watchTree(root, changed),
    ...watchFiles(
      sources.filter((file) => !isInside(file, root)),
      changed,
    ),
  ];
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  };
}

function watchTree(root: string, changed: () => void): FSWatcher {
  return watch(root, { recursive: true }, (_event, name) => {
    if (name === null || !name.split(sep).includes("_generated")) changed();
  });
}

/** Watches the directories, not the files: an editor that saves by renaming leaves a watched file behind. */
function watchFiles(files: readonly string[], changed: () => void): FSWatcher[] {
  const byDirectory = Map.groupBy(files, (file) => dirname(file));
  return [...byDirectory].map(([directory, inside]) => {
    const names = new Set(inside.map((file) => basename(file)));
    return watch(directory, (_event, name) => {
      if (name === null || names.has(name)) changed();
    });
  });
}

function isInside(file: string, directory: string): boolean {
  return resolve(file).startsWith(directory + sep);
}
