/**
 * The `message` object of WhatsApp: one key names the kind, sometimes inside wrappers that say how it was sent. A kind that is not
 * in the table is `unsupported`, so that a thread shows that something was said.
 */
import type { MediaReference, MessageEvent, MessageKind } from "../events.ts";
import { asObject, type Json, type JsonObject, listAt, numberAt, objectAt, readNumber, textAt } from "../json.ts";

export type Content = Pick<
  MessageEvent,
  "kind" | "text" | "transcript" | "media" | "location" | "contacts" | "choice" | "pollOptions" | "providerKind"
>;

type Reader = (part: JsonObject, externalId: string) => Omit<Content, "providerKind">;

const WRAPPERS = [
  "ephemeralMessage",
  "viewOnceMessage",
  "viewOnceMessageV2",
  "viewOnceMessageV2Extension",
  "documentWithCaptionMessage",
  "deviceSentMessage",
  "groupMentionedMessage",
  "botInvokeMessage",
  "lottieStickerMessage",
];
const DEEPEST_WRAP = 5;

/** Keys that travel beside the content and are not the message. */
const COMPANIONS = new Set([
  "messageContextInfo",
  "senderKeyDistributionMessage",
  "base64",
  "mediaUrl",
  "speechToText",
]);

const READERS: Readonly<Record<string, Reader>> = {
  extendedTextMessage: (part) => ({ kind: "text", text: textAt(part, "text") }),
  imageMessage: (part, id) => readMedia("image", part, id, "image/jpeg"),
  videoMessage: (part, id) => readMedia("video", part, id, "video/mp4"),
  ptvMessage: (part, id) => readMedia("video", part, id, "video/mp4"),
  audioMessage: (part, id) => readMedia("audio", part, id, "audio/ogg"),
  documentMessage: (part, id) => readMedia("document", part, id, "application/octet-stream"),
  stickerMessage: (part, id) => readMedia("sticker", part, id, "image/webp"),
  locationMessage: (part) => readPlace(part, false),
  liveLocationMessage: (part) => readPlace(part, true),
  contactMessage: (part) => readContacts([part]),
  contactsArrayMessage: (part) => readContacts(listAt(part, "contacts")),
  pollCreationMessage: readPoll,
  pollCreationMessageV2: readPoll,
  pollCreationMessageV3: readPoll,
  buttonsResponseMessage: (part) => readChoice(textAt(part, "selectedButtonId"), textAt(part, "selectedDisplayText")),
  templateButtonReplyMessage: (part) => readChoice(textAt(part, "selectedId"), textAt(part, "selectedDisplayText")),
  listResponseMessage: (part) =>
    readChoice(
      textAt(objectAt(part, "singleSelectReply"), "selectedRowId"),
      textAt(part, "title"),
      textAt(part, "description"),
    ),
  interactiveResponseMessage: (part) =>
    readChoice(textAt(objectAt(part, "nativeFlowResponseMessage"), "name"), textAt(objectAt(part, "body"), "text")),
  buttonsMessage: (part) => ({ kind: "text", text: textAt(part, "contentText") }),
  listMessage: (part) => ({ kind: "text", text: textAt(part, "description") ?? textAt(part, "title") }),
  templateMessage: (part) => ({
    kind: "text",
    text: textAt(objectAt(part, "hydratedTemplate"), "hydratedContentText"),
  }),
};

/** Takes the wrappers off; `viewOnce` when one of them says so. */
export function unwrap(message: JsonObject): { message: JsonObject; viewOnce: boolean } {
  let inner = message;
  let viewOnce = false;
  for (let depth = 0; depth < DEEPEST_WRAP; depth += 1) {
    const wrapper = WRAPPERS.find((name) => objectAt(objectAt(inner, name), "message") !== undefined);
    if (wrapper === undefined) break;
    viewOnce ||= wrapper.startsWith("viewOnce");
    inner = objectAt(objectAt(inner, wrapper), "message") ?? inner;
  }
  return { message: inner, viewOnce };
}

/** The key that names what a message is; `undefined` when there is nothing but companions. */
export function contentKey(message: JsonObject): string | undefined {
  return Object.keys(message).find((key) => !COMPANIONS.has(key) && message[key] !== null);
}

export function readContent(wrapped: JsonObject, externalId: string): Content {
  const { message, viewOnce } = unwrap(wrapped);
  const providerKind = contentKey(message) ?? "empty";
  const transcript = textAt(wrapped, "speechToText");
  const content = readKind(message, providerKind, externalId);
  return {
    ...content,
    media: content.media === undefined ? undefined : { ...content.media, viewOnce: viewOnce || content.media.viewOnce },
    transcript,
    providerKind,
  };
}

function readKind(message: JsonObject, providerKind: string, externalId: string): Omit<Content, "providerKind"> {
  if (providerKind === "conversation") return { kind: "text", text: textAt(message, "conversation") };
  const part = objectAt(message, providerKind);
  const read = Object.hasOwn(READERS, providerKind) ? READERS[providerKind] : undefined;
  return part === undefined || read === undefined ? { kind: "unsupported" } : read(part, externalId);
}

/** What was quoted, from wherever this version keeps the context. */
export function readContextInfo(item: JsonObject): JsonObject | undefined {
  const lifted = objectAt(item, "contextInfo");
  if (lifted !== undefined) return lifted;
  const { message } = unwrap(objectAt(item, "message") ?? {});
  return objectAt(objectAt(message, contentKey(message) ?? ""), "contextInfo");
}

function readMedia(kind: MessageKind, part: JsonObject, ref: string, usualType: string): Omit<Content, "providerKind"> {
  const fileName = textAt(part, "fileName") ?? (kind === "document" ? textAt(part, "title") : undefined);
  const media: MediaReference = {
    ref,
    mimeType: textAt(part, "mimetype") ?? usualType,
    fileName,
    byteLength: readNumber(part.fileLength),
    durationSeconds: numberAt(part, "seconds"),
    width: numberAt(part, "width"),
    height: numberAt(part, "height"),
    voice: part.ptt === true,
    viewOnce: part.viewOnce === true,
  };
  return { kind, media, text: textAt(part, "caption") };
}

function readPlace(part: JsonObject, live: boolean): Omit<Content, "providerKind"> {
  const latitude = numberAt(part, "degreesLatitude");
  const longitude = numberAt(part, "degreesLongitude");
  if (latitude === undefined || longitude === undefined) return { kind: "unsupported" };
  const location = { latitude, longitude, name: textAt(part, "name"), address: textAt(part, "address"), live };
  return { kind: "location", location, text: textAt(part, "caption") };
}

function readContacts(cards: Json[]): Omit<Content, "providerKind"> {
  const contacts = cards.map(asObject).map((card) => {
    const vcard = textAt(card, "vcard") ?? "";
    const phones = [...vcard.matchAll(/^(?:item\d+\.)?TEL[^:\n]*:(.+)$/gim)].map((line) => line[1]?.trim() ?? "");
    return { name: textAt(card, "displayName") ?? /^FN:(.+)$/im.exec(vcard)?.[1]?.trim() ?? "", phones };
  });
  return { kind: "contact", contacts };
}

function readPoll(part: JsonObject): Omit<Content, "providerKind"> {
  const pollOptions = listAt(part, "options").flatMap((option) => textAt(asObject(option), "optionName") ?? []);
  return { kind: "poll", pollOptions, text: textAt(part, "name") };
}

function readChoice(id?: string, title?: string, description?: string): Omit<Content, "providerKind"> {
  const shown = title ?? id;
  if (shown === undefined) return { kind: "unsupported" };
  const choice = { id: id ?? shown, title: shown, description };
  return { kind: "choice", choice, text: shown };
}
