/** Events about the account and its people rather than about messages: connection, pairing, contacts, presence. */
import type { Address, ConnectionEvent, ContactEvent, InboundEvent, PresenceEvent } from "../events.ts";
import { digestText } from "../fingerprint.ts";
import { asObject, type JsonObject, numberAt, objectAt, textAt } from "../json.ts";
import { parseJid, readChat } from "./jid.ts";
import { Ignored, Unreadable } from "./messages.ts";

/** `date_time` of the envelope: local time that claims to be UTC, made once and kept by every retry of the event. */
export type Clock = { text: string; order: number | undefined };

type Reason = NonNullable<ConnectionEvent["reason"]>;

const STATES: Readonly<Record<string, ConnectionEvent["state"]>> = {
  open: "open",
  connecting: "connecting",
  close: "closed",
  closed: "closed",
  refused: "closed",
};
const REASONS: Readonly<Record<number, Reason>> = { 401: "logged_out", 402: "banned", 403: "banned", 406: "banned" };

export function readConnection(item: JsonObject, clock: Clock): InboundEvent {
  const given = textAt(item, "state") ?? textAt(item, "status") ?? "";
  const state = Object.hasOwn(STATES, given) ? STATES[given] : undefined;
  if (state === undefined) throw new Unreadable("unknown connection state");
  const code = numberAt(item, "statusReason") ?? numberAt(item, "disconnectionReasonCode");
  const reason = given === "refused" ? "pairing_expired" : closeReason(state, code);
  const account = parseJid(textAt(item, "wuid") ?? "");
  const profileName = textAt(item, "profileName");
  return {
    ...connection(state, clock, reason, code),
    account,
    profileName,
  };
}

/** `logout.instance` and `remove.instance`: the pairing, or the whole instance, is gone. */
export function readGone(name: string, clock: Clock): InboundEvent {
  return connection("closed", clock, name === "remove.instance" ? "removed" : "logged_out");
}

export function readPairing(item: JsonObject, clock: Clock): InboundEvent {
  const qrcode = objectAt(item, "qrcode");
  if (qrcode === undefined) {
    if (numberAt(item, "statusCode") === undefined) throw new Unreadable("no code in a pairing event");
    return connection("closed", clock, "pairing_expired", numberAt(item, "statusCode"));
  }
  const code = textAt(qrcode, "code");
  const pairingCode = textAt(qrcode, "pairingCode");
  const imageDataUrl = code === undefined ? textAt(qrcode, "base64") : undefined;
  if (code === undefined && imageDataUrl === undefined) throw new Unreadable("no code in a pairing event");
  return {
    type: "qr",
    key: `qr:${digestText(code ?? imageDataUrl ?? "")}`,
    code,
    pairingCode,
    imageDataUrl,
    order: clock.order,
  };
}

export function readContact(item: JsonObject, clock: Clock): ContactEvent {
  const found = readChat({ ...item, remoteJid: textAt(item, "remoteJid") ?? textAt(item, "id") });
  if (found === undefined) throw new Unreadable("contact without an address");
  if (found.chat.kind !== "phone" && found.chat.kind !== "lid") throw new Ignored("not a person");
  const name = textAt(item, "pushName") ?? textAt(item, "name") ?? textAt(item, "notify");
  const pictureUrl = textAt(item, "profilePicUrl") ?? textAt(item, "profilePictureUrl");
  return {
    type: "contact",
    key: `contact:${found.chat.value}:${digestText(`${name ?? ""}\n${pictureUrl ?? ""}\n${clock.text}`)}`,
    addresses: [found.chat, ...found.aliases],
    name,
    pictureUrl,
  };
}

const PRESENCES: Readonly<Record<string, PresenceEvent["state"]>> = {
  composing: "typing",
  recording: "recording",
  available: "online",
  paused: "idle",
  unavailable: "idle",
};

/** One event: WhatsApp reports one person at a time, groups included. */
export function readPresence(item: JsonObject, clock: Clock): PresenceEvent {
  const chat = parseJid(textAt(item, "id") ?? "");
  const [entry] = Object.entries(objectAt(item, "presences") ?? {});
  const actor = parseJid(entry?.[0] ?? "");
  const name = textAt(asObject(entry?.[1]), "lastKnownPresence") ?? "";
  const state = Object.hasOwn(PRESENCES, name) ? PRESENCES[name] : undefined;
  if (chat === undefined || actor === undefined || state === undefined)
    throw new Unreadable("presence without a person");
  return {
    type: "presence",
    key: `presence:${address(chat)}:${address(actor)}:${state}:${clock.text}`,
    chat,
    actor,
    state,
  };
}

function connection(state: ConnectionEvent["state"], clock: Clock, reason?: Reason, code?: number): ConnectionEvent {
  return {
    type: "connection",
    key: `connection:${state}:${reason ?? ""}:${code ?? ""}:${clock.text}`,
    state,
    reason,
    providerCode: code,
    order: clock.order,
  };
}

function closeReason(state: ConnectionEvent["state"], code: number | undefined): Reason | undefined {
  if (state !== "closed") return undefined;
  return (code === undefined ? undefined : REASONS[code]) ?? "other";
}

function address(of: Address): string {
  return `${of.kind}/${of.value}`;
}
