/**
 * Webhooks of leads as the Evolution emulator would send them, made by its own renderers, for programs that have to decide
 * themselves when each one leaves and how often.
 */
import { join } from "node:path";
import { SignJWT } from "jose";
import { toPhoneJid } from "../emulators/evolution/numbers.ts";
import { renderMessage } from "../emulators/evolution/payloads.ts";
import { settingsSchema, type InstanceRow, type Message } from "../emulators/evolution/state.ts";
import { World } from "../emulators/evolution/world.ts";
import { systemClock } from "../emulators/kit/clock.ts";
import { JsonFile } from "../emulators/kit/json-file.ts";

const TOKEN_LIFE_SECONDS = 600;

export type Lead = { phone: string; name: string };

/** `id` is the provider's for the message: the same id is the same message. */
export type LeadMessage = { account: string; lead: Lead; id: string; text: string; at: number };

/** The n-th of many leads; their numbers are mobiles of São Paulo. `n` below 100,000; `series` (0 to 9) keeps sets apart. */
export function numberedLead(n: number, series: number): Lead {
  return { phone: `551198${series}${String(n).padStart(5, "0")}1`, name: `Lead ${series}-${n}` };
}

/** The body of the `messages.upsert` of a lead's text. */
export function renderLeadMessage({ account, lead, id, text, at }: LeadMessage): string {
  // Nothing is ever saved: the world is there for the renderer to ask who is who.
  const world = new World({ clock: systemClock, file: new JsonFile(join(import.meta.dirname, "never-written.json")) });
  world.meetPerson(lead.phone, { name: lead.name });
  const instance = describeInstance(account, at);
  return JSON.stringify({
    event: "messages.upsert",
    instance: account,
    data: renderMessage(world, instance, describeMessage({ account, lead, id, text, at })),
    destination: "http://127.0.0.1/",
    date_time: new Date(at).toISOString(),
    sender: toPhoneJid(instance.owner ?? ""),
    server_url: "http://127.0.0.1/",
    apikey: instance.token,
  });
}

/** The headers that Evolution sends with an event, good for ten minutes. */
export async function signLeadWebhook(jwtKey: string, nowMs = Date.now()): Promise<Record<string, string>> {
  const issuedAtS = Math.floor(nowMs / 1000);
  const token = await new SignJWT({ app: "evolution", action: "webhook" })
    .setProtectedHeader({ alg: "HS256", typ: "JWT" })
    .setIssuedAt(issuedAtS)
    .setExpirationTime(issuedAtS + TOKEN_LIFE_SECONDS)
    .sign(new TextEncoder().encode(jwtKey));
  return { "content-type": "application/json", authorization: `Bearer ${token}` };
}

function describeInstance(name: string, createdAt: number): InstanceRow {
  return {
    id: `instance-${name}`,
    name,
    token: "of-no-use",
    integration: "WHATSAPP-BAILEYS",
    number: null,
    settings: settingsSchema.parse({}),
    webhook: null,
    state: "open",
    owner: "551140028900",
    profileName: name,
    pairing: null,
    createdAt,
  };
}

function describeMessage({ account, lead, id, text, at }: LeadMessage): Message {
  return {
    id,
    instance: account,
    chat: lead.phone,
    author: lead.phone,
    sentTo: null,
    viaApi: false,
    content: { kind: "text", text, media: null, location: null, contact: null },
    quotedId: null,
    at,
    tick: "DELIVERY_ACK",
    ticks: [],
    edited: false,
    deleted: false,
    reactions: {},
  };
}
