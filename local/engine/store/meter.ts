import { DeveloperError } from "../errors.ts";
import { TRANSACTION_LIMITS } from "../values/limits.ts";

const OVER_LIMIT_HELP =
  "Consider using smaller limits in your queries, paginating your queries, or using indexed queries with a selective index range expressions.";

/** A limit on what one transaction reads; a page that meets it ends early instead of failing. */
export class ReadLimitError extends DeveloperError {}

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
type Limits = Readonly<Usage>;

const execution = "in a single function execution";
const REFUSALS: { readonly [resource in Resource]: (limit: number) => DeveloperError } = {
  documentsRead: (limit) => overReads(`Too many documents read ${execution} (limit: ${limit})`),
  bytesRead: (limit) => overReads(`Too many bytes read ${execution} (limit: ${limit} bytes)`),
  databaseQueries: (limit) => overReads(`Too many reads ${execution} (limit: ${limit})`),
  documentsWritten: (limit) => new DeveloperError(`Too many writes ${execution} (limit: ${limit})`),
  bytesWritten: (limit) => new DeveloperError(`Too many bytes written ${execution} (limit: ${limit} bytes)`),
  functionsScheduled: (limit) => new DeveloperError(`Too many functions scheduled by this mutation (limit: ${limit})`),
  scheduledFunctionArgsBytes: (limit) =>
    new DeveloperError(
      `Too large total size of the arguments of scheduled functions from this mutation (limit: ${limit} bytes)`,
    ),
  filesRead: (limit) => new DeveloperError(`Too many files read ${execution} (limit: ${limit})`),
  fileReadBytes: (limit) => new DeveloperError(`Too many bytes of files read ${execution} (limit: ${limit} bytes)`),
  filesWritten: (limit) => new DeveloperError(`Too many files written ${execution} (limit: ${limit})`),
  fileWriteBytes: (limit) => new DeveloperError(`Too many bytes of files written ${execution} (limit: ${limit} bytes)`),
};

/**
 * Counts what a transaction reads, writes and schedules; throws production's message at the first thing beyond a limit. The ranges that
 * it reads are counted by its `ReadSet`, by this meter's limit.
 * Invariant: limits are never above production's, and only `limited` lowers them, for as long as it runs.
 */
export class Meter {
  #limits: Limits = TRANSACTION_LIMITS;
  #usage: Omit<Usage, "databaseQueries"> = {
    bytesRead: 0,
    bytesWritten: 0,
    documentsRead: 0,
    documentsWritten: 0,
    functionsScheduled: 0,
    scheduledFunctionArgsBytes: 0,
    filesWritten: 0,
    fileWriteBytes: 0,
    filesRead: 0,
    fileReadBytes: 0,
  };

  get limits(): Limits {
    return this.#limits;
  }

  get usage(): Readonly<Omit<Usage, "databaseQueries">> {
    return this.#usage;
  }

  /** A document that was read counts even where it is one too many. */
  countRead(bytes: number): void {
    this.#usage.documentsRead += 1;
    this.#usage.bytesRead += bytes;
    requireWithin(this.#limits, "documentsRead", this.#usage.documentsRead);
    requireWithin(this.#limits, "bytesRead", this.#usage.bytesRead);
  }

  countWrite(bytes: number): void {
    this.#usage.documentsWritten += 1;
    this.#usage.bytesWritten += bytes;
    requireWithin(this.#limits, "documentsWritten", this.#usage.documentsWritten);
    requireWithin(this.#limits, "bytesWritten", this.#usage.bytesWritten);
  }

  /** What is not scheduled does not count, so that a smaller thing may follow. */
  countScheduled(argsBytes: number): void {
    this.#take("functionsScheduled", 1);
    this.#take("scheduledFunctionArgsBytes", argsBytes);
  }

  countFileRead(bytes: number): void {
    this.#take("filesRead", 1);
    this.#take("fileReadBytes", bytes);
  }

  countFileWritten(bytes: number): void {
    this.#take("filesWritten", 1);
    this.#take("fileWriteBytes", bytes);
  }

  /** Runs a part under other limits, and then goes back to those before. */
  limited<T>(limits: Limits, body: () => T): T {
    const before = this.#limits;
    this.#limits = limits;
    try {
      return body();
    } finally {
      this.#limits = before;
    }
  }

  /** Remembers the counts; the function given back restores those of writes, while what was read stays read. */
  mark(): () => void {
    const { documentsRead: _, bytesRead: __, filesRead: ___, fileReadBytes: ____, ...written } = this.#usage;
    return () => {
      this.#usage = { ...this.#usage, ...written };
    };
  }

  #take(resource: Exclude<Resource, "databaseQueries">, amount: number): void {
    requireWithin(this.#limits, resource, this.#usage[resource] + amount);
    this.#usage[resource] += amount;
  }
}

/** Throws what production says when this much of a resource is beyond the limit. */
export function requireWithin(limits: Limits, resource: Resource, amount: number): void {
  if (amount > limits[resource]) throw REFUSALS[resource](limits[resource]);
}

/**
 * The limits of a part of a transaction that may use this much, on top of what the transaction used before. A budget can only lower a
 * limit; where it says nothing, the limit stays.
 */
export function limitsWithin(
  budget: Readonly<Partial<Usage>>,
  { limits, usage }: { limits: Limits; usage: Limits },
): Limits {
  const lowered = { ...limits };
  for (const resource of RESOURCES) {
    const allowed = budget[resource];
    if (allowed !== undefined) lowered[resource] = Math.min(usage[resource] + allowed, limits[resource]);
  }
  return lowered;
}

function overReads(problem: string): ReadLimitError {
  return new ReadLimitError(`${problem}. ${OVER_LIMIT_HELP}`);
}
