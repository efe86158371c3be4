/**
 * The ladder of an outbound message: queued < sending < sent < delivered < read < played. A late or repeated report never moves
 * a message down. `failed` is accepted only below `delivered`. `unknown` (the request may have arrived) still takes any proof.
 * `cancelled` is final, and reached only before sending.
 */
export type DeliveryState =
  | "queued"
  | "sending"
  | "unknown"
  | "sent"
  | "delivered"
  | "read"
  | "played"
  | "failed"
  | "cancelled";

/** What a person sees beside the message; words and icons are the interface's. */
export type ShownDelivery = "clock" | "not_confirmed" | "one_tick" | "two_ticks" | "read_ticks" | "error" | "cancelled";

type Rung = {
  shown: ShownDelivery;
  /** Height on the ladder; a higher report replaces a lower state. */
  height: number;
  /** Nothing that is reported later changes it. */
  final: boolean;
};

export const DELIVERY_STATES: Readonly<Record<DeliveryState, Rung>> = {
  queued: { shown: "clock", height: 0, final: false },
  sending: { shown: "clock", height: 1, final: false },
  unknown: { shown: "not_confirmed", height: 2, final: false },
  sent: { shown: "one_tick", height: 3, final: false },
  failed: { shown: "error", height: 4, final: false },
  delivered: { shown: "two_ticks", height: 5, final: false },
  read: { shown: "read_ticks", height: 6, final: false },
  played: { shown: "read_ticks", height: 7, final: true },
  cancelled: { shown: "cancelled", height: 8, final: true },
};

/**
 * The state after a report, whatever the order in which reports arrive. `failed` gives way to proof of delivery (a provider that
 * said "failed" and later "read" was wrong the first time) and to nothing else.
 */
export function raiseDelivery(current: DeliveryState, reported: DeliveryState): DeliveryState {
  if (reported === "cancelled") return current === "queued" ? "cancelled" : current;
  const from = DELIVERY_STATES[current];
  if (from.final) return current;
  return DELIVERY_STATES[reported].height > from.height ? reported : current;
}

export function isFinalDelivery(state: DeliveryState): boolean {
  return DELIVERY_STATES[state].final;
}

export function shownDelivery(state: DeliveryState): ShownDelivery {
  return DELIVERY_STATES[state].shown;
}
