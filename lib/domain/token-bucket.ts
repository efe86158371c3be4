/**
 * How often something may happen: a bucket holds `burst` tokens, each time takes one, and `perMinute` of them come back evenly. A
 * quiet minute is forgotten in `burst / perMinute` minutes, so a row about somebody who is gone says nothing and may be deleted.
 */
export type BucketRule = { burst: number; perMinute: number };

/** `level` tokens were there at `at` (epoch ms); it may be a fraction. */
export type Bucket = { level: number; at: number };

export type Taken = { ok: true; bucket: Bucket } | { ok: false; retryAfterMs: number };

const MINUTE_MS = 60_000;

/** Takes one token at `now`; null is a bucket that was never used. A clock that goes back gives and takes nothing. */
export function takeToken(rule: BucketRule, bucket: Bucket | null, now: number): Taken {
  const { level, at } = refill(rule, bucket, now);
  if (level >= 1) return { ok: true, bucket: { level: level - 1, at } };
  return { ok: false, retryAfterMs: Math.max(1, Math.ceil(((1 - level) * MINUTE_MS) / rule.perMinute) + (at - now)) };
}

function refill({ burst, perMinute }: BucketRule, bucket: Bucket | null, now: number): Bucket {
  if (bucket === null) return { level: burst, at: now };
  const passedMs = Math.max(0, now - bucket.at);
  return { level: Math.min(burst, bucket.level + (passedMs * perMinute) / MINUTE_MS), at: bucket.at + passedMs };
}
