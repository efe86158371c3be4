import fc from "fast-check";
import { expect, it } from "vitest";
import { type Bucket, takeToken } from "./token-bucket.ts";

const rule = { burst: 3, perMinute: 20 };

/** When each of some times was allowed. */
function allowed(times: readonly number[], given = rule): number[] {
  let bucket: Bucket | null = null;
  return times.filter((at) => {
    const taken = takeToken(given, bucket, at);
    if (taken.ok) bucket = taken.bucket;
    return taken.ok;
  });
}

it("a burst is let through, and the next one waits for the time that it is told", () => {
  expect(allowed([0, 0, 0, 0])).toEqual([0, 0, 0]);
  const empty = { level: 0, at: 1_000 };
  const refused = takeToken(rule, empty, 1_000);
  expect(refused).toEqual({ ok: false, retryAfterMs: 3_000 });
  expect(takeToken(rule, empty, 3_999).ok).toBe(false);
  expect(takeToken(rule, empty, 4_000).ok).toBe(true);
});

it("a refusal costs nothing", () => {
  expect(allowed([0, 0, 0, 1_000, 2_000, 3_000])).toEqual([0, 0, 0, 3_000]);
});

it("a long silence gives no more than one burst", () => {
  expect(allowed([0, 0, 0, 3_600_000, 3_600_000, 3_600_000, 3_600_000])).toHaveLength(6);
});

const times = fc.array(fc.nat(300_000), { maxLength: 80 }).map((list) => list.toSorted((left, right) => left - right));

it("in any stretch of time no more gets through than a burst and what came back meanwhile", () => {
  fc.assert(
    fc.property(times, (asked) => {
      const passed = allowed(asked);
      for (const [first, from] of passed.entries()) {
        for (const [last, to] of passed.entries()) {
          if (last < first) continue;
          const most = rule.burst + ((to - from) * rule.perMinute) / 60_000;
          expect(last - first + 1).toBeLessThanOrEqual(most + 1e-6);
        }
      }
    }),
  );
});

it("whoever waits as long as they are told gets through", () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 3, noNaN: true }), fc.nat(1_000_000), fc.nat(60_000), (level, at, later) => {
      const now = at + later;
      const taken = takeToken(rule, { level, at }, now);
      const waitMs = taken.ok ? 0 : taken.retryAfterMs;
      expect(takeToken(rule, { level, at }, now + waitMs).ok).toBe(true);
    }),
  );
});

it("a clock that goes back neither gives tokens nor takes them away", () => {
  const bucket = { level: 2, at: 10_000 };
  expect(takeToken(rule, bucket, 5_000)).toEqual({ ok: true, bucket: { level: 1, at: 10_000 } });
  const refused = takeToken(rule, { level: 0, at: 10_000 }, 5_000);
  expect(refused).toEqual({ ok: false, retryAfterMs: 8_000 });
});
