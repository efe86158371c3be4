import { describe, expect, it } from "vitest";
import { Meter, ReadLimitError } from "./meter.ts";

const MIB = 1024 * 1024;

function times(count: number, body: () => void): void {
  for (let i = 0; i < count; i++) body();
}

describe("what one transaction may use", () => {
  it("is 32,000 documents read", () => {
    const meter = new Meter();
    times(32_000, () => meter.countRead(1));
    expect(() => meter.countRead(1)).toThrow(ReadLimitError);
    expect(() => meter.countRead(1)).toThrow("Too many documents read in a single function execution (limit: 32000).");
  });

  it("is 16 MiB read", () => {
    const meter = new Meter();
    times(16, () => meter.countRead(MIB));
    expect(() => meter.countRead(1)).toThrow(
      "Too many bytes read in a single function execution (limit: 16777216 bytes). Consider using smaller limits",
    );
  });

  it("is 16,000 documents written", () => {
    const meter = new Meter();
    times(16_000, () => meter.countWrite(1));
    expect(() => meter.countWrite(1)).toThrow("Too many writes in a single function execution (limit: 16000)");
  });

  it("is 16 MiB written", () => {
    const meter = new Meter();
    times(16, () => meter.countWrite(MIB));
    expect(() => meter.countWrite(1)).toThrow(
      "Too many bytes written in a single function execution (limit: 16777216 bytes)",
    );
  });

  it("is 1,000 functions scheduled", () => {
    const meter = new Meter();
    times(1_000, () => meter.countScheduled(1));
    expect(() => meter.countScheduled(1)).toThrow("Too many functions scheduled by this mutation (limit: 1000)");
  });

  it("is 16 MiB of arguments of scheduled functions", () => {
    const meter = new Meter();
    times(16, () => meter.countScheduled(MIB));
    expect(() => meter.countScheduled(1)).toThrow("Too large total size of the arguments of scheduled functions");
  });
});

describe("a mark", () => {
  it("gives writes back and keeps what was read", () => {
    const meter = new Meter();
    meter.countWrite(5);
    const restore = meter.mark();
    meter.countWrite(7);
    meter.countScheduled(3);
    meter.countRead(11);
    restore();
    expect(meter.usage).toEqual({
      documentsRead: 1,
      bytesRead: 11,
      documentsWritten: 1,
      bytesWritten: 5,
      functionsScheduled: 0,
      scheduledFunctionArgsBytes: 0,
    });
  });
});
