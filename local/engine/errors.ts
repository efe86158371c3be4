import type { Json } from "./types.ts";

/** The developer's mistake, or the caller's: its message is shown as production shows it. Anything else is a fault of the engine. */
export class DeveloperError extends Error {
  override readonly name = "DeveloperError";
}

/** What a syscall throws into a running function; `data`, when set, makes the client library throw a `ConvexError`. */
export class SyscallError extends Error {
  override readonly name = "SyscallError";
  readonly data: Json | undefined;

  constructor(message: string, data?: Json) {
    super(message);
    this.data = data;
  }
}
