import { DeveloperError } from "../errors.ts";
import { LARGE_SCHEDULED_ARGS_BYTES, TRANSACTION_LIMITS } from "../values/limits.ts";
import { isNear, nearLimit, WARNED_SHARE } from "../values/near-limits.ts";

/** What a transaction can use up, by the names that the client library gives. */
export const RESOURCES = [
  "bytesRead",
  "bytesWritten",
  "databaseQueries",
  "documentsRead",
  "documentsWritten",
  "functionsScheduled",
  "scheduledFunctionArgsBytes",
  "filesWritten",
  "fileWriteBytes",
  "filesRead",
  "fileReadBytes",
] as const;
export type Resource = (typeof RESOURCES)[number];
/** How much of each resource a transaction used, or may use. */
export type Usage = { [resource in Resource]: number };

/** A limit on what one transaction reads; a page that meets it ends early instead of failing. */
export class ReadLimitError extends DeveloperError {}

const HELP =
  "Consider using smaller limits in your queries, paginating your queries, or using indexed queries with a selective index range expressions.";

/** How production calls a resource, after "Too" or by itself. */
const SUBJECTS: { readonly [resource in Resource]: { text: string; unit: string; isRead: boolean } } = {
  documentsRead: { text: "many documents read in a single function execution", unit: "", isRead: true },
  bytesRead: { text: "many bytes read in a single function execution", unit: " bytes", isRead: true },
  databaseQueries: { text: "many reads in a single function execution", unit: "", isRead: true },
  documentsWritten: { text: "many writes in a single function execution", unit: "", isRead: false },
  bytesWritten: { text: "many bytes written in a single function execution", unit: " bytes", isRead: false },
  functionsScheduled: { text: "many functions scheduled by this mutation", unit: "", isRead: false },
  scheduledFunctionArgsBytes: {
    text: "large total size of the arguments of scheduled functions from this mutation",
    unit: " bytes",
    isRead: false,
  },
  filesRead: { text: "many files read in a single function execution", unit: "", isRead: false },
  fileReadBytes: { text: "many bytes of files read in a single function execution", unit: " bytes", isRead: false },
  filesWritten: { text: "many files written in a single function execution", unit: "", isRead: false },
  fileWriteBytes: { text: "many bytes of files written in a single function execution", unit: " bytes", isRead: false },
};

/** What is thrown at who goes beyond a limit. */
export function overLimit(resource: Resource, limit: number): DeveloperError {
  const { text, unit, isRead } = SUBJECTS[resource];
  const refusal = `Too ${text} (limit: ${limit}${unit})`;
  return isRead ? new ReadLimitError(`${refusal}. ${HELP}`) : new DeveloperError(refusal);
}

/** What production logs at the end of a call that came near limits. Production's limits are meant, also where a call had lower ones. */
export function limitWarnings(usage: Usage, largestScheduledArgsBytes: number): string[] {
  const near = RESOURCES.filter((resource) => isNear({ actual: usage[resource], limit: TRANSACTION_LIMITS[resource] }));
  const warnings = near.flatMap((resource) => {
    const { text, unit, isRead } = SUBJECTS[resource];
    const subject = text.charAt(0).toUpperCase() + text.slice(1);
    const said = nearLimit(subject, { actual: usage[resource], limit: TRANSACTION_LIMITS[resource], unit });
    return isRead ? said.map((warning) => `${warning} ${HELP}`) : said;
  });
  return [...warnings, ...largeArguments(largestScheduledArgsBytes)];
}

/** Not refused, for as long as production does not. */
function largeArguments(bytes: number): string[] {
  const limit = LARGE_SCHEDULED_ARGS_BYTES;
  if (bytes <= Math.floor(WARNED_SHARE * limit)) return [];
  const threat = bytes > limit ? ". This will become a hard error in the future" : "";
  return [
    `Large arguments for a single scheduled function from this mutation${threat} (actual: ${bytes} bytes, limit: ${limit} bytes).`,
  ];
}
