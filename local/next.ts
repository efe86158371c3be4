import { createRequire } from "node:module";

const NEXT = createRequire(import.meta.url).resolve("next/dist/bin/next");
const LEASH = new URL("./end-with-parent.ts", import.meta.url).href;

/** Node's arguments for one of Next's commands. Next alone would outlive a parent that is killed. */
export function nextArgs(command: "build" | "dev" | "start", options: readonly string[] = []): string[] {
  return ["--import", LEASH, NEXT, command, ...options];
}
