import { z } from "zod";

/**
 * What a test can make go wrong next. Request faults meet the calls that reach the emulator, delivery faults the webhooks that leave it:
 * - `status`: answered with that status before anything happens (429 and 503 may carry `retryAfterSeconds`);
 * - `timeout`: the socket stays open and silent until the client gives up; nothing happens;
 * - `drop`: everything happens, then the connection is cut before the answer (the caller cannot know);
 * - `duplicate`: the delivery is sent twice; `reorder`: it waits until the next one has left; `lose`: its first attempt never leaves.
 */
const faultSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("status"),
    status: z.int().min(400).max(599),
    retryAfterSeconds: z.int().nonnegative().optional(),
    method: z.string().optional(),
    path: z.string().optional(),
    times: z.int().positive().default(1),
  }),
  z.object({
    kind: z.enum(["timeout", "drop"]),
    method: z.string().optional(),
    path: z.string().optional(),
    times: z.int().positive().default(1),
  }),
  z.object({
    kind: z.enum(["duplicate", "reorder", "lose"]),
    /** Only deliveries of this event type. */
    type: z.string().optional(),
    times: z.int().positive().default(1),
  }),
]);

export type Fault = z.infer<typeof faultSchema>;
export type RequestFault = Extract<Fault, { kind: "status" | "timeout" | "drop" }>;
export type DeliveryFault = Extract<Fault, { kind: "duplicate" | "reorder" | "lose" }>;

/** The faults still to come, in the order they were asked for. Each is used up after `times` matches. */
export class FaultPlan {
  #faults: Fault[] = [];

  /** Adds one fault as described by a `POST /_fail` body. Throws a ZodError on anything else. */
  add(description: unknown): Fault {
    const fault = faultSchema.parse(description);
    this.#faults.push(fault);
    return fault;
  }

  clear(): void {
    this.#faults = [];
  }

  list(): readonly Fault[] {
    return this.#faults;
  }

  /** Uses up a fault meant for this request, if there is one. `path` of a fault matches as a prefix. */
  takeForRequest({ method, path }: { method: string; path: string }): RequestFault | undefined {
    for (const fault of this.#faults) {
      if (fault.kind === "duplicate" || fault.kind === "reorder" || fault.kind === "lose") continue;
      if (fault.method && fault.method.toUpperCase() !== method) continue;
      if (fault.path && !path.startsWith(fault.path)) continue;
      this.#use(fault);
      return fault;
    }
    return undefined;
  }

  /** Uses up a fault meant for a webhook of this type, if there is one. */
  takeForDelivery(type: string): DeliveryFault | undefined {
    for (const fault of this.#faults) {
      if (fault.kind === "status" || fault.kind === "timeout" || fault.kind === "drop") continue;
      if (fault.type && fault.type !== type) continue;
      this.#use(fault);
      return fault;
    }
    return undefined;
  }

  #use(fault: Fault): void {
    fault.times -= 1;
    if (fault.times === 0) this.#faults = this.#faults.filter((other) => other !== fault);
  }
}
