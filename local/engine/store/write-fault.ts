const FULL = 13;
const IO_ERROR = 10;

/** What SQLite threw at a write, said so that whoever runs the engine knows what to do; anything else as it is. */
export function explainWriteFault(error: unknown): unknown {
  if (!(error instanceof Error && "errcode" in error && typeof error.errcode === "number")) return error;
  // The low byte is the kind, what is above it a detail.
  const kind = error.errcode & 0xff;
  if (kind === FULL) {
    return new Error("The disk is full: nothing of this was written. Free some space; the engine goes on by itself.", {
      cause: error,
    });
  }
  if (kind === IO_ERROR) {
    return new Error(
      `The database's disk does not take what is written (${error.message}): nothing of this was. Look for a limit of size or a ` +
        "failing device; the engine goes on as soon as it works again.",
      { cause: error },
    );
  }
  return error;
}
