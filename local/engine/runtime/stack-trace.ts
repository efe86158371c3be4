import { originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";
import type { Compiled } from "./compiled.ts";

/** A line of a V8 stack: `at handler (file:line:column)`, or without a name `at file:line:column`. */
const FRAME = /^\s+at (?:(?<caller>.*) \()?(?<file>[^()]+):(?<line>\d+):(?<column>\d+)\)?$/;

/** Frames of the client library, and of the list of modules that heads a bundle, say nothing about the app. */
const LIBRARY = /node_modules\/convex\/|%3Cmodules%3E$/;

/**
 * Turns stacks of one bundle into stacks of its sources, `    at handler (../convex/messages.ts:12:8)`. Frames of the
 * engine, of Node and of the Convex library are left out. The map is read at the first error.
 */
export class StackTrace {
  readonly #compiled: Compiled;
  #map: TraceMap | undefined;

  constructor(compiled: Compiled) {
    this.#compiled = compiled;
  }

  /** The frames alone, one a line, without the error's message; empty when none is the app's. */
  map(stack: string): string {
    return stack
      .split("\n")
      .map((line) => this.#mapLine(line))
      .filter((line) => line !== null)
      .join("\n");
  }

  #mapLine(line: string): string | null {
    const frame = FRAME.exec(line)?.groups;
    if (frame?.["file"] !== this.#compiled.filename) return null;
    this.#map ??= new TraceMap(this.#compiled.sourceMap);
    const column = Number(frame["column"]) - 1;
    const original = originalPositionFor(this.#map, { line: Number(frame["line"]), column });
    if (original.source === null || LIBRARY.test(original.source)) return null;
    const position = `${original.source}:${original.line}:${original.column + 1}`;
    return frame["caller"] === undefined ? `    at ${position}` : `    at ${frame["caller"]} (${position})`;
  }
}
