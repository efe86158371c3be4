import { DeveloperError } from "../errors.ts";
import { RESOURCES, type Usage } from "../store/limit-messages.ts";
import type { Transaction } from "../store/transaction.ts";
import type { Json, JsonObject } from "../types.ts";

/**
 * `1.0/getTransactionMetrics`: of each limit that holds for the running function, what is used and what remains, nested calls and
 * callers included. What was read beyond a limit leaves less than nothing.
 */
export function transactionMetrics({ usage, meter }: Pick<Transaction, "usage" | "meter">): string {
  const metrics = RESOURCES.map((resource) => {
    const used = usage[resource];
    return [resource, { used, remaining: meter.limits[resource] - used }];
  });
  return JSON.stringify(Object.fromEntries(metrics));
}

/** The `transactionLimits` of a nested call. Names that no limit has are nobody's, as in production. */
export function parseBudget({ transactionLimits }: JsonObject): Readonly<Partial<Usage>> {
  if (transactionLimits === undefined || transactionLimits === null) return {};
  if (typeof transactionLimits !== "object" || Array.isArray(transactionLimits)) {
    throw invalidBudget("`transactionLimits` must be an object");
  }
  const budget: Partial<Usage> = {};
  for (const resource of RESOURCES) {
    const limit = transactionLimits[resource];
    if (limit !== undefined) budget[resource] = parseLimit(resource, limit);
  }
  return budget;
}

function parseLimit(name: string, limit: Json): number {
  if (typeof limit === "number" && Number.isInteger(limit) && limit >= 0) return limit;
  throw invalidBudget(`\`${name}\` of \`transactionLimits\` must be a whole number, and not negative`);
}

function invalidBudget(problem: string): DeveloperError {
  return new DeveloperError(`Invalid arguments for \`runUdf\`: ${problem}`);
}
