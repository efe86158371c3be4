import type { Extent } from "../values/documents.ts";
import { TRANSACTION_LIMITS } from "../values/limits.ts";
import { documentWarnings, isLarge } from "./document-warnings.ts";
import { limitWarnings, overLimit, RESOURCES, type Resource, type Usage } from "./limit-messages.ts";

type Limits = Readonly<Usage>;
type Counted = Omit<Usage, "databaseQueries">;

/**
 * Counts what a transaction reads, writes and schedules; throws production's message at the first thing beyond a limit. The ranges that
 * it reads are counted by its `ReadSet`, by this meter's limit.
 * Invariant: limits are never above production's, and only `limited` lowers them, for as long as it runs.
 */
export class Meter {
  #limits: Limits = TRANSACTION_LIMITS;
  #largestScheduledArgsBytes = 0;
  /** The written documents that are near what a document may be, by id; another map whenever that changes. */
  #large: ReadonlyMap<string, Extent> = new Map();
  #usage: Counted = {
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

  get usage(): Readonly<Counted> {
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

  /** What a document is now, for the warnings; null when it is removed. */
  noteDocument(id: string, extent: Extent | null): void {
    const large = extent !== null && isLarge(extent) ? [[id, extent] as const] : [];
    if (large.length === 0 && !this.#large.has(id)) return;
    this.#large = new Map([...[...this.#large].filter(([other]) => other !== id), ...large]);
  }

  /** What is not scheduled does not count, so that a smaller thing may follow. */
  countScheduled(argsBytes: number): void {
    this.#take("functionsScheduled", 1);
    this.#take("scheduledFunctionArgsBytes", argsBytes);
    this.#largestScheduledArgsBytes = Math.max(this.#largestScheduledArgsBytes, argsBytes);
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

  /** Runs a part that does not count, because it is undone and happens again. */
  uncounted(body: () => void): void {
    const usage = { ...this.#usage };
    const largest = this.#largestScheduledArgsBytes;
    const large = this.#large;
    try {
      body();
    } finally {
      this.#usage = usage;
      this.#largestScheduledArgsBytes = largest;
      this.#large = large;
    }
  }

  /** What production warns of, given how many ranges were read. */
  warnings(databaseQueries: number): string[] {
    const warnings = limitWarnings({ ...this.#usage, databaseQueries }, this.#largestScheduledArgsBytes);
    return this.#large.size === 0 ? warnings : [...warnings, ...documentWarnings(this.#large)];
  }

  /** Remembers the counts; the function given back restores those of writes, while what was read stays read. */
  mark(): () => void {
    const { documentsRead: _, bytesRead: __, filesRead: ___, fileReadBytes: ____, ...written } = this.#usage;
    const largest = this.#largestScheduledArgsBytes;
    const large = this.#large;
    return () => {
      this.#usage = { ...this.#usage, ...written };
      this.#largestScheduledArgsBytes = largest;
      this.#large = large;
    };
  }

  #take(resource: keyof Counted, amount: number): void {
    requireWithin(this.#limits, resource, this.#usage[resource] + amount);
    this.#usage[resource] += amount;
  }
}

/** Throws what production says when this much of a resource is beyond the limit. */
export function requireWithin(limits: Limits, resource: Resource, amount: number): void {
  if (amount > limits[resource]) throw overLimit(resource, limits[resource]);
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
