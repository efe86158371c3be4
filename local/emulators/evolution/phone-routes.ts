import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Call, Router } from "../kit/router.ts";
import { badRequest } from "./errors.ts";
import { created, readBody } from "./guards.ts";
import type { PhonePairing } from "./pairing.ts";
import { viewPhones } from "./phone-view.ts";
import { addressingSchema, contentSchema, mediaSchema, tickSchema } from "./state.ts";
import type { Traffic } from "./traffic.ts";
import type { World } from "./world.ts";

const digits = z.string().regex(/^\d{7,15}$/);
const chatRef = z.object({ instance: z.string(), chat: z.string() });
const personBody = z.object({
  phone: digits.optional(),
  name: z.string().min(1),
  addressing: addressingSchema.default("phone"),
});
const groupBody = z.object({ subject: z.string().min(1), members: z.array(digits).min(1) });
/** `author` is needed in a group only; `fromCompany` is somebody of the company who writes on the paired phone. */
const messageBody = contentSchema.extend({
  ...chatRef.shape,
  kind: contentSchema.shape.kind.default("text"),
  media: mediaSchema.nullable().default(null),
  author: digits.optional(),
  fromCompany: z.boolean().default(false),
  quotedId: z.string().nullable().default(null),
});
const targetBody = z.object({ instance: z.string(), id: z.string() });
const reactionBody = targetBody.extend({
  emoji: z.string(),
  fromCompany: z.boolean().default(false),
  author: digits.optional(),
});
const readingBody = chatRef.extend({ reader: z.enum(["company", "person"]) });
const presenceBody = chatRef.extend({ presence: z.enum(["composing", "recording", "paused"]) });
const scanBody = z.object({ code: z.string(), phone: digits, profileName: z.string().min(1) });

const PAGE_FILES: ReadonlyMap<string, string> = new Map([
  ["index.html", "text/html; charset=utf-8"],
  ["phone.css", "text/css; charset=utf-8"],
  ["phone.js", "text/javascript; charset=utf-8"],
  ["messages.js", "text/javascript; charset=utf-8"],
  ["dialogs.js", "text/javascript; charset=utf-8"],
  ["samples.js", "text/javascript; charset=utf-8"],
]);

type Parts = { router: Router; world: World; traffic: Traffic; pairing: PhonePairing };

/** `/_phone/…`: the phones of the people, as a page for hands and as JSON for tests. No key is asked for: it is a toy, on this machine only. */
export function addPhoneRoutes(parts: Parts): void {
  addPageRoutes(parts);
  addPeopleRoutes(parts);
  addMessageRoutes(parts);
  addTargetRoutes(parts);
}

function addPageRoutes({ router, world }: Parts): void {
  router.on("GET", "/_phone", () => new Response(null, { status: 302, headers: { location: "_phone/" } }));
  router.on("GET", "/_phone/", () => servePage("index.html"));
  router.on("GET", "/_phone/page/:file", (call) => servePage(call.param("file")));
  router.on("GET", "/_phone/state", (call) => {
    return Response.json(viewPhones(world, { instance: call.query.get("instance"), chat: call.query.get("chat") }));
  });
  router.on("GET", "/_phone/changes", (call) => streamChanges(world, call.signal));
  router.on("GET", "/_phone/media/:instance/:id", (call) => {
    const { media } = world.requireMessage(call.param("instance"), call.param("id")).content;
    if (media === null) throw badRequest("No media in this message");
    return new Response(Buffer.from(media.base64, "base64"), { headers: { "content-type": media.mimeType } });
  });
}

function addPeopleRoutes({ router, world, pairing }: Parts): void {
  router.on("POST", "/_phone/people", (call) => {
    const { phone, name, addressing } = readBody(call, personBody);
    const person = world.meetPerson(phone ?? inventNumber(), { name, addressing });
    world.changed();
    return created(person);
  });
  router.on("POST", "/_phone/groups", (call) => {
    const { subject, members } = readBody(call, groupBody);
    const group = { jid: `120363${randomBytes(6).readUIntBE(0, 6)}@g.us`, subject, members };
    for (const phone of members) world.meetPerson(phone);
    world.state.groups.push(group);
    world.changed();
    return created(group);
  });
  router.on("POST", "/_phone/scan", (call) => {
    const { code, ...owner } = readBody(call, scanBody);
    const { name, state } = pairing.scan(code, owner);
    return created({ instance: name, state });
  });
  router.on("POST", "/_phone/unpair", (call) => {
    const instance = world.requireInstance(readBody(call, z.object({ instance: z.string() })).instance);
    if (instance.state === "open") pairing.end(instance);
    return created({ instance: instance.name, state: instance.state });
  });
}

function addMessageRoutes({ router, world, traffic }: Parts): void {
  router.on("POST", "/_phone/messages", (call) => {
    const { instance: name, chat, author, fromCompany, quotedId, ...content } = readBody(call, messageBody);
    const instance = world.requireInstance(name);
    const writer = fromCompany ? null : (author ?? chat);
    if (chat.endsWith("@g.us") && world.findGroup(chat) === undefined) throw badRequest("No such group");
    if (chat.endsWith("@g.us") && writer === chat) throw badRequest("Who writes in the group?");
    const place = chat.endsWith("@g.us") ? chat : world.meetPerson(chat).phone;
    const writing = writer === null || writer === chat ? writer && place : world.meetPerson(writer).phone;
    return created({ id: traffic.write({ instance, chat: place, author: writing, content, quotedId }).id });
  });
  router.on("POST", "/_phone/read", (call) => {
    const { instance, ...reading } = readBody(call, readingBody);
    traffic.readChat(world.requireInstance(instance), reading);
    return created({});
  });
  router.on("POST", "/_phone/presence", (call) => {
    const { instance, chat, presence } = readBody(call, presenceBody);
    traffic.showTyping(world.requireInstance(instance), { chat, by: "person", presence });
    return created({});
  });
}

function addTargetRoutes({ router, world, traffic }: Parts): void {
  function target(call: Call) {
    const { instance, id } = readBody(call, targetBody);
    return world.requireMessage(instance, id);
  }
  router.on("POST", "/_phone/reactions", (call) => {
    const { emoji, fromCompany, author } = readBody(call, reactionBody);
    const message = target(call);
    traffic.react(message, { actor: fromCompany ? null : (author ?? message.chat), emoji });
    return created({});
  });
  router.on("POST", "/_phone/edits", (call) => {
    traffic.edit(target(call), readBody(call, z.object({ text: z.string().min(1) })).text);
    return created({});
  });
  router.on("POST", "/_phone/deletions", (call) => {
    traffic.revoke(target(call));
    return created({});
  });
  router.on("POST", "/_phone/ticks", (call) => {
    traffic.tick(target(call), readBody(call, z.object({ tick: tickSchema })).tick);
    return created({});
  });
}

function servePage(file: string): Response {
  const type = PAGE_FILES.get(file);
  if (type === undefined) return new Response(null, { status: 404 });
  const headers = { "content-type": type, "cache-control": "no-store" };
  return new Response(readFileSync(join(import.meta.dirname, "page", file)), { headers });
}

/** Server-sent events without content: "something changed, look again". */
function streamChanges(world: World, signal: AbortSignal): Response {
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(encoder.encode("retry: 500\n\n"));
      const stop = world.watch(() => controller.enqueue(encoder.encode("data: changed\n\n")));
      signal.addEventListener("abort", () => {
        stop();
        controller.close();
      });
    },
  });
  return new Response(body, { headers: { "content-type": "text/event-stream", "cache-control": "no-store" } });
}

/** A mobile of Rio de Janeiro that nobody has. */
function inventNumber(): string {
  return `55219${String(80_000_000 + (randomBytes(4).readUInt32BE(0) % 9_999_000) + 1)}`;
}
