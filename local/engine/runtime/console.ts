import { inspect } from "node:util";
import type { LogLevel } from "../types.ts";

const levels: ReadonlyMap<string, LogLevel> = new Map([
  ["DEBUG", "DEBUG"],
  ["INFO", "INFO"],
  ["LOG", "LOG"],
  ["WARN", "WARN"],
  ["ERROR", "ERROR"],
]);

/** Passes one console call on: every argument as Convex writes it in log lines, strings in quotes. */
export function log(host: { log(level: LogLevel, parts: string[]): void }, level: string, args: unknown[]): void {
  host.log(
    levels.get(level) ?? "LOG",
    args.map((arg) => inspect(arg)),
  );
}
