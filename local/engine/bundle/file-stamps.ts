import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/** Tells versions of a file apart: writing it and putting another in its place both give it another `version`. */
export type Stamp = {
  version: string;
  /** Epoch ms. No program can set it, unlike the time of the last write. */
  changedAt: number;
};

/** How late a file system may date a change, milliseconds. */
const CLOCK_GRAIN_MS = 20;

/** Null when there is no such file. */
export function stampOf(file: string): Stamp | null {
  const stat = statSync(file, { throwIfNoEntry: false });
  if (stat === undefined) return null;
  return { version: `${stat.ctimeMs}:${stat.size}:${stat.ino}`, changedAt: stat.ctimeMs };
}

/** Whether who read the file between `time` (epoch ms) and the making of its stamp may have read something else. */
export function mayHaveChangedSince(stamp: Stamp | null, time: number): boolean {
  return stamp !== null && stamp.changedAt >= time - CLOCK_GRAIN_MS;
}

/** The files and directories of a Convex directory that its author writes, the directory itself included. */
export function listTree(root: string): { files: string[]; directories: string[] } {
  const files: string[] = [];
  const directories = [root];
  for (const directory of directories) {
    for (const entry of readEntries(directory)) {
      if (isLeftByTools(entry.name)) continue;
      if (entry.isDirectory()) directories.push(join(directory, entry.name));
      else files.push(join(directory, entry.name));
    }
  }
  return { files, directories };
}

/** A directory may vanish while it is looked at. */
function readEntries(directory: string) {
  try {
    return readdirSync(directory, { withFileTypes: true });
  } catch {
    return [];
  }
}

/** Generated code, packages, and the copies that editors keep beside a file. */
function isLeftByTools(name: string): boolean {
  return name === "_generated" || name === "node_modules" || /^[.#]|~$/.test(name);
}
