import { DeveloperError, SyscallError } from "./errors.ts";
import { describeFailure, HttpActionError } from "./runtime/failure.ts";
import type { Failure, Json, Outcome } from "./types.ts";

/** A failed execution before it is shown to anybody: `text` as a nested caller sees it, without a request id. */
export class ExecutionError extends Error {
  override readonly name = "ExecutionError";
  readonly data: Json | undefined;

  constructor(text: string, data?: Json) {
    super(text);
    this.data = data;
  }
}

/** A failed nested call as its caller may catch it; a fault of the engine stays what it is. */
export function asSyscallError(error: unknown): unknown {
  return error instanceof ExecutionError ? new SyscallError(error.message, error.data) : error;
}

/** What the function itself threw, in production's words: `Uncaught Error: …` with its frames below. */
export function errorFromOutcome(outcome: Outcome & { ok: false }): ExecutionError {
  const data: Json | undefined = outcome.data === undefined ? undefined : JSON.parse(outcome.data);
  return new ExecutionError(describeFailure(outcome), data);
}

/** Brings whatever stopped a call into one form. A fault of the engine itself is reported, then shown like any other. */
export function toExecutionError(error: unknown, report: (fault: unknown) => void): ExecutionError {
  const failure = ownFailure(error);
  if (failure !== null) return failure;
  report(error);
  return new ExecutionError(error instanceof Error ? `InternalServerError: ${error.message}` : "InternalServerError");
}

/** What a function, or who called it, did wrong; null for a fault of the engine. */
export function ownFailure(error: unknown): ExecutionError | null {
  if (error instanceof ExecutionError) return error;
  if (error instanceof HttpActionError) return errorFromOutcome(error.failure);
  if (error instanceof SyscallError) return new ExecutionError(error.message, error.data);
  return error instanceof DeveloperError ? new ExecutionError(error.message) : null;
}

/**
 * What a client gets. With `redact`, as on a production deployment: no message and no logs, only the request id and
 * the data of a ConvexError.
 */
export function presentFailure(
  error: ExecutionError,
  { logLines, redact, requestId }: { logLines: string[]; redact: boolean; requestId: string },
): Failure {
  const headline = `[Request ID: ${requestId}] Server Error`;
  return {
    ok: false,
    errorMessage: redact ? headline : `${headline}\n${error.message}`,
    ...(error.data === undefined ? {} : { errorData: error.data }),
    logLines: redact ? [] : logLines,
  };
}

/** A failure that may be shown as it is, thrown to a door that answers with more than a `Failure`. */
export class PresentedError extends Error {
  override readonly name = "PresentedError";
  readonly data: Json | undefined;

  constructor({ errorMessage, errorData }: Failure) {
    super(errorMessage.replace("\n", ": "));
    this.stack = errorMessage;
    this.data = errorData;
  }
}
