/** An Evolution server's instances: one per paired phone. For the connection wizard and the health check. */
import { Unreachable } from "../errors.ts";
import { asObject, type Json, type JsonObject, numberAt, objectAt, textAt } from "../json.ts";
import type { AccountOperations, AccountState, NumberCheck, Pairing, Target, WebhookTarget } from "../types.ts";
import { at } from "./api.ts";
import { call } from "./http.ts";
import { parseJid } from "./jid.ts";

/** The key in the example configuration of every Evolution server: whoever uses it shares their WhatsApp with the world. */
const PUBLISHED_KEY = "429683C4C977415CAAFCCE10F7D57E11";

/** What our webhook needs to hear; not `CHATS_*`, `CALL` and the rest, which would only be thrown away. */
const WEBHOOK_EVENTS = [
  "MESSAGES_UPSERT",
  "MESSAGES_EDITED",
  "MESSAGES_UPDATE",
  "MESSAGES_DELETE",
  "SEND_MESSAGE",
  "CONNECTION_UPDATE",
  "QRCODE_UPDATED",
  "STATUS_INSTANCE",
  "CONTACTS_UPDATE",
  "PRESENCE_UPDATE",
  "LOGOUT_INSTANCE",
  "REMOVE_INSTANCE",
];

export const evolutionAccounts: AccountOperations = {
  isPublishedKey,
  create: createInstance,
  connect: connectInstance,
  readState: readInstanceState,
  logOut: logoutInstance,
  remove: deleteInstance,
  setWebhook,
  checkNumbers,
};

function isPublishedKey(key: string): boolean {
  return key.trim().toUpperCase() === PUBLISHED_KEY;
}

async function createInstance(
  target: Target,
  webhook: WebhookTarget,
): Promise<{ id: string; token: string; pairing: Pairing | null }> {
  const body = {
    instanceName: target.account,
    integration: "WHATSAPP-BAILEYS",
    qrcode: true,
    groupsIgnore: false,
    webhook: renderWebhook(webhook),
  };
  const answer = asObject(await call(target, { method: "POST", path: "/instance/create", body, serverTakesMs: 5_000 }));
  const instanceId = textAt(objectAt(answer, "instance"), "instanceId");
  const token = textAt(answer, "hash") ?? textAt(objectAt(answer, "hash"), "apikey");
  if (instanceId === undefined || token === undefined)
    throw new Unreachable({ ambiguous: true, detail: "no instance" });
  return { id: instanceId, token, pairing: readPairing(objectAt(answer, "qrcode")) };
}

async function connectInstance(
  target: Target,
  phone: string | null = null,
): Promise<{ state: "open" } | { state: "connecting"; pairing: Pairing | null }> {
  const path = `${at(target, "/instance/connect")}${phone === null ? "" : `?number=${phone}`}`;
  const answer = asObject(await call(target, { method: "GET", path, serverTakesMs: 2_000 }));
  if (textAt(objectAt(answer, "instance"), "state") === "open") return { state: "open" };
  return { state: "connecting", pairing: readPairing(answer) };
}

async function readInstanceState(target: Target): Promise<AccountState> {
  const answer = asObject(await call(target, { method: "GET", path: at(target, "/instance/connectionState") }));
  const state = textAt(objectAt(answer, "instance"), "state");
  return state === "open" || state === "connecting" ? state : "closed";
}

async function logoutInstance(target: Target): Promise<void> {
  await call(target, { method: "DELETE", path: at(target, "/instance/logout") });
}

async function deleteInstance(target: Target): Promise<void> {
  await call(target, { method: "DELETE", path: at(target, "/instance/delete") });
}

async function setWebhook(target: Target, webhook: WebhookTarget): Promise<void> {
  await call(target, { method: "POST", path: at(target, "/webhook/set"), body: { webhook: renderWebhook(webhook) } });
}

/** Which numbers are on WhatsApp, and under which address. The server remembers answers for days. */
async function checkNumbers(target: Target, numbers: readonly string[]): Promise<NumberCheck[]> {
  const path = at(target, "/chat/whatsappNumbers");
  const answer = await call(target, { method: "POST", path, body: { numbers: [...numbers] } });
  return (Array.isArray(answer) ? answer : []).map(readNumberCheck);
}

function readNumberCheck(item: Json): NumberCheck {
  const entry = asObject(item);
  const exists = entry?.exists === true;
  return {
    number: textAt(entry, "number") ?? "",
    exists,
    chat: exists ? (parseJid(textAt(entry, "jid") ?? "") ?? null) : null,
    lid: parseJid(textAt(entry, "lid") ?? "") ?? null,
  };
}

/**
 * v2 wants the settings inside `webhook`; the flat body of the documentation is version 1 and is refused. The server keeps
 * `jwt_key` to itself and signs a short token with it: the secret travels once, not with every event.
 */
function renderWebhook({ url, secret }: WebhookTarget): JsonObject {
  return {
    enabled: true,
    url,
    headers: { jwt_key: secret },
    byEvents: false,
    base64: false,
    events: [...WEBHOOK_EVENTS],
  };
}

function readPairing(qrcode: JsonObject | undefined): Pairing | null {
  const code = textAt(qrcode, "code") ?? null;
  const pairingCode = textAt(qrcode, "pairingCode") ?? null;
  return code === null && pairingCode === null ? null : { code, pairingCode, count: numberAt(qrcode, "count") ?? 0 };
}
