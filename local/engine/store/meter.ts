import { DeveloperError } from "../errors.ts";
import {
  MAX_BYTES_READ,
  MAX_BYTES_WRITTEN,
  MAX_DOCUMENTS_READ,
  MAX_DOCUMENTS_WRITTEN,
  MAX_SCHEDULED,
  MAX_SCHEDULED_BYTES,
} from "../values/limits.ts";

export const OVER_LIMIT_HELP =
  "Consider using smaller limits in your queries, paginating your queries, or using indexed queries with a selective index range expressions.";

/** A limit on what one transaction reads; a page that meets it ends early instead of failing. */
export class ReadLimitError extends DeveloperError {}

/** What a transaction used of its limits. */
export type Usage = {
  documentsRead: number;
  bytesRead: number;
  documentsWritten: number;
  bytesWritten: number;
  functionsScheduled: number;
  scheduledFunctionArgsBytes: number;
};

/** Counts what a transaction reads, writes and schedules; throws production's message at the first thing beyond a limit. */
export class Meter {
  #usage: Usage = {
    documentsRead: 0,
    bytesRead: 0,
    documentsWritten: 0,
    bytesWritten: 0,
    functionsScheduled: 0,
    scheduledFunctionArgsBytes: 0,
  };

  get usage(): Readonly<Usage> {
    return this.#usage;
  }

  countRead(bytes: number): void {
    this.#usage.documentsRead += 1;
    this.#usage.bytesRead += bytes;
    if (this.#usage.documentsRead > MAX_DOCUMENTS_READ) {
      throw new ReadLimitError(
        `Too many documents read in a single function execution (limit: ${MAX_DOCUMENTS_READ}). ${OVER_LIMIT_HELP}`,
      );
    }
    if (this.#usage.bytesRead > MAX_BYTES_READ) {
      throw new ReadLimitError(
        `Too many bytes read in a single function execution (limit: ${MAX_BYTES_READ} bytes). ${OVER_LIMIT_HELP}`,
      );
    }
  }

  countWrite(bytes: number): void {
    this.#usage.documentsWritten += 1;
    this.#usage.bytesWritten += bytes;
    if (this.#usage.documentsWritten > MAX_DOCUMENTS_WRITTEN) {
      throw new DeveloperError(`Too many writes in a single function execution (limit: ${MAX_DOCUMENTS_WRITTEN})`);
    }
    if (this.#usage.bytesWritten > MAX_BYTES_WRITTEN) {
      throw new DeveloperError(
        `Too many bytes written in a single function execution (limit: ${MAX_BYTES_WRITTEN} bytes)`,
      );
    }
  }

  countScheduled(argsBytes: number): void {
    this.#usage.functionsScheduled += 1;
    this.#usage.scheduledFunctionArgsBytes += argsBytes;
    if (this.#usage.functionsScheduled > MAX_SCHEDULED) {
      throw new DeveloperError(`Too many functions scheduled by this mutation (limit: ${MAX_SCHEDULED})`);
    }
    if (this.#usage.scheduledFunctionArgsBytes > MAX_SCHEDULED_BYTES) {
      throw new DeveloperError(
        `Too large total size of the arguments of scheduled functions from this mutation (limit: ${MAX_SCHEDULED_BYTES} bytes)`,
      );
    }
  }

  /** Remembers the counts; the function given back restores those of writes, while what was read stays read. */
  mark(): () => void {
    const { documentsRead: _, bytesRead: __, ...written } = this.#usage;
    return () => {
      this.#usage = { ...this.#usage, ...written };
    };
  }
}
