/**
 * WhatsApp addresses ("JIDs"): `user[:device]@server`. Only the server part says what an address is; the payload's
 * `addressingMode` is known to lie. The device is dropped, the rest is kept as written.
 */
import type { Address } from "../events.ts";
import { type JsonObject, textAt } from "../json.ts";

const KINDS: ReadonlyMap<string, Address["kind"]> = new Map([
  ["s.whatsapp.net", "phone"],
  ["c.us", "phone"],
  ["hosted", "phone"],
  ["lid", "lid"],
  ["hosted.lid", "lid"],
  ["g.us", "group"],
  ["broadcast", "broadcast"],
  ["newsletter", "newsletter"],
]);

/** Where the other address of the same chat, or the same person, has been in one version or another. */
const CHAT_FIELDS = ["remoteJid", "remoteJidAlt", "senderPn", "senderLid", "previousRemoteJid"];
const PARTICIPANT_FIELDS = ["participant", "participantAlt", "participantPn", "participantLid"];

/** A JID without server part is a phone (Evolution's Cloud API channel writes them so). */
export function parseJid(jid: string): Address | undefined {
  const match = /^([^@:]+)(?::\d+)?(?:@(.+))?$/.exec(jid.trim());
  if (match === null) return undefined;
  const [, user = "", server = "s.whatsapp.net"] = match;
  const kind = KINDS.get(server) ?? "other";
  if (kind !== "phone") return { kind, value: `${user}@${server}` };
  return /^\d+$/.test(user) ? { kind, value: user } : { kind: "other", value: `${user}@${server}` };
}

/** The whole JID: Evolution sends to one as it is, but rewrites bare digits. */
export function renderJid(address: Address): string {
  return address.kind === "phone" ? `${address.value}@s.whatsapp.net` : address.value;
}

/** All addresses of a message key's chat, the one it came by first; a group has no others. */
export function readChat(key: JsonObject): { chat: Address; aliases: Address[] } | undefined {
  const [chat, ...aliases] = readAddresses(key, CHAT_FIELDS);
  if (chat === undefined || textAt(key, "remoteJid") === undefined) return undefined;
  return { chat, aliases: isPerson(chat) ? aliases.filter(isPerson) : [] };
}

/** Who wrote in a group; empty elsewhere. */
export function readParticipants(key: JsonObject): Address[] {
  return readAddresses(key, PARTICIPANT_FIELDS).filter(isPerson);
}

function readAddresses(key: JsonObject, fields: readonly string[]): Address[] {
  const found = new Map<string, Address>();
  for (const field of fields) {
    const address = parseJid(textAt(key, field) ?? "");
    if (address !== undefined) found.set(renderJid(address), address);
  }
  return [...found.values()];
}

function isPerson(address: Address): boolean {
  return address.kind === "phone" || address.kind === "lid";
}
