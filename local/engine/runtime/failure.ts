import { inspect, types } from "node:util";
import type { Outcome } from "../types.ts";

export type Failure = Extract<Outcome, { ok: false }>;

/** What a realm tells of an error; plain strings, so nothing of the realm leaks out. */
export type Thrown = { name?: string; message: string; stack?: string; data?: unknown };

/**
 * A failed execution's outcome. `message` is the error's own for `Error` and `ConvexError`, and begins with the name
 * for every other kind. `mapStack` turns the bundle's frames into the sources' frames.
 */
export function toFailure(thrown: Thrown, mapStack: (stack: string) => string): Failure {
  const named = thrown.name !== undefined && thrown.name !== "Error" && thrown.name !== "ConvexError";
  const failure: Failure = {
    ok: false,
    message: named ? `${thrown.name}: ${thrown.message}` : thrown.message,
  };
  if (thrown.stack !== undefined) failure.stack = mapStack(thrown.stack);
  if (typeof thrown.data === "string") failure.data = thrown.data;
  return failure;
}

/** Reads an error of any realm, or whatever else was thrown. */
export function readThrown(error: unknown): Thrown {
  if (!types.isNativeError(error)) return { message: typeof error === "string" ? error : inspect(error) };
  const thrown: Thrown = { name: error.name, message: error.message };
  if (error.stack !== undefined) thrown.stack = error.stack;
  if ("ConvexErrorSymbol" in error && "data" in error) thrown.data = error.data;
  return thrown;
}

/**
 * A failure in production's words: `Uncaught Error: message`, then the frames. What the engine itself says (a call
 * that took too long, a promise that never settles) has no frames and stands alone.
 */
export function describeFailure(failure: Failure): string {
  if (failure.stack === undefined) return failure.message;
  const name = failure.data !== undefined ? "ConvexError: " : /^[A-Z]\w*Error: /.test(failure.message) ? "" : "Error: ";
  return [`Uncaught ${name}${failure.message}`, ...(failure.stack === "" ? [] : [failure.stack])].join("\n");
}

/** Thrown to the caller of an http action that failed. */
export class HttpActionError extends Error {
  override readonly name = "HttpActionError";
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.message);
    this.failure = failure;
  }
}
