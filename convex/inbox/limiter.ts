/** The pace of a connection, kept by the rate limiter's component in the transaction that asks. */
import { RateLimiter, SECOND } from "@convex-dev/rate-limiter";
import { paceOf } from "../../lib/domain/pace.ts";
import { components } from "../_generated/api";
import type { Doc } from "../_generated/dataModel";
import type { MutationCtx } from "../_generated/server";

const limiter = new RateLimiter(components.rateLimiter);

/** A connection's conversations send at once: over so many rows their requests are spread, or they would wait for each other. */
const SHARDS = 4;

/**
 * Takes the connection's next free slot, and says when it is (epoch ms; `now` when it is free). Each caller gets its own, so
 * that those who wait come back one by one and never ask twice.
 */
export async function takeSlot(
  ctx: Pick<MutationCtx, "runQuery" | "runMutation" | "meta">,
  { _id, channel }: Pick<Doc<"connections">, "_id" | "channel">,
  now: number,
): Promise<number> {
  const pace = paceOf(channel);
  if (pace === null) return now;
  const { perSecond: rate, burst: capacity } = pace;
  const config = { kind: "token bucket" as const, period: SECOND, rate, capacity, shards: SHARDS };
  const { retryAfter } = await limiter.limit(ctx, "send", { key: _id, config, reserve: true });
  return now + Math.ceil(retryAfter ?? 0);
}
