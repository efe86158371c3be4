/** What we ask of an Evolution instance in the course of a conversation. Every function calls once and never retries. */
import { phoneVariants } from "../../domain/phone.ts";
import { Rejected, Unreachable } from "../errors.ts";
import type { Address, ProviderStatus } from "../events.ts";
import { asObject, type JsonObject, listAt, objectAt, textAt } from "../json.ts";
import type { ChatSignal, FetchedMedia, LookUp, LookUpAnswer, RenderedMessage, SendReceipt, Target } from "../types.ts";
import { call } from "./http.ts";
import { parseJid, renderJid } from "./jid.ts";
import { Ignored, providerTime, readStatus, readUpsert, Unreadable } from "./messages.ts";

/** Clocks of two servers and WhatsApp's whole seconds. */
const CLOCK_SKEW_MS = 60_000;
const LOOK_BACK_RECORDS = 50;
const LONGEST_TYPING_MS = 20_000;

/** Resolves once the server has handed the message to WhatsApp. An answer without an id leaves open whether it did. */
export async function send(target: Target, message: RenderedMessage): Promise<SendReceipt> {
  const answer = asObject(await call(target, { method: "POST", path: at(target, message.path), body: message.body }));
  const key = objectAt(answer, "key");
  const externalId = textAt(key, "id");
  const chat = parseJid(textAt(key, "remoteJid") ?? "");
  if (answer === undefined || externalId === undefined || chat === undefined) {
    throw new Unreachable({ ambiguous: true, detail: "no message key in the answer" });
  }
  return { externalId, chat, providerAt: providerTime(answer) };
}

/** Reading and typing. A read receipt needs a phone or group address: the server says "success" for a LID and does nothing. */
export async function signal(target: Target, given: ChatSignal): Promise<void> {
  if (given.kind === "typing") return showTyping(target, given.chat, Math.min(given.durationMs, LONGEST_TYPING_MS));
  const chat = [given.chat, ...given.aliases].find(({ kind }) => kind === "phone" || kind === "group");
  if (chat === undefined || given.messages.length === 0) return;
  const remoteJid = renderJid(chat);
  const readMessages = given.messages.map(({ externalId, fromMe }) => ({ id: externalId, fromMe, remoteJid }));
  await call(target, { method: "POST", path: at(target, "/chat/markMessageAsRead"), body: { readMessages } });
}

/** `ref` is the message's id. Throws `Rejected("not_found")` when the server has not stored the message. */
export async function fetchMedia(target: Target, ref: string): Promise<FetchedMedia> {
  const body = { message: { key: { id: ref } }, convertToMp4: false };
  const path = at(target, "/chat/getBase64FromMediaMessage");
  const answer = asObject(await call(target, { method: "POST", path, body }));
  const bytes = decodeBase64(textAt(answer, "base64") ?? "");
  if (bytes.length === 0) throw new Rejected("not_found", { detail: "no bytes in the answer" });
  return {
    bytes,
    mimeType: textAt(answer, "mimetype") ?? "application/octet-stream",
    fileName: textAt(answer, "fileName"),
  };
}

/**
 * Looks among the newest messages of each address that the chat may be stored under. The oldest match since the attempt began is
 * taken: of two equal sends, the first one that nobody owns yet.
 */
export async function lookUp(target: Target, question: LookUp): Promise<LookUpAnswer> {
  for (const remoteJid of candidateJids([question.chat, ...question.aliases])) {
    const body = { where: { key: { remoteJid } }, page: 1, offset: LOOK_BACK_RECORDS };
    const answer = asObject(await call(target, { method: "POST", path: at(target, "/chat/findMessages"), body }));
    const records = listAt(objectAt(answer, "messages"), "records").map(asObject);
    const [match] = records
      .flatMap((record) => toOwnMessage(record, question) ?? [])
      .toSorted((left, right) => left.sentAt - right.sentAt);
    if (match !== undefined) return { found: true, externalId: match.externalId, status: match.status };
  }
  return { found: false };
}

/** The server answers only after it has shown "typing" for the whole time. */
async function showTyping(target: Target, chat: Address, durationMs: number): Promise<void> {
  const body = { number: renderJid(chat), presence: "composing", delay: durationMs };
  await call(target, { method: "POST", path: at(target, "/chat/sendPresence"), body, serverTakesMs: durationMs });
}

export function at(target: Target, path: string): string {
  return `${path}/${encodeURIComponent(target.account)}`;
}

type OwnMessage = { externalId: string; status: ProviderStatus; sentAt: number };

function toOwnMessage(record: JsonObject | undefined, question: LookUp): OwnMessage | undefined {
  const event = record === undefined ? undefined : readRecord(record);
  if (event?.type !== "message" || !event.fromMe || event.fingerprint !== question.fingerprint) return undefined;
  const sentAt = event.providerAt ?? 0;
  if (question.excluded.includes(event.externalId) || sentAt < question.attemptedAt - CLOCK_SKEW_MS) return undefined;
  return { externalId: event.externalId, status: latestStatus(record, event.externalId), sentAt };
}

function readRecord(record: JsonObject) {
  try {
    return readUpsert(record, true);
  } catch (error) {
    if (error instanceof Ignored || error instanceof Unreadable) return undefined;
    throw error;
  }
}

/** A stored message lists its ticks oldest first; one that is stored at all was sent. */
function latestStatus(record: JsonObject | undefined, externalId: string): ProviderStatus {
  const ticks = listAt(record, "MessageUpdate").map(asObject);
  const last = ticks.findLast((tick) => textAt(tick, "status") !== undefined);
  if (last === undefined) return "sent";
  const event = readStatus({ ...last, key: { id: externalId, remoteJid: "0" } });
  return event.type === "status" && event.status !== "sending" ? event.status : "sent";
}

/** A Brazilian number may be stored under the form without its 9th digit, whatever we sent to. */
function candidateJids(addresses: readonly Address[]): string[] {
  const forms = addresses.flatMap((address): Address[] =>
    address.kind === "phone" ? phoneVariants(address.value).map((value) => ({ kind: "phone", value })) : [address],
  );
  return [...new Set(forms.map(renderJid))];
}

function decodeBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
