import type { Transaction } from "../store/transaction.ts";
import type { ComponentPath, JsonObject } from "../types.ts";

/** `previous` is the end cursor that the client sent back; `next` is set by the function's one `paginate()`. */
export type Journal = { previous: string | null; next: string | null };

export type SessionOptions = {
  tx: Transaction;
  component: ComponentPath;
  writable: boolean;
  journal: Journal;
};

export declare class DatabaseSession {
  constructor(options: SessionOptions);
  syscall(operation: string, args: JsonObject): string | undefined;
  asyncSyscall(operation: string, args: JsonObject): string | undefined;
  close(): void;
}
