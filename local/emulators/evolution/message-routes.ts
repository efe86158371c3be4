import { z } from "zod";
import type { Call } from "../kit/router.ts";
import { badRequest } from "./errors.ts";
import { created, type GuardedRoutes, readBody } from "./guards.ts";
import { type Content, contentSchema, type InstanceRow } from "./state.ts";
import { pause, type Traffic } from "./traffic.ts";
import type { World } from "./world.ts";

const key = z.object({ id: z.string(), remoteJid: z.string().optional(), fromMe: z.boolean().optional() });
const common = z.object({
  number: z.string().min(1),
  delay: z.number().optional(),
  quoted: z.object({ key: z.object({ id: z.string() }) }).optional(),
});
const textBody = common.extend({ text: z.string().min(1) });
const mediaBody = common.extend({
  mediatype: z.enum(["image", "video", "document", "audio"]),
  media: z.string().min(1),
  mimetype: z.string().optional(),
  fileName: z.string().optional(),
  caption: z.string().optional(),
});
const audioBody = common.extend({ audio: z.string().min(1) });
const reactionBody = z.object({ key, reaction: z.string() });
const updateBody = z.object({ number: z.string(), key, text: z.string().min(1) });
const deleteBody = z.object({ id: z.string(), fromMe: z.boolean(), remoteJid: z.string() });

const USUAL_TYPES = {
  image: "image/jpeg",
  video: "video/mp4",
  document: "application/pdf",
  audio: "audio/mpeg",
} as const;

type Parts = { guarded: GuardedRoutes; world: World; traffic: Traffic };

/** `/message/*`, and the two of `/chat/*` that change a message. */
export function addMessageRoutes(parts: Parts): void {
  addSendRoutes(parts);
  addChangeRoutes(parts);
}

function addSendRoutes({ guarded, traffic, world }: Parts): void {
  async function sendContent(instance: InstanceRow, body: z.infer<typeof common>, content: Content): Promise<Response> {
    const { number, delay, quoted } = body;
    if (delay !== undefined && delay > 0) {
      const { chat } = traffic.resolve(instance, number);
      traffic.showTyping(instance, {
        chat,
        by: "company",
        presence: content.kind === "audio" ? "recording" : "composing",
      });
      await pause(world, delay);
    }
    return created(await traffic.send(instance, { number, content, quotedId: quoted?.key.id ?? null }));
  }

  guarded.onInstance("POST", "/message/sendText", (call, instance) => {
    const body = readBody(call, textBody);
    return sendContent(instance, body, contentSchema.parse({ kind: "text", text: body.text }));
  });
  guarded.onInstance("POST", "/message/sendMedia", (call, instance) => {
    const body = readBody(call, mediaBody);
    const { mediatype, media, mimetype, fileName, caption } = body;
    const bytes = {
      mimeType: mimetype ?? USUAL_TYPES[mediatype],
      base64: readBase64(media),
      fileName: fileName ?? null,
    };
    return sendContent(instance, body, contentSchema.parse({ kind: mediatype, text: caption ?? null, media: bytes }));
  });
  guarded.onInstance("POST", "/message/sendWhatsAppAudio", (call, instance) => {
    const body = readBody(call, audioBody);
    const media = { mimeType: "audio/ogg; codecs=opus", base64: readBase64(body.audio), voice: true };
    return sendContent(instance, body, contentSchema.parse({ kind: "audio", media }));
  });
}

function addChangeRoutes({ guarded, world, traffic }: Parts): void {
  guarded.onInstance("POST", "/message/sendReaction", (call, instance) => {
    const body = readBody(call, reactionBody);
    requireOpen(instance);
    const reaction = traffic.react(world.requireMessage(instance.name, body.key.id), {
      actor: null,
      emoji: body.reaction,
    });
    return created({
      key: { ...body.key, id: reaction.id, fromMe: true },
      messageType: "reactionMessage",
      status: "PENDING",
    });
  });
  guarded.onInstance("POST", "/chat/updateMessage", (call, instance) => {
    const body = readBody(call, updateBody);
    const message = requireOwn(world, instance, body.key.id);
    traffic.edit(message, body.text);
    return Response.json({ key: body.key, message: { editedMessage: { conversation: body.text } } });
  });
  guarded.onInstance("DELETE", "/chat/deleteMessageForEveryone", (call, instance) => {
    const body = readBody(call, deleteBody);
    traffic.revoke(requireOwn(world, instance, body.id));
    return created({ key: body, message: { protocolMessage: { key: body, type: "REVOKE" } } });
  });
}

/** Also routes of `/chat` need these two. */
export function requireOpen(instance: InstanceRow): void {
  if (instance.state !== "open") throw badRequest("Error: Connection Closed");
}

export function readNumberBody(call: Call): string {
  return readBody(call, z.object({ number: z.string().min(1) })).number;
}

function requireOwn(world: World, instance: InstanceRow, id: string) {
  requireOpen(instance);
  const message = world.requireMessage(instance.name, id);
  if (message.author !== null) throw badRequest("You can only change your own messages");
  return message;
}

/** The real server also downloads URLs; here there is no network to download from. */
function readBase64(media: string): string {
  const plain = media.replace(/^data:[^,]*,/, "");
  if (!/^[A-Za-z0-9+/]+=*$/.test(plain)) throw badRequest("Owned media must be a url or base64");
  return plain;
}
