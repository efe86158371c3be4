import { type Delivery, type Lane, type LaneJob, moveLane, SEND_LEASE_MS } from "./lane-state.ts";

/** How late a job may be before the sweeper takes it for lost. */
export const LANE_GRACE_MS = 30_000;

export type LaneSweep = { kind: "keep" } | { kind: "nudge"; lane: Lane; schedule: LaneJob[] };

/**
 * What to do with a lane that should have moved by itself and did not: the lost job is scheduled once more. Nothing is sent here, and
 * a request without an answer still becomes `unknown` first. `deliveries` as for `next`.
 */
export function sweepLane(
  lane: Lane,
  { deliveries, now }: { deliveries: readonly Delivery[]; now: number },
): LaneSweep {
  const underWay = deliveries.find(({ state }) => state === "sending" || state === "unknown");
  if (underWay !== undefined) return sweepAttempt(lane, underWay, now);
  const isLate = lane.leaseUntil <= now - LANE_GRACE_MS;
  const hasWork = lane.state === "busy" || deliveries.some(({ state }) => state === "queued");
  return isLate && hasWork ? { kind: "nudge", ...moveLane(lane, now) } : { kind: "keep" };
}

function sweepAttempt(lane: Lane, { state, token, attemptedAt, confirmBy }: Delivery, now: number): LaneSweep {
  const endsAt = (state === "unknown" ? confirmBy : undefined) ?? (attemptedAt ?? 0) + SEND_LEASE_MS;
  if (endsAt > now - LANE_GRACE_MS) return { kind: "keep" };
  const run = state === "unknown" ? "reconcile" : "expireSend";
  return {
    kind: "nudge",
    lane: { state: "busy", token: lane.token, leaseUntil: now },
    schedule: [{ run, token, at: now }],
  };
}
