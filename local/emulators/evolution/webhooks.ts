import { createHmac, randomUUID } from "node:crypto";
import type { Json } from "../../../lib/connectors/json.ts";
import type { FaultPlan } from "../kit/faults.ts";
import { WebhookSender, type Delivery } from "../kit/webhook-sender.ts";
import { toPhoneJid } from "./numbers.ts";
import type { InstanceRow } from "./state.ts";
import type { World } from "./world.ts";

const FIRST_DELAY_MS = 5_000;
const LONGEST_DELAY_MS = 300_000;
const RETRIES = 9;
const JITTER = 0.2;
const TIMEOUT_MS = 30_000;
const TOKEN_LIFE_SECONDS = 600;
const NEVER_RETRIED = new Set([400, 401, 403, 404, 422]);

/** Waits before the 2nd to the 10th attempt: 5 s, doubled each time up to 5 min. */
export const RETRY_DELAYS_MS: readonly number[] = Array.from({ length: RETRIES }, (_, retry) =>
  Math.min(FIRST_DELAY_MS * 2 ** retry, LONGEST_DELAY_MS),
);

/**
 * Hands events to the instances' webhooks. As the real server does: no queue and no order between events, and the headers, the signed
 * token among them, are made once and reused by every retry. Unlike it, what is pending survives a restart.
 */
export class EventHook {
  readonly #world: World;
  readonly #serverUrl: string;
  readonly #sender: WebhookSender;
  readonly #firstAttempts = new Map<string, () => void>();

  /** `random` gives numbers in [0, 1) for the jitter. */
  constructor({
    world,
    serverUrl,
    faults,
    random,
  }: {
    world: World;
    serverUrl: string;
    faults: FaultPlan;
    random: () => number;
  }) {
    this.#world = world;
    this.#serverUrl = serverUrl;
    this.#sender = new WebhookSender({
      clock: world.clock,
      faults,
      retryDelaysMs: RETRY_DELAYS_MS,
      retryJitter: { share: JITTER, random },
      timeoutMs: TIMEOUT_MS,
      isFinalStatus: (status) => NEVER_RETRIED.has(status),
      headers: (delivery) => world.state.deliveryHeaders[delivery.id] ?? {},
      onChange: () => this.#remember(),
    });
    this.#sender.resume(world.state.deliveries);
  }

  /** Sends the event if the instance has a webhook that wants it. */
  emit(instance: InstanceRow, event: string, payload: Json): Delivery | undefined {
    const { webhook } = instance;
    const wanted = event.replaceAll(/[.-]/g, "_").toUpperCase();
    if (webhook === null || !webhook.enabled || !webhook.events.includes(wanted)) return undefined;
    const url = webhook.webhookByEvents ? `${webhook.url}/${wanted.replaceAll("_", "-").toLowerCase()}` : webhook.url;
    const body = JSON.stringify({
      event,
      instance: instance.name,
      data: payload,
      destination: webhook.url,
      date_time: localTime(this.#world.now()),
      sender: instance.owner === null ? null : toPhoneJid(instance.owner),
      server_url: this.#serverUrl,
      apikey: instance.token,
    });
    const id = randomUUID();
    this.#world.state.deliveryHeaders[id] = signHeaders(webhook.headers, this.#world.now());
    return this.#sender.send({ id, type: event, url, body });
  }

  /** Resolves once the event's first attempt was answered or failed, or after `atMostMs`. */
  async firstAttempt(delivery: Delivery | undefined, atMostMs: number): Promise<void> {
    if (delivery === undefined || delivery.attempts.length > 0) return;
    await new Promise<void>((resolve) => {
      const cancel = this.#world.clock.schedule(atMostMs, resolve);
      this.#firstAttempts.set(delivery.id, () => {
        cancel();
        resolve();
      });
    });
    this.#firstAttempts.delete(delivery.id);
  }

  list(): readonly Delivery[] {
    return this.#sender.list();
  }

  settled(): Promise<void> {
    return this.#sender.settled();
  }

  clear(): void {
    this.#sender.clear();
  }

  close(): Promise<void> {
    return this.#sender.close();
  }

  #remember(): void {
    const deliveries = [...this.#sender.list()];
    const kept = new Set(deliveries.map(({ id }) => id));
    const { state } = this.#world;
    state.deliveries = deliveries;
    state.deliveryHeaders = Object.fromEntries(Object.entries(state.deliveryHeaders).filter(([id]) => kept.has(id)));
    for (const { id, attempts } of deliveries) if (attempts.length > 0) this.#firstAttempts.get(id)?.();
    this.#world.changed();
  }
}

/** A header `jwt_key` never leaves: it becomes the key of a token that says nothing about the body. */
function signHeaders({ jwt_key: jwtKey, ...headers }: Record<string, string>, nowMs: number): Record<string, string> {
  if (jwtKey === undefined || jwtKey === "") return headers;
  const iat = Math.floor(nowMs / 1000);
  const claims = { iat, exp: iat + TOKEN_LIFE_SECONDS, app: "evolution", action: "webhook" };
  const signed = [{ alg: "HS256", typ: "JWT" }, claims].map((part) => toBase64Url(JSON.stringify(part))).join(".");
  const signature = createHmac("sha256", jwtKey).update(signed).digest("base64url");
  return { ...headers, Authorization: `Bearer ${signed}.${signature}` };
}

function toBase64Url(text: string): string {
  return Buffer.from(text).toString("base64url");
}

/** The server's local time that claims to be UTC: São Paulo here, so that nobody can take it for the truth. */
function localTime(nowMs: number): string {
  const saoPauloOffsetMs = -3 * 3_600_000;
  return new Date(nowMs + saoPauloOffsetMs).toISOString();
}
