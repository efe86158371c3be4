import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Clock } from "./clock.ts";
import type { FaultPlan } from "./faults.ts";

const attemptSchema = z.object({ at: z.number(), status: z.number().nullable(), error: z.string().nullable() });

/** One webhook to one address with all its attempts (the same id goes to several addresses); plain JSON, so that an emulator can keep it in its state. */
export const deliverySchema = z.object({
  id: z.string(),
  type: z.string(),
  url: z.string(),
  body: z.string(),
  state: z.enum(["pending", "delivered", "failed"]),
  attempts: z.array(attemptSchema),
  /** Epoch ms of the next attempt while pending. */
  dueAt: z.number(),
});
export type Delivery = z.infer<typeof deliverySchema>;

export type WebhookSenderOptions = {
  clock: Clock;
  faults: FaultPlan;
  /** Headers of one attempt (signature, ids); called anew for each, since signatures carry the time. */
  headers: (delivery: Delivery, atMs: number) => Record<string, string>;
  /** Waits before the 2nd, 3rd … attempt. After the last one the delivery has failed. */
  retryDelaysMs: readonly number[];
  /** Lengthens or shortens each wait by up to `share` of it; `random` gives numbers in [0, 1). */
  retryJitter?: { share: number; random: () => number };
  timeoutMs: number;
  /** Which answers end the delivery for good; by default none does. */
  isFinalStatus?: (status: number) => boolean;
  /** Called after every change of a delivery. */
  onChange?: () => void;
};

const LOG_LIMIT = 500;
/** How long a delivery that shall be overtaken waits for another one before it leaves anyway. */
const REORDER_WAIT_MS = 2_000;

/** Sends webhooks as a provider does: signed, concurrently, retried on the provider's schedule, and with a log that can be inspected. */
export class WebhookSender {
  readonly #options: WebhookSenderOptions;
  readonly #underway = new Set<Promise<void>>();
  readonly #appointments = new Map<Delivery, () => void>();
  #deliveries: Delivery[] = [];
  #held: { delivery: Delivery; release: () => void } | undefined;

  constructor(options: WebhookSenderOptions) {
    this.#options = options;
  }

  /** The newest 500 deliveries, oldest first. */
  list(): readonly Delivery[] {
    return this.#deliveries;
  }

  /** Queues one webhook; the first attempt leaves at once. `id` stays the same over all attempts. */
  send({ id = randomUUID(), type, url, body }: { id?: string; type: string; url: string; body: string }): Delivery {
    const delivery: Delivery = {
      id,
      type,
      url,
      body,
      state: "pending",
      attempts: [],
      dueAt: this.#options.clock.now(),
    };
    this.#remember(delivery);
    const fault = this.#options.faults.takeForDelivery(type);
    if (fault?.kind === "lose") this.#record(delivery, { status: null, error: "lost on purpose" });
    else if (fault?.kind === "reorder") this.#hold(delivery);
    else {
      this.#attempt(delivery);
      if (fault?.kind === "duplicate") this.#attempt(delivery);
      this.#releaseHeld(url);
    }
    return delivery;
  }

  /** Sends what was logged under this id again at once, to every address: a provider's "resend" button. False when it is not known. */
  resend(id: string): boolean {
    const known = this.#deliveries.filter((delivery) => delivery.id === id);
    for (const delivery of known) this.#attempt(delivery);
    return known.length > 0;
  }

  /** Takes over the log of an earlier run: what was pending is retried when its time comes, or at once when that has passed. */
  resume(deliveries: readonly Delivery[]): void {
    for (const delivery of deliveries) {
      this.#remember(delivery);
      if (delivery.state === "pending") this.#schedule(delivery);
    }
  }

  /** Resolves when no attempt is on its way. Waits for retries are not included. */
  async settled(): Promise<void> {
    while (this.#underway.size > 0) await Promise.all(this.#underway);
  }

  /** Forgets the log and every retry. */
  clear(): void {
    for (const cancel of this.#appointments.values()) cancel();
    this.#appointments.clear();
    this.#deliveries = [];
    this.#held = undefined;
  }

  /** Takes back all retries and waits for the attempts on their way; the log stays readable. */
  async close(): Promise<void> {
    for (const cancel of this.#appointments.values()) cancel();
    this.#appointments.clear();
    await this.settled();
  }

  #remember(delivery: Delivery): void {
    this.#deliveries = [...this.#deliveries, delivery].slice(-LOG_LIMIT);
  }

  #hold(delivery: Delivery): void {
    const release = () => {
      if (this.#held?.delivery !== delivery) return;
      this.#held = undefined;
      this.#attempt(delivery);
    };
    this.#held = { delivery, release };
    this.#options.clock.schedule(REORDER_WAIT_MS, release);
  }

  /** A held delivery leaves only after the one that overtakes it has arrived. */
  #releaseHeld(url: string): void {
    const held = this.#held;
    if (held?.delivery.url !== url) return;
    this.#track(Promise.all(this.#underway).then(() => held.release()));
  }

  #attempt(delivery: Delivery): void {
    this.#appointments.get(delivery)?.();
    this.#appointments.delete(delivery);
    this.#track(this.#post(delivery));
  }

  #track(work: Promise<void>): void {
    const tracked = work.finally(() => this.#underway.delete(tracked));
    this.#underway.add(tracked);
  }

  async #post(delivery: Delivery): Promise<void> {
    const { clock, headers, timeoutMs } = this.#options;
    try {
      const response = await fetch(delivery.url, {
        method: "POST",
        headers: { "content-type": "application/json", ...headers(delivery, clock.now()) },
        body: delivery.body,
        redirect: "manual",
        signal: AbortSignal.timeout(timeoutMs),
      });
      await response.body?.cancel();
      this.#record(delivery, { status: response.status, error: null });
    } catch (error) {
      this.#record(delivery, { status: null, error: error instanceof Error ? error.message : String(error) });
    }
  }

  #record(delivery: Delivery, outcome: { status: number | null; error: string | null }): void {
    delivery.attempts.push({ at: this.#options.clock.now(), ...outcome });
    const { status } = outcome;
    if (status !== null && status >= 200 && status < 300) delivery.state = "delivered";
    else if (delivery.state === "pending") this.#retry(delivery, status);
    this.#options.onChange?.();
  }

  #retry(delivery: Delivery, status: number | null): void {
    const delayMs = this.#options.retryDelaysMs[delivery.attempts.length - 1];
    const final = status !== null && this.#options.isFinalStatus?.(status);
    if (delayMs === undefined || final) {
      delivery.state = "failed";
      return;
    }
    delivery.dueAt = this.#options.clock.now() + this.#jitter(delayMs);
    this.#schedule(delivery);
  }

  #jitter(delayMs: number): number {
    const { share, random } = this.#options.retryJitter ?? { share: 0, random: () => 0.5 };
    return Math.round(delayMs * (1 + share * (2 * random() - 1)));
  }

  #schedule(delivery: Delivery): void {
    this.#appointments.get(delivery)?.();
    const cancel = this.#options.clock.schedule(delivery.dueAt - this.#options.clock.now(), () =>
      this.#attempt(delivery),
    );
    this.#appointments.set(delivery, cancel);
  }
}
