import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { TRANSACTION_LIMITS } from "../values/limits.ts";
import { ReadLimitError, RESOURCES, type Usage } from "./limit-messages.ts";
import { limitsWithin, Meter } from "./meter.ts";

const MIB = 1024 * 1024;

const NOTHING: Omit<Usage, "databaseQueries"> = {
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

type Count = (meter: Meter, amount: number) => void;
const read: Count = (meter, bytes) => meter.countRead(bytes);
const write: Count = (meter, bytes) => meter.countWrite(bytes);
const schedule: Count = (meter, bytes) => meter.countScheduled(bytes);
const readFile: Count = (meter, bytes) => meter.countFileRead(bytes);
const writeFile: Count = (meter, bytes) => meter.countFileWritten(bytes);

describe("what one transaction may use", () => {
  it.each([
    ["documents read", read, 32_000, "Too many documents read in a single function execution (limit: 32000). Consider"],
    ["documents written", write, 16_000, "Too many writes in a single function execution (limit: 16000)"],
    ["functions scheduled", schedule, 1_000, "Too many functions scheduled by this mutation (limit: 1000)"],
    ["files read", readFile, 10, "Too many files read in a single function execution (limit: 10)"],
    ["files written", writeFile, 10, "Too many files written in a single function execution (limit: 10)"],
  ])("is a number of %s", (_, count, limit, refusal) => {
    const meter = new Meter();
    for (let i = 0; i < limit; i++) count(meter, 1);
    expect(() => count(meter, 1)).toThrow(refusal);
  });

  it.each([
    ["documents read", read, "Too many bytes read in a single function execution (limit: 16777216 bytes). Consider"],
    ["documents written", write, "Too many bytes written in a single function execution (limit: 16777216 bytes)"],
    ["arguments", schedule, "Too large total size of the arguments of scheduled functions from this mutation (limit: "],
    ["files read", readFile, "Too many bytes of files read in a single function execution (limit: 16777216 bytes)"],
    ["files written", writeFile, "Too many bytes of files written in a single function execution (limit: 16777216"],
  ])("is 16 MiB of %s", (_, count, refusal) => {
    const meter = new Meter();
    for (let i = 0; i < 4; i++) count(meter, 4 * MIB);
    expect(() => count(meter, 1)).toThrow(refusal);
    expect(() => count(new Meter(), 16 * MIB)).not.toThrow();
    expect(() => count(new Meter(), 16 * MIB + 1)).toThrow(refusal);
  });

  it("ends a page when it is about reads, and nothing else does", () => {
    expect(() => new Meter().countRead(17 * MIB)).toThrow(ReadLimitError);
    expect(() => new Meter().countWrite(17 * MIB)).not.toThrow(ReadLimitError);
  });

  it("is not used up by what was not scheduled", () => {
    const meter = new Meter();
    expect(() => meter.countScheduled(17 * MIB)).toThrow("Too large");
    expect(() => meter.countScheduled(16 * MIB)).not.toThrow();
  });
});

describe("a mark", () => {
  it("gives writes back and keeps what was read", () => {
    const meter = new Meter();
    meter.countWrite(5);
    const restore = meter.mark();
    meter.countWrite(7);
    meter.countScheduled(3);
    meter.countFileWritten(2);
    meter.countRead(11);
    meter.countFileRead(13);
    restore();
    expect(meter.usage).toEqual({
      ...NOTHING,
      documentsRead: 1,
      bytesRead: 11,
      documentsWritten: 1,
      bytesWritten: 5,
      filesRead: 1,
      fileReadBytes: 13,
    });
  });
});

describe("what happens again", () => {
  it("is held to limits, and does not count", () => {
    const meter = new Meter();
    meter.countRead(7);
    meter.uncounted(() => {
      meter.countRead(5);
      meter.countWrite(5);
      meter.countScheduled(4 * MIB);
      expect(() => meter.countWrite(16 * MIB)).toThrow("Too many bytes written");
    });
    expect(meter.usage).toEqual({ ...NOTHING, documentsRead: 1, bytesRead: 7 });
    expect(meter.warnings(0)).toEqual([]);
  });
});

describe("warnings", () => {
  it("forget what was undone, and know the largest arguments and how many ranges were read", () => {
    const meter = new Meter();
    const restore = meter.mark();
    meter.countScheduled(4 * MIB);
    meter.countScheduled(1);
    expect(meter.warnings(4_096)).toEqual([
      expect.stringMatching(/^Many reads .*actual: 4096/u),
      expect.stringMatching(/^Large arguments .*actual: 4194304 bytes/u),
    ]);
    restore();
    expect(meter.warnings(0)).toEqual([]);
  });
});

describe("documents near their limits", () => {
  const large = { size: 900_000, nesting: 2 };
  const named = (id: string) => expect.stringContaining(`Large document written with ID "${id}"`);

  it("are warned of as they are at the end", () => {
    const meter = new Meter();
    meter.noteDocument("a", large);
    meter.noteDocument("b", { ...large, size: 950_000 });
    expect(meter.warnings(0)).toEqual([named("b")]);
    meter.noteDocument("b", { size: 5, nesting: 1 });
    expect(meter.warnings(0)).toEqual([named("a")]);
    meter.noteDocument("a", null);
    expect(meter.warnings(0)).toEqual([]);
  });

  it("are forgotten with what was undone, and are not what a rehearsal wrote", () => {
    const meter = new Meter();
    meter.noteDocument("a", large);
    const restore = meter.mark();
    meter.noteDocument("a", null);
    meter.noteDocument("b", { ...large, size: 950_000 });
    restore();
    meter.uncounted(() => meter.noteDocument("c", { ...large, size: 960_000 }));
    expect(meter.warnings(0)).toEqual([named("a")]);
  });
});

describe("a part of a transaction", () => {
  it("has limits of its own, in which what was used before counts, and leaves those of the rest alone", () => {
    const meter = new Meter();
    meter.countWrite(5);
    const limits = { ...TRANSACTION_LIMITS, documentsWritten: 2 };
    expect(() =>
      meter.limited(limits, () => {
        meter.countWrite(5);
        expect(meter.limits).toBe(limits);
        meter.countWrite(5);
      }),
    ).toThrow("Too many writes in a single function execution (limit: 2)");
    expect(meter.limits).toBe(TRANSACTION_LIMITS);
    meter.countWrite(5);
    expect(meter.usage).toEqual({ ...NOTHING, documentsWritten: 4, bytesWritten: 20 });
  });
});

describe("a budget", () => {
  const usages = fc.record<Usage>(
    Object.assign({}, ...RESOURCES.map((resource) => ({ [resource]: fc.nat({ max: TRANSACTION_LIMITS[resource] }) }))),
  );
  const budgets = fc
    .array(fc.tuple(fc.constantFrom(...RESOURCES), fc.oneof(fc.nat({ max: 40_000 }), fc.maxSafeNat())))
    .map((entries): Partial<Usage> => Object.fromEntries(entries));

  it("never raises a limit, and allows itself on top of what was used", () => {
    fc.assert(
      fc.property(usages, budgets, (usage, budget) => {
        const limits = limitsWithin(budget, { limits: TRANSACTION_LIMITS, usage });
        for (const resource of RESOURCES) {
          const { [resource]: allowed = TRANSACTION_LIMITS[resource] } = budget;
          expect(limits[resource]).toBe(Math.min(usage[resource] + allowed, TRANSACTION_LIMITS[resource]));
        }
      }),
    );
  });

  it("is monotone: who has more in every way may use at least as much", () => {
    fc.assert(
      fc.property(usages, budgets, budgets, (usage, budget, extra) => {
        const larger: Partial<Usage> = { ...budget };
        for (const resource of RESOURCES) {
          const own = budget[resource];
          if (own !== undefined) larger[resource] = own + (extra[resource] ?? 0);
        }
        const state = { limits: TRANSACTION_LIMITS, usage };
        const [less, more] = [limitsWithin(budget, state), limitsWithin(larger, state)];
        for (const resource of RESOURCES) expect(less[resource]).toBeLessThanOrEqual(more[resource]);
      }),
    );
  });

  it("inside another one allows no more than either", () => {
    fc.assert(
      fc.property(usages, budgets, budgets, (usage, outer, inner) => {
        const around = limitsWithin(outer, { limits: TRANSACTION_LIMITS, usage });
        const both = limitsWithin(inner, { limits: around, usage });
        const alone = limitsWithin(inner, { limits: TRANSACTION_LIMITS, usage });
        for (const resource of RESOURCES) {
          expect(both[resource]).toBe(Math.min(around[resource], alone[resource]));
        }
      }),
    );
  });
});
