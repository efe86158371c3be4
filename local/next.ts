import { createRequire } from "node:module";

const NEXT = createRequire(import.meta.url).resolve("next/dist/bin/next");

/** Node's arguments for one of Next's commands. */
export function nextArgs(command: "build" | "dev" | "start", options: readonly string[] = []): string[] {
  return [NEXT, command, ...options];
}
