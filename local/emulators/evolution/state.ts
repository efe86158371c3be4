import { z } from "zod";
import { deliverySchema } from "../kit/webhook-sender.ts";

const webhookSchema = z.object({
  id: z.string(),
  enabled: z.boolean(),
  url: z.string(),
  headers: z.record(z.string(), z.string()),
  events: z.array(z.string()),
  webhookByEvents: z.boolean(),
  webhookBase64: z.boolean(),
});
export type WebhookRow = z.infer<typeof webhookSchema>;

const pairingSchema = z.object({
  code: z.string(),
  pairingCode: z.string().nullable(),
  base64: z.string(),
  count: z.number(),
  /** Epoch ms at which the code is replaced. */
  expiresAt: z.number(),
});
export type Pairing = z.infer<typeof pairingSchema>;

export const settingsSchema = z.object({
  rejectCall: z.boolean().default(false),
  msgCall: z.string().default(""),
  groupsIgnore: z.boolean().default(false),
  alwaysOnline: z.boolean().default(false),
  readMessages: z.boolean().default(false),
  readStatus: z.boolean().default(false),
  syncFullHistory: z.boolean().default(false),
});

const instanceSchema = z.object({
  id: z.string(),
  name: z.string(),
  token: z.string(),
  integration: z.string(),
  number: z.string().nullable(),
  settings: settingsSchema,
  webhook: webhookSchema.nullable(),
  state: z.enum(["open", "connecting", "close"]),
  /** Digits of the paired phone. */
  owner: z.string().nullable(),
  profileName: z.string().nullable(),
  pairing: pairingSchema.nullable(),
  createdAt: z.number(),
});
export type InstanceRow = z.infer<typeof instanceSchema>;

/**
 * How WhatsApp addresses a person in webhooks: by phone (the LID beside it), by LID (the phone beside it), or by LID alone, as it
 * does with people who hide their number.
 */
export const addressingSchema = z.enum(["phone", "lid", "lid_only"]);

const personSchema = z.object({
  /** Digits, in the one form that WhatsApp knows. */
  phone: z.string(),
  lid: z.string(),
  name: z.string(),
  addressing: addressingSchema,
});
export type Person = z.infer<typeof personSchema>;

const groupSchema = z.object({ jid: z.string(), subject: z.string(), members: z.array(z.string()) });
export type Group = z.infer<typeof groupSchema>;

export const mediaSchema = z.object({
  mimeType: z.string(),
  base64: z.string(),
  fileName: z.string().nullable().default(null),
  seconds: z.number().nullable().default(null),
  voice: z.boolean().default(false),
});

export const tickSchema = z.enum(["PENDING", "SERVER_ACK", "DELIVERY_ACK", "READ", "PLAYED"]);
export type Tick = z.infer<typeof tickSchema>;
export const TICKS: readonly Tick[] = tickSchema.options;

export const contentSchema = z.object({
  kind: z.enum(["text", "image", "video", "audio", "document", "sticker", "location", "contact"]),
  text: z.string().nullable().default(null),
  media: mediaSchema.nullable().default(null),
  location: z
    .object({ latitude: z.number(), longitude: z.number(), name: z.string().nullable().default(null) })
    .nullable()
    .default(null),
  contact: z.object({ name: z.string(), phone: z.string() }).nullable().default(null),
});
export type Content = z.infer<typeof contentSchema>;

const messageSchema = z.object({
  id: z.string(),
  instance: z.string(),
  /** A person's digits or a group's JID. */
  chat: z.string(),
  /** Digits of the writer in a group, else of the person; `null` when the company wrote. */
  author: z.string().nullable(),
  /** What the API caller addressed, for company messages: a LID stays a LID. */
  sentTo: z.string().nullable(),
  viaApi: z.boolean(),
  content: contentSchema,
  quotedId: z.string().nullable(),
  at: z.number(),
  tick: tickSchema,
  /** Every tick so far with its time, oldest first. */
  ticks: z.array(z.object({ tick: tickSchema, at: z.number() })),
  edited: z.boolean(),
  deleted: z.boolean(),
  /** By digits, or `me` for the company. */
  reactions: z.record(z.string(), z.string()),
});
export type Message = z.infer<typeof messageSchema>;

export const stateSchema = z.object({
  instances: z.array(instanceSchema),
  people: z.array(personSchema),
  groups: z.array(groupSchema),
  messages: z.array(messageSchema),
  deliveries: z.array(deliverySchema),
  /** Headers that a delivery leaves with, fixed when its event happened. */
  deliveryHeaders: z.record(z.string(), z.record(z.string(), z.string())),
});
export type State = z.infer<typeof stateSchema>;

export function emptyState(): State {
  return { instances: [], people: [], groups: [], messages: [], deliveries: [], deliveryHeaders: {} };
}
