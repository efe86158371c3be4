import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Router } from "../kit/router.ts";
import { badRequest, EvolutionError } from "./errors.ts";
import { created, type GuardedRoutes, readBody } from "./guards.ts";
import { toPhoneJid } from "./numbers.ts";
import type { PhonePairing } from "./pairing.ts";
import { type InstanceRow, settingsSchema, type WebhookRow } from "./state.ts";
import type { EventHook } from "./webhooks.ts";
import { newToken, type World } from "./world.ts";

/** What an empty `events` list stands for. */
const ALL_EVENTS = [
  "APPLICATION_STARTUP",
  "QRCODE_UPDATED",
  "MESSAGES_SET",
  "MESSAGES_UPSERT",
  "MESSAGES_EDITED",
  "MESSAGES_UPDATE",
  "MESSAGES_DELETE",
  "SEND_MESSAGE",
  "SEND_MESSAGE_UPDATE",
  "CONTACTS_SET",
  "CONTACTS_UPSERT",
  "CONTACTS_UPDATE",
  "PRESENCE_UPDATE",
  "CHATS_SET",
  "CHATS_UPSERT",
  "CHATS_UPDATE",
  "CHATS_DELETE",
  "GROUPS_UPSERT",
  "GROUP_UPDATE",
  "GROUP_PARTICIPANTS_UPDATE",
  "CONNECTION_UPDATE",
  "LABELS_EDIT",
  "LABELS_ASSOCIATION",
  "CALL",
  "REMOVE_INSTANCE",
  "LOGOUT_INSTANCE",
  "INSTANCE_CREATE",
  "INSTANCE_DELETE",
  "STATUS_INSTANCE",
  "TYPEBOT_START",
  "TYPEBOT_CHANGE_STATUS",
] as const;

const webhookBody = z.object({
  enabled: z.boolean(),
  url: z.string(),
  headers: z.record(z.string(), z.string()).default({}),
  byEvents: z.boolean().default(false),
  base64: z.boolean().default(false),
  events: z.array(z.enum(ALL_EVENTS)).default([]),
});
const createBody = settingsSchema.extend({
  instanceName: z.string().min(1),
  integration: z.enum(["WHATSAPP-BAILEYS", "WHATSAPP-BUSINESS", "EVOLUTION"]),
  qrcode: z.boolean().default(false),
  number: z.string().optional(),
  token: z.string().optional(),
  webhook: webhookBody.partial({ enabled: true }).optional(),
});

type Parts = { router: Router; guarded: GuardedRoutes; world: World; pairing: PhonePairing; hook: EventHook };

/** `/instance`, `/webhook` and `/settings`. The real server sleeps 5 s in create and 2 s in connect; this one answers when it is ready. */
export function addInstanceRoutes(parts: Parts): void {
  addLifeRoutes(parts);
  addConnectionRoutes(parts);
  addConfigurationRoutes(parts);
}

function addLifeRoutes({ router, guarded, world, pairing, hook }: Parts): void {
  router.on("POST", "/instance/create", async (call) => {
    const name = z.looseObject({ instanceName: z.string() }).safeParse(call.json()).data?.instanceName;
    if (name !== undefined && world.findInstance(name))
      throw new EvolutionError(403, [`This name "${name}" is already in use.`]);
    guarded.requireServerKey(call);
    const body = readBody(call, createBody);
    const instance = makeInstance(body, world.now());
    world.state.instances.push(instance);
    hook.emit(instance, "instance.create", { instanceName: instance.name, instanceId: instance.id });
    if (body.qrcode) await pairing.begin(instance);
    world.changed();
    return created(renderCreated(instance));
  });
  router.on("GET", "/instance/fetchInstances", (call) => {
    const owner = guarded.ownerOf(call);
    const name = call.query.get("instanceName");
    const asked = world.state.instances.filter(
      (instance) => (name === null || instance.name === name) && (owner ?? instance) === instance,
    );
    if (name !== null && asked.length === 0) throw new EvolutionError(404, [`Instance "${name}" not found`]);
    return Response.json(asked.map((instance) => renderInstance(world, instance)));
  });
  guarded.onInstance("DELETE", "/instance/delete", (_call, instance) => {
    if (instance.state === "open") throw badRequest(`The "${instance.name}" instance needs to be disconnected`);
    hook.emit(instance, "instance.delete", { instanceName: instance.name, instanceId: instance.id });
    hook.emit(instance, "remove.instance", null);
    Object.assign(instance, { state: "close", pairing: null });
    world.state.instances = world.state.instances.filter((other) => other !== instance);
    world.state.messages = world.state.messages.filter((message) => message.instance !== instance.name);
    world.changed();
    return Response.json({ status: "SUCCESS", error: false, response: { message: "Instance deleted" } });
  });
}

function addConnectionRoutes({ guarded, pairing, hook }: Parts): void {
  guarded.onInstance("GET", "/instance/connect", async (call, instance) => {
    const number = call.query.get("number");
    if (number !== null) instance.number = number;
    return Response.json(await connect(instance, pairing));
  });
  guarded.onInstance("POST", "/instance/restart", async (_call, instance) => {
    if (instance.state === "close") throw badRequest(`The "${instance.name}" instance is not connected`);
    return Response.json(await connect(instance, pairing));
  });
  guarded.onInstance("GET", "/instance/connectionState", (_call, instance) => Response.json(renderState(instance)));
  guarded.onInstance("DELETE", "/instance/logout", (_call, instance) => {
    if (instance.state === "close") throw badRequest(`The "${instance.name}" instance is not connected`);
    hook.emit(instance, "logout.instance", null);
    pairing.end(instance);
    return Response.json({ status: "SUCCESS", error: false, response: { message: "Instance logged out" } });
  });
}

function addConfigurationRoutes({ guarded, world }: Parts): void {
  guarded.onInstance("POST", "/webhook/set", (call, instance) => {
    const { webhook } = readBody(call, z.object({ webhook: webhookBody }));
    if (!URL.canParse(webhook.url)) throw badRequest('Invalid "url" property');
    instance.webhook = makeWebhook(webhook, instance.webhook?.id);
    world.changed();
    return created({ ...instance.webhook, instanceId: instance.id });
  });
  guarded.onInstance("GET", "/webhook/find", (_call, instance) => {
    return Response.json(instance.webhook && { ...instance.webhook, instanceId: instance.id });
  });
  guarded.onInstance("POST", "/settings/set", (call, instance) => {
    instance.settings = readBody(call, settingsSchema);
    world.changed();
    return created({ settings: { instanceName: instance.name, settings: instance.settings } });
  });
  guarded.onInstance("GET", "/settings/find", (_call, instance) => Response.json(instance.settings));
}

async function connect(instance: InstanceRow, pairing: PhonePairing) {
  if (instance.state === "open") return renderState(instance);
  await pairing.begin(instance);
  return renderCode(instance);
}

function makeInstance(body: z.infer<typeof createBody>, now: number): InstanceRow {
  return {
    id: randomUUID(),
    name: body.instanceName,
    token: body.token ?? newToken(),
    integration: body.integration,
    number: body.number ?? null,
    settings: settingsSchema.parse(body),
    webhook: body.webhook === undefined ? null : makeWebhook({ enabled: true, ...body.webhook }),
    state: "close",
    owner: null,
    profileName: null,
    pairing: null,
    createdAt: now,
  };
}

function makeWebhook(body: z.infer<typeof webhookBody>, id: string = randomUUID()): WebhookRow {
  const { enabled, url, headers, byEvents, base64 } = body;
  const wanted = body.events.length === 0 ? [...ALL_EVENTS] : body.events;
  return { id, enabled, url, headers, events: enabled ? wanted : [], webhookByEvents: byEvents, webhookBase64: base64 };
}

function renderCreated(instance: InstanceRow) {
  const { webhook } = instance;
  return {
    instance: {
      instanceName: instance.name,
      instanceId: instance.id,
      integration: instance.integration,
      webhookWaBusiness: null,
      accessTokenWaBusiness: "",
      status: instance.state,
    },
    hash: instance.token,
    webhook: {
      webhookUrl: webhook?.url,
      webhookHeaders: webhook?.headers,
      webhookByEvents: webhook?.webhookByEvents,
      webhookBase64: webhook?.webhookBase64,
    },
    websocket: {},
    rabbitmq: {},
    nats: {},
    sqs: {},
    settings: instance.settings,
    ...(instance.pairing === null ? {} : { qrcode: renderCode(instance) }),
  };
}

function renderCode({ pairing }: InstanceRow) {
  if (pairing === null) return { count: 0 };
  const { pairingCode, code, base64, count } = pairing;
  return { pairingCode, code, base64, count };
}

function renderState({ name, state }: InstanceRow) {
  return { instance: { instanceName: name, state } };
}

function renderInstance(world: World, instance: InstanceRow) {
  return {
    id: instance.id,
    name: instance.name,
    connectionStatus: instance.state,
    ownerJid: instance.owner === null ? null : toPhoneJid(instance.owner),
    profileName: instance.profileName,
    profilePicUrl: null,
    integration: instance.integration,
    number: instance.number,
    token: instance.token,
    createdAt: new Date(instance.createdAt).toISOString(),
    _count: { Message: world.state.messages.filter((message) => message.instance === instance.name).length },
  };
}
