import { z } from "zod";

/**
 * What a test can make go wrong next. Request faults meet the calls that reach the emulator, delivery faults the webhooks that leave it:
 * - `status`: answered with that status before anything happens (429 and 503 may carry `retryAfterSeconds`);
 * - `timeout`: the socket stays open and silent until the client gives up; nothing happens;
 * - `drop`: everything happens, then the connection is cut before the answer (the caller cannot know);
 * - `duplicate`: the delivery is sent twice; `reorder`: it waits until the next one has left; `lose`: its first attempt never leaves.
 */
const requestFaultSchema = z.object({
  kind: z.enum(["status", "timeout", "drop"]),
  /** For `status` only. */
  status: z.int().min(400).max(599).default(503),
  retryAfterSeconds: z.int().nonnegative().optional(),
  method: z.string().optional(),
  /** Matches as a prefix. */
  path: z.string().default("/"),
  times: z.int().positive().default(1),
});
const deliveryFaultSchema = z.object({
  kind: z.enum(["duplicate", "reorder", "lose"]),
  /** Only deliveries of this event type. */
  type: z.string().optional(),
  times: z.int().positive().default(1),
});

export type RequestFault = z.infer<typeof requestFaultSchema>;
export type DeliveryFault = z.infer<typeof deliveryFaultSchema>;

/** The faults still to come, in the order they were asked for. Each is used up after `times` matches. */
export class FaultPlan {
  #requests: RequestFault[] = [];
  #deliveries: DeliveryFault[] = [];

  /** Adds one fault as described by a `POST /_fail` body. Throws a ZodError on anything else. */
  add(description: unknown): void {
    const delivery = deliveryFaultSchema.safeParse(description);
    if (delivery.success) this.#deliveries.push(delivery.data);
    else this.#requests.push(requestFaultSchema.parse(description));
  }

  clear(): void {
    this.#requests = [];
    this.#deliveries = [];
  }

  list(): readonly (RequestFault | DeliveryFault)[] {
    return [...this.#requests, ...this.#deliveries];
  }

  /** Uses up a fault meant for this request, if there is one. */
  takeForRequest({ method, path }: { method: string; path: string }): RequestFault | undefined {
    const fault = this.#requests.find(
      (candidate) => (candidate.method?.toUpperCase() ?? method) === method && path.startsWith(candidate.path),
    );
    if (fault && isSpentAfterUse(fault)) this.#requests = this.#requests.filter((other) => other !== fault);
    return fault;
  }

  /** Uses up a fault meant for a webhook of this type, if there is one. */
  takeForDelivery(type: string): DeliveryFault | undefined {
    const fault = this.#deliveries.find((candidate) => (candidate.type ?? type) === type);
    if (fault && isSpentAfterUse(fault)) this.#deliveries = this.#deliveries.filter((other) => other !== fault);
    return fault;
  }
}

/** Counts one use; true when it was the last. */
function isSpentAfterUse(fault: { times: number }): boolean {
  fault.times -= 1;
  return fault.times === 0;
}
