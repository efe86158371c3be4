/**
 * Items of `messages.upsert`, `send.message`, `messages.edited`, `messages.delete` and `messages.update`, each as one event. A
 * reader throws `Unreadable` when an item lacks what it cannot do without; `parse` turns that into a `raw` event.
 */
import type { Address, InboundEvent, MessageEvent, ProviderStatus, Quote } from "../events.ts";
import { digestText, fingerprintMessage } from "../fingerprint.ts";
import { type JsonObject, objectAt, readNumber, textAt } from "../json.ts";
import { contentKey, readContent, readContextInfo, unwrap } from "./content.ts";
import { parseJid, readChat, readParticipants } from "./jid.ts";
import { redactPart } from "./redact.ts";

/** The item cannot become an event; the message says what is missing, without any of its words. */
export class Unreadable extends Error {
  override readonly name = "Unreadable";
}

/** Nothing of interest: kept as raw, but not as a fault. */
export class Ignored extends Error {
  override readonly name = "Ignored";
}

/** By name in v2, by Baileys' number in older shapes. */
const STATUSES: Readonly<Record<string, ProviderStatus>> = {
  ERROR: "failed",
  PENDING: "sending",
  SERVER_ACK: "sent",
  DELIVERY_ACK: "delivered",
  READ: "read",
  PLAYED: "played",
};
const NUMBERED_STATUSES = ["ERROR", "PENDING", "SERVER_ACK", "DELIVERY_ACK", "READ", "PLAYED"];

const CIPHERTEXT_STUB = 2;

export function readUpsert(item: JsonObject, viaApi: boolean): InboundEvent {
  const target = readTarget(objectAt(item, "key"));
  if (target.chat.kind === "broadcast" || target.chat.kind === "newsletter")
    throw new Ignored(`${target.chat.kind} post`);
  const { message } = unwrap(objectAt(item, "message") ?? {});
  const protocol = objectAt(message, "protocolMessage") ?? editProtocol(message);
  if (protocol !== undefined) return readProtocol(protocol, target, providerTime(item));
  const reaction = objectAt(message, "reactionMessage");
  if (reaction !== undefined) return readReaction(reaction, item, target);
  const stub = readNumber(item.messageStubType);
  if (contentKey(message) === undefined && stub !== undefined && stub !== CIPHERTEXT_STUB)
    throw new Ignored("notice of the chat");
  if (contentKey(message) === "pollUpdateMessage") throw new Ignored("encrypted vote");
  return readMessage(item, target, viaApi);
}

/** `data` of `messages.edited` is WhatsApp's protocol message, and deletions come through it as well. */
export function readEdited(item: JsonObject): InboundEvent {
  return readProtocol(item, readTarget(objectAt(item, "key")), undefined);
}

/** `data` of `messages.delete` is the key itself. */
export function readDeleted(item: JsonObject): InboundEvent {
  return deletion(readTarget(objectAt(item, "key") ?? item));
}

export function readStatus(item: JsonObject): InboundEvent {
  const key = objectAt(item, "key") ?? { ...item, id: textAt(item, "keyId") ?? item.id };
  const target = readTarget(key);
  const given = item.status ?? objectAt(item, "update")?.status;
  const name = typeof given === "number" ? NUMBERED_STATUSES[given] : given;
  if (name === "DELETED") return deletion(target);
  if (name === undefined || name === null) throw new Ignored("update without a status");
  const status = typeof name === "string" && Object.hasOwn(STATUSES, name) ? STATUSES[name] : undefined;
  if (status === undefined) throw new Unreadable("unknown status");
  return { type: "status", key: `status:${target.externalId}:${status}`, ...target, status };
}

type EventTarget = { externalId: string; fromMe: boolean; chat: Address; aliases: Address[] };

function readTarget(key: JsonObject | undefined): EventTarget {
  const externalId = textAt(key, "id");
  if (key === undefined || externalId === undefined) throw new Unreadable("no message id");
  const place = readChat(key);
  if (place === undefined) throw new Unreadable("no chat address");
  return { externalId, fromMe: key.fromMe === true, ...place };
}

function readMessage(item: JsonObject, target: EventTarget, viaApi: boolean): MessageEvent {
  const content = readContent(objectAt(item, "message") ?? {}, target.externalId);
  return {
    type: "message",
    key: `msg:${target.externalId}`,
    ...target,
    providerAt: providerTime(item),
    viaApi,
    senders: readSenders(item, target),
    senderName: target.fromMe ? undefined : textAt(item, "pushName"),
    ...content,
    raw: content.kind === "unsupported" ? redactPart(item.message) : undefined,
    quoted: readQuote(item),
    fingerprint: fingerprintMessage(content),
  };
}

function readSenders(item: JsonObject, target: EventTarget): Address[] {
  if (target.fromMe) return [];
  if (target.chat.kind !== "group") return [target.chat, ...target.aliases];
  return readParticipants(objectAt(item, "key") ?? {});
}

function readQuote(item: JsonObject): Quote | undefined {
  const context = readContextInfo(item);
  const externalId = textAt(context, "stanzaId");
  if (externalId === undefined) return undefined;
  const original = objectAt(context, "quotedMessage");
  const text = original === undefined ? undefined : readContent(original, externalId).text;
  const author = parseJid(textAt(context, "participant") ?? "");
  return { externalId, text, author };
}

function readReaction(reaction: JsonObject, item: JsonObject, target: EventTarget): InboundEvent {
  const externalId = textAt(objectAt(reaction, "key"), "id");
  if (externalId === undefined) throw new Unreadable("reaction without a target");
  const emoji = textAt(reaction, "text") ?? "";
  const at = toMs(readNumber(reaction.senderTimestampMs)) ?? providerTime(item);
  const actor = target.fromMe ? "me" : (readSenders(item, target)[0] ?? target.chat).value;
  return {
    type: "reaction",
    key: `react:${externalId}:${actor}:${emoji}:${at ?? target.externalId}`,
    ...target,
    providerAt: at,
    externalId,
    actor,
    actorName: target.fromMe ? undefined : textAt(item, "pushName"),
    emoji,
  };
}

/** Newer phones wrap an edit once more. */
function editProtocol(message: JsonObject): JsonObject | undefined {
  return objectAt(objectAt(objectAt(message, "editedMessage"), "message"), "protocolMessage");
}

function readProtocol(protocol: JsonObject, around: EventTarget, fallbackAt: number | undefined): InboundEvent {
  const type = protocol.type;
  const target = { ...around, externalId: textAt(objectAt(protocol, "key"), "id") ?? "" };
  if (type === "REVOKE" || type === 0) return deletion(target);
  const edited = objectAt(protocol, "editedMessage");
  if (edited === undefined) throw new Ignored("protocol message");
  if (target.externalId === "") throw new Unreadable("edit without a target");
  const text = readContent(edited, target.externalId).text ?? "";
  const writtenAt = toMs(readNumber(protocol.timestampMs));
  return {
    type: "edit",
    key: `edit:${target.externalId}:${writtenAt ?? digestText(text)}`,
    ...target,
    providerAt: writtenAt ?? fallbackAt,
    text,
  };
}

function deletion(target: EventTarget): InboundEvent {
  if (target.externalId === "") throw new Unreadable("deletion without a target");
  return { type: "delete", key: `del:${target.externalId}`, ...target };
}

/** Epoch ms of `messageTimestamp`, which is seconds as a number, text or Long. */
export function providerTime(item: JsonObject): number | undefined {
  return toMs(readNumber(item.messageTimestamp));
}

/** Fields named `…Ms` have carried seconds: no message is from before 1973 or after 5138. */
function toMs(time: number | undefined): number | undefined {
  if (time === undefined || time <= 0) return undefined;
  return time < 1e11 ? Math.round(time * 1000) : Math.round(time);
}
