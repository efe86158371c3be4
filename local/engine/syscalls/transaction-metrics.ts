import type { Transaction } from "../store/transaction.ts";
import {
  MAX_BYTES_READ,
  MAX_BYTES_WRITTEN,
  MAX_DOCUMENTS_READ,
  MAX_DOCUMENTS_WRITTEN,
  MAX_RANGES_READ,
  MAX_SCHEDULED,
  MAX_SCHEDULED_BYTES,
} from "../values/limits.ts";

/** `1.0/getTransactionMetrics`: of each limit of the running transaction, what is used and what remains, nested calls included. */
export function transactionMetrics({ usage }: Pick<Transaction, "usage">): string {
  const of = (used: number, limit: number) => ({ used, remaining: Math.max(limit - used, 0) });
  return JSON.stringify({
    bytesRead: of(usage.bytesRead, MAX_BYTES_READ),
    bytesWritten: of(usage.bytesWritten, MAX_BYTES_WRITTEN),
    databaseQueries: of(usage.databaseQueries, MAX_RANGES_READ),
    documentsRead: of(usage.documentsRead, MAX_DOCUMENTS_READ),
    documentsWritten: of(usage.documentsWritten, MAX_DOCUMENTS_WRITTEN),
    functionsScheduled: of(usage.functionsScheduled, MAX_SCHEDULED),
    scheduledFunctionArgsBytes: of(usage.scheduledFunctionArgsBytes, MAX_SCHEDULED_BYTES),
  });
}
