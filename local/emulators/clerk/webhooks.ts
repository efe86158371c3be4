import { createHmac } from "node:crypto";
import type { FaultPlan } from "../kit/faults.ts";
import { WebhookSender, type Delivery } from "../kit/webhook-sender.ts";
import { newId } from "./ids.ts";
import { INSTANCE_ID } from "./keys.ts";
import type { ClerkStore } from "./store.ts";

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
/** Svix, which delivers for Clerk: at once, then after these waits. */
const SVIX_RETRY_DELAYS_MS = [
  5 * SECOND_MS,
  5 * MINUTE_MS,
  30 * MINUTE_MS,
  2 * HOUR_MS,
  5 * HOUR_MS,
  10 * HOUR_MS,
  10 * HOUR_MS,
];
const TIMEOUT_MS = 15 * SECOND_MS;

type WebhookOptions = { store: ClerkStore; faults: FaultPlan; urls: readonly string[]; signingSecret: string };

/** Turns the store's events into svix-signed webhooks to every endpoint. What is pending survives a restart with the store's state. */
export function startWebhooks({ store, faults, urls, signingSecret }: WebhookOptions): WebhookSender {
  const sender = new WebhookSender({
    clock: store.clock,
    faults,
    retryDelaysMs: SVIX_RETRY_DELAYS_MS,
    timeoutMs: TIMEOUT_MS,
    headers: (delivery, atMs) => signatureHeaders({ delivery, atMs, signingSecret }),
    onChange: remember,
  });
  function remember() {
    store.state.deliveries = [...sender.list()];
    store.changed();
  }
  sender.resume(store.state.deliveries);
  store.listen((type, payload) => {
    const id = newId("msg");
    const body = JSON.stringify(envelope({ type, payload, now: store.now() }));
    for (const url of urls) sender.send({ id, type, url, body });
    remember();
  });
  return sender;
}

function envelope({ type, payload, now }: { type: string; payload: unknown; now: number }) {
  return {
    data: payload,
    object: "event",
    type,
    timestamp: now,
    instance_id: INSTANCE_ID,
    event_attributes: { http_request: { client_ip: "127.0.0.1", user_agent: "clerk-emulator" } },
  };
}

function signatureHeaders({
  delivery,
  atMs,
  signingSecret,
}: {
  delivery: Delivery;
  atMs: number;
  signingSecret: string;
}) {
  const seconds = Math.floor(atMs / SECOND_MS);
  const key = Buffer.from(signingSecret.replace(/^whsec_/, ""), "base64");
  const signature = createHmac("sha256", key).update(`${delivery.id}.${seconds}.${delivery.body}`).digest("base64");
  return { "svix-id": delivery.id, "svix-timestamp": String(seconds), "svix-signature": `v1,${signature}` };
}
