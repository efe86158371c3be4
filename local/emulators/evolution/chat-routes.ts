import { z } from "zod";
import type { JsonObject } from "../../../lib/connectors/json.ts";
import { badRequest } from "./errors.ts";
import { created, type GuardedRoutes, readBody } from "./guards.ts";
import { readNumberBody, requireOpen } from "./message-routes.ts";
import { createJid, isOnWhatsApp, phoneOf, toPhoneJid } from "./numbers.ts";
import { renderMessage } from "./payloads.ts";
import type { InstanceRow, Message } from "./state.ts";
import { pause, type Traffic } from "./traffic.ts";
import type { World } from "./world.ts";

const DEFAULT_PAGE_SIZE = 50;

const readBodySchema = z.object({
  readMessages: z.array(z.object({ id: z.string(), fromMe: z.boolean(), remoteJid: z.string() })),
});
const presenceBody = z.object({
  number: z.string().min(1),
  presence: z.enum(["composing", "recording", "paused", "available", "unavailable"]),
  delay: z.number(),
});
const mediaBody = z.object({ message: z.object({ key: z.object({ id: z.string() }) }) });
const findBody = z.object({
  where: z
    .object({ key: z.object({ remoteJid: z.string().optional(), id: z.string().optional() }).optional() })
    .default({}),
  page: z.number().int().positive().default(1),
  offset: z.number().int().positive().default(DEFAULT_PAGE_SIZE),
});

type Parts = { guarded: GuardedRoutes; world: World; traffic: Traffic };

/** `/chat/*`. */
export function addChatRoutes(parts: Parts): void {
  addPresenceRoutes(parts);
  addNumberRoutes(parts);
  addStoreRoutes(parts);
}

function addPresenceRoutes({ guarded, world, traffic }: Parts): void {
  guarded.onInstance("POST", "/chat/markMessageAsRead", (call, instance) => {
    const { readMessages } = readBody(call, readBodySchema);
    requireOpen(instance);
    for (const { id, fromMe, remoteJid } of readMessages) {
      const message = world.findMessage(instance.name, id);
      // Keys of a LID chat are left out without a word, as the real server does.
      if (message && !fromMe && !remoteJid.endsWith("@lid")) traffic.tick(message, "READ");
    }
    return created({ message: "Read messages", read: "success" });
  });
  guarded.onInstance("POST", "/chat/sendPresence", async (call, instance) => {
    const { number, presence, delay } = readBody(call, presenceBody);
    const { chat } = traffic.resolve(instance, number);
    traffic.showTyping(instance, { chat, by: "company", presence });
    await pause(world, delay);
    traffic.showTyping(instance, { chat, by: "company", presence: "paused" });
    return created({ presence });
  });
}

function addNumberRoutes({ guarded, world }: Parts): void {
  guarded.onInstance("POST", "/chat/whatsappNumbers", (call, instance) => {
    const { numbers } = readBody(call, z.object({ numbers: z.array(z.string()).min(1) }));
    requireOpen(instance);
    return Response.json(numbers.map((number) => checkNumber(world, number)));
  });
  guarded.onInstance("POST", "/chat/fetchProfile", (call) => {
    const { jid, exists } = checkNumber(world, readNumberBody(call));
    const name = world.findPerson(phoneOf(jid) ?? jid)?.name ?? null;
    const business = { isBusiness: false, email: null, description: null, website: null };
    return Response.json({ wuid: jid, name, numberExists: exists, picture: null, status: null, ...business });
  });
  guarded.onInstance("POST", "/chat/fetchProfilePictureUrl", (call) => {
    return Response.json({ wuid: createJid(readNumberBody(call)), profilePictureUrl: null });
  });
}

function addStoreRoutes({ guarded, world }: Parts): void {
  guarded.onInstance("POST", "/chat/getBase64FromMediaMessage", (call, instance) => {
    const { id } = readBody(call, mediaBody).message.key;
    const { content } = world.requireMessage(instance.name, id);
    if (content.media === null) throw badRequest("The message is not of the media type");
    const { base64, mimeType, fileName } = content.media;
    const size = { fileLength: String(Buffer.byteLength(base64, "base64")) };
    const name = fileName ?? `${id}.${mimeType.split(/[/;]/)[1]}`;
    return created({
      mediaType: `${content.kind}Message`,
      fileName: name,
      caption: content.text,
      size,
      mimetype: mimeType,
      base64,
    });
  });
  guarded.onInstance("POST", "/chat/findMessages", (call, instance) => {
    const { where, page, offset } = readBody(call, findBody);
    const found = world.state.messages
      .filter((message) => message.instance === instance.name && matches(world, message, where.key))
      .toReversed();
    const records = found
      .slice((page - 1) * offset, page * offset)
      .map((message) => renderRecord(world, instance, message));
    const pages = Math.ceil(found.length / offset);
    return Response.json({ messages: { total: found.length, pages, currentPage: page, records } });
  });
}

/** Compares with the JID that the message was stored under, no other form of it. */
function matches(world: World, message: Message, key: { remoteJid?: string; id?: string } | undefined): boolean {
  const stored = message.sentTo ?? world.jidOf(message.chat);
  return (key?.remoteJid ?? stored) === stored && (key?.id ?? message.id) === message.id;
}

function renderRecord(world: World, instance: InstanceRow, message: Message): JsonObject {
  const { contextInfo, ...rendered } = renderMessage(world, instance, message);
  const updates = message.author === null ? message.ticks.slice(1).map(({ tick }) => ({ status: tick })) : [];
  return { id: `row-${message.id}`, ...rendered, contextInfo, MessageUpdate: updates };
}

function checkNumber(world: World, number: string) {
  const jid = createJid(number);
  if (jid.endsWith("@lid")) return { jid, exists: true, number };
  const phone = phoneOf(jid);
  const person = phone === null ? undefined : world.findPerson(phone);
  if (person !== undefined)
    return { jid: toPhoneJid(person.phone), exists: true, number, name: person.name, lid: person.lid };
  return { jid, exists: phone !== null && isOnWhatsApp(phone), number };
}
