import { describe, expect, it } from "vitest";
import { judgeSoak, type Sample } from "./soak.ts";

const MB = 1_000_000;

/** Ten minutes of an engine that holds its own, a sample every five seconds. */
function samples(change: (sample: Sample, n: number) => Partial<Sample>): Sample[] {
  return Array.from({ length: 120 }, (_, n) => {
    const noise = (((n * 37) % 11) - 5) * 0.1 * MB;
    const sample: Sample = {
      atMs: n * 5_000,
      heapUsed: 40 * MB + noise,
      external: 5 * MB,
      rss: 150 * MB,
      handles: 20 + (n % 5),
      fileBytes: n * MB,
      walBytes: (n % 16) * MB,
    };
    return { ...sample, ...change(sample, n) };
  });
}

const linesOf = (all: Sample[]) => judgeSoak(all).lines.filter((line) => line.startsWith("NOT "));

describe("a soak", () => {
  it("is flat under the noise of a heap, and while caches fill in the first half", () => {
    expect(judgeSoak(samples(() => ({}))).isFlat).toBe(true);
    const filling = samples(({ heapUsed }, n) => ({ heapUsed: heapUsed - Math.max(0, 60 - n) * 0.5 * MB }));
    expect(judgeSoak(filling).isFlat).toBe(true);
  });

  it.each<[what: string, change: Parameters<typeof samples>[0], line: RegExp]>([
    ["a heap that grows by a megabyte a minute", ({ heapUsed }, n) => ({ heapUsed: heapUsed + (n / 12) * MB }), /heap/],
    ["buffers that nobody frees", ({ external }, n) => ({ external: external + (n / 12) * MB }), /buffers/],
    ["sockets that stay", (_, n) => ({ handles: 20 + n }), /handles/],
    ["a log that is never folded", (_, n) => ({ walBytes: n * MB }), /log/],
  ])("is not with %s", (_what, change, line) => {
    expect(linesOf(samples(change))).toContainEqual(expect.stringMatching(line));
    expect(judgeSoak(samples(change)).isFlat).toBe(false);
  });
});
