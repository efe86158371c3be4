import type { Json, JsonObject } from "../../../lib/connectors/json.ts";
import { toPhoneJid } from "./numbers.ts";
import type { Content, InstanceRow, Message, Person } from "./state.ts";
import type { World } from "./world.ts";

/** WhatsApp names the kind of a message by the key of its content. */
const MEDIA_KEYS = {
  image: "imageMessage",
  video: "videoMessage",
  audio: "audioMessage",
  document: "documentMessage",
  sticker: "stickerMessage",
} as const;

/** `data.key`: addresses as the person's phone has them, the other address beside it where this version knows it. */
export function renderKey(world: World, message: Message): JsonObject {
  const key: JsonObject = {
    remoteJid: message.sentTo ?? world.jidOf(message.chat),
    fromMe: message.author === null,
    id: message.id,
  };
  const person = message.author === null ? undefined : world.findPerson(message.author);
  if (person === undefined) return key;
  const [own, other] = addresses(person);
  if (message.chat.endsWith("@g.us")) return { ...key, participant: own, ...(other ? { participantAlt: other } : {}) };
  return {
    ...key,
    ...(other ? { remoteJidAlt: other } : {}),
    addressingMode: person.addressing === "phone" ? "pn" : "lid",
  };
}

/** `data` of `messages.upsert` and `send.message`, the answer of a send and a record of `findMessages`. */
export function renderMessage(world: World, instance: InstanceRow, message: Message): JsonObject {
  const content = renderContent(message.content, message);
  if (instance.webhook?.webhookBase64 === true && message.content.media) content.base64 = message.content.media.base64;
  const [messageType = "conversation"] = Object.keys(content);
  return {
    key: renderKey(world, message),
    pushName: pushName(world, instance, message),
    status: message.author === null ? message.tick : "DELIVERY_ACK",
    message: content,
    contextInfo: renderContext(world, message),
    messageType,
    messageTimestamp: Math.floor(message.at / 1000),
    instanceId: instance.id,
    source: message.viaApi ? "unknown" : "android",
  };
}

/** `data` of `messages.update`. */
export function renderTick(world: World, instance: InstanceRow, message: Message): JsonObject {
  return {
    messageId: `row-${message.id}`,
    keyId: message.id,
    remoteJid: message.sentTo ?? world.jidOf(message.chat),
    fromMe: message.author === null,
    participant: null,
    status: message.tick,
    pollUpdates: null,
    instanceId: instance.id,
  };
}

export function renderContent(content: Content, message: Pick<Message, "id" | "at">): JsonObject {
  const { kind, text, media, location, contact } = content;
  if (kind === "text") return { conversation: text ?? "" };
  if (kind === "location") {
    const at = { degreesLatitude: location?.latitude ?? 0, degreesLongitude: location?.longitude ?? 0 };
    return { locationMessage: { ...at, ...(location?.name == null ? {} : { name: location.name }) } };
  }
  if (kind === "contact") return { contactMessage: renderCard(contact?.name ?? "", contact?.phone ?? "") };
  const bytes = media === null ? 0 : Buffer.byteLength(media.base64, "base64");
  const part: JsonObject = {
    url: `https://mmg.whatsapp.net/v/${message.id}.enc`,
    mimetype: media?.mimeType ?? "application/octet-stream",
    fileLength: String(bytes),
    mediaKey: { "0": 90, "1": 17, "2": 203 },
    directPath: `/v/${message.id}.enc`,
    mediaKeyTimestamp: String(Math.floor(message.at / 1000)),
  };
  if (text !== null) part.caption = text;
  if (media?.fileName != null) Object.assign(part, { fileName: media.fileName, title: media.fileName });
  if (media?.seconds != null) part.seconds = media.seconds;
  if (kind === "audio") part.ptt = media?.voice ?? false;
  return { [MEDIA_KEYS[kind]]: part };
}

function renderCard(name: string, phone: string): JsonObject {
  const lines = ["BEGIN:VCARD", "VERSION:3.0", `FN:${name}`, `TEL;type=CELL;waid=${phone}:+${phone}`, "END:VCARD"];
  return { displayName: name, vcard: lines.join("\n") };
}

function renderContext(world: World, message: Message): Json {
  if (message.quotedId === null) return null;
  const quoted = world.findMessage(message.instance, message.quotedId);
  const owner = world.findInstance(message.instance)?.owner ?? "";
  if (quoted === undefined) return { stanzaId: message.quotedId };
  return {
    stanzaId: quoted.id,
    participant: quoted.author === null ? toPhoneJid(owner) : world.jidOf(quoted.author),
    quotedMessage: renderContent(quoted.content, quoted),
  };
}

function pushName(world: World, instance: InstanceRow, message: Message): string {
  if (message.author !== null) return world.findPerson(message.author)?.name ?? message.author;
  return message.viaApi ? "Você" : (instance.profileName ?? "");
}

/** The address that a chat is under, and the other one where WhatsApp tells it. */
function addresses({ phone, lid, addressing }: Person): [string, string | undefined] {
  if (addressing === "phone") return [toPhoneJid(phone), lid];
  return [lid, addressing === "lid" ? toPhoneJid(phone) : undefined];
}
