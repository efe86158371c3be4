import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** What `ready.json` says once everything answers; the file is removed when the world ends. Others build on this shape. */
export type Ready = {
  pid: number;
  startedAt: string;
  app: string;
  convex: string;
  convexSite: string;
  /** URL by provider; what does not exist yet is left out. */
  emulators: Record<string, string>;
  organizations: ReadyOrganization[];
};

export type ReadyOrganization = {
  id: string;
  slug: string;
  users: { email: string; password: string; role: string }[];
  connections: {
    id: string;
    connector: string;
    account: string;
    webhookUrl: string;
    secrets: Record<string, string>;
  }[];
};

export function writeReady(directory: string, ready: Ready): void {
  const path = pathOf(directory);
  writeFileSync(`${path}.new`, `${JSON.stringify(ready, null, 2)}\n`);
  renameSync(`${path}.new`, path);
}

export function removeReady(directory: string): void {
  rmSync(pathOf(directory), { force: true });
}

/** The world that runs on this directory now, or null: a file that a killed one left behind does not count. */
export function findRunning(directory: string): Ready | null {
  let ready: Ready;
  try {
    ready = JSON.parse(readFileSync(pathOf(directory), "utf8"));
  } catch {
    return null;
  }
  return isAlive(ready.pid) ? ready : null;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function pathOf(directory: string): string {
  return join(directory, "ready.json");
}
