import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { TRANSACTION_LIMITS } from "../values/limits.ts";
import { limitWarnings, overLimit, ReadLimitError, RESOURCES, type Usage } from "./limit-messages.ts";

const MIB = 1024 * 1024;
const NOTHING: Usage = {
  bytesRead: 0,
  bytesWritten: 0,
  databaseQueries: 0,
  documentsRead: 0,
  documentsWritten: 0,
  functionsScheduled: 0,
  scheduledFunctionArgsBytes: 0,
  filesWritten: 0,
  fileWriteBytes: 0,
  filesRead: 0,
  fileReadBytes: 0,
};
const HELP =
  "Consider using smaller limits in your queries, paginating your queries, or using indexed queries with a selective index range expressions.";

describe("who goes beyond a limit", () => {
  it.each([
    ["documentsRead", `Too many documents read in a single function execution (limit: 7). ${HELP}`],
    ["bytesRead", `Too many bytes read in a single function execution (limit: 7 bytes). ${HELP}`],
    ["databaseQueries", `Too many reads in a single function execution (limit: 7). ${HELP}`],
    ["documentsWritten", "Too many writes in a single function execution (limit: 7)"],
    ["bytesWritten", "Too many bytes written in a single function execution (limit: 7 bytes)"],
    ["functionsScheduled", "Too many functions scheduled by this mutation (limit: 7)"],
    [
      "scheduledFunctionArgsBytes",
      "Too large total size of the arguments of scheduled functions from this mutation (limit: 7 bytes)",
    ],
  ] as const)("of %s hears: %s", (resource, message) => {
    const error = overLimit(resource, 7);
    expect(error.message).toBe(message);
    expect(error instanceof ReadLimitError).toBe(message.endsWith(HELP));
  });
});

describe("who comes near a limit", () => {
  it.each([
    [
      "documentsRead",
      25_600,
      `Many documents read in a single function execution (actual: 25601, limit: 32000). ${HELP}`,
    ],
    ["databaseQueries", 3_276, `Many reads in a single function execution (actual: 3277, limit: 4096). ${HELP}`],
    [
      "bytesWritten",
      13_421_772,
      "Many bytes written in a single function execution (actual: 13421773 bytes, limit: 16777216 bytes).",
    ],
    ["functionsScheduled", 800, "Many functions scheduled by this mutation (actual: 801, limit: 1000)."],
  ] as const)("of %s is warned beyond four fifths of it", (resource, unwarned, warning) => {
    expect(limitWarnings({ ...NOTHING, [resource]: unwarned }, 0)).toEqual([]);
    expect(limitWarnings({ ...NOTHING, [resource]: unwarned + 1 }, 0)).toEqual([warning]);
  });

  it("is warned of everything there is, and of nothing that was refused", () => {
    fc.assert(
      fc.property(fc.subarray([...RESOURCES]), fc.subarray([...RESOURCES]), (near, beyond) => {
        const usage: Usage = { ...NOTHING };
        for (const resource of near) usage[resource] = TRANSACTION_LIMITS[resource];
        for (const resource of beyond) usage[resource] = TRANSACTION_LIMITS[resource] + 1;
        const expected = near.filter((resource) => !beyond.includes(resource));
        expect(limitWarnings(usage, 0)).toHaveLength(expected.length);
      }),
    );
  });

  it("by the arguments of a single function is warned, and told beyond 4 MiB that this will not stay so", () => {
    const subject = "Large arguments for a single scheduled function from this mutation";
    expect(limitWarnings(NOTHING, 3_355_443)).toEqual([]);
    expect(limitWarnings(NOTHING, 3_355_444)).toEqual([`${subject} (actual: 3355444 bytes, limit: 4194304 bytes).`]);
    expect(limitWarnings(NOTHING, 4 * MIB + 1)).toEqual([
      `${subject}. This will become a hard error in the future (actual: 4194305 bytes, limit: 4194304 bytes).`,
    ]);
  });
});
