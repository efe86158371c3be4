/**
 * What a provider's webhook means, in Qify's words. The validators are the types: a Convex function that takes events uses
 * `inboundEvent` as its argument validator, and everything else infers `InboundEvent` from it.
 *
 * Every event carries a deterministic `key`: the same provider item always gives the same key, whatever it travelled with, so
 * that claiming (connection, key) once makes replays harmless. Edits, deletions, reactions and statuses name their target in
 * `externalId`; what they add to the key tells two of them apart.
 */
import { type Infer, v } from "convex/values";

/**
 * An address as the provider wrote it, never normalised. `phone`: digits with country code, no plus sign; every other kind: the
 * provider's whole identifier (`128999376343081@lid`, `120363…@g.us`). Compare phones with `phoneVariants` of `lib/domain/phone`.
 */
export const address = v.object({
  kind: v.union(
    v.literal("phone"),
    v.literal("lid"),
    v.literal("group"),
    v.literal("bsuid"),
    v.literal("igsid"),
    v.literal("psid"),
    v.literal("email"),
    v.literal("webchat"),
    v.literal("broadcast"),
    v.literal("newsletter"),
    v.literal("other"),
  ),
  value: v.string(),
});
export type Address = Infer<typeof address>;

/** What a provider can say about a message; the ladder itself is in `lib/domain/delivery-state`. */
export const providerStatus = v.union(
  v.literal("sending"),
  v.literal("sent"),
  v.literal("delivered"),
  v.literal("read"),
  v.literal("played"),
  v.literal("failed"),
);
export type ProviderStatus = Infer<typeof providerStatus>;

export const messageKind = v.union(
  v.literal("text"),
  v.literal("image"),
  v.literal("video"),
  v.literal("audio"),
  v.literal("document"),
  v.literal("sticker"),
  v.literal("location"),
  v.literal("contact"),
  v.literal("poll"),
  v.literal("choice"),
  v.literal("unsupported"),
);
export type MessageKind = Infer<typeof messageKind>;

/** Where the bytes are, not the bytes: `ref` is what the connector's `fetchMedia` takes. */
export const mediaReference = v.object({
  ref: v.string(),
  mimeType: v.string(),
  fileName: v.optional(v.string()),
  byteLength: v.optional(v.number()),
  durationSeconds: v.optional(v.number()),
  width: v.optional(v.number()),
  height: v.optional(v.number()),
  /** A voice note, recorded in the chat, rather than an audio file. */
  voice: v.boolean(),
  viewOnce: v.boolean(),
});
export type MediaReference = Infer<typeof mediaReference>;

export const place = v.object({
  latitude: v.number(),
  longitude: v.number(),
  name: v.optional(v.string()),
  address: v.optional(v.string()),
  /** A position that keeps moving; only its first point is an event. */
  live: v.boolean(),
});

/** A contact that was shared in the chat. `phones` are as written on the card. */
export const contactCard = v.object({ name: v.string(), phones: v.array(v.string()) });

export const quote = v.object({
  externalId: v.string(),
  text: v.optional(v.string()),
  author: v.optional(address),
});
export type Quote = Infer<typeof quote>;

/** Fields that every event about a chat has. `aliases` are other addresses of the same contact; always empty for a group. */
const inChat = {
  key: v.string(),
  chat: address,
  aliases: v.array(address),
  /** About a message of ours. For edits and deletions it is only a hint (some versions turn it round): find the target by id. */
  fromMe: v.boolean(),
  /** Epoch ms by the provider's clock; absent when the provider gave none that can be read. */
  providerAt: v.optional(v.number()),
};

export const messageEvent = v.object({
  type: v.literal("message"),
  ...inChat,
  externalId: v.string(),
  /**
   * The provider reports what was sent through its API: by us, or by another program that shares the account. Never a person.
   * `fromMe` without `viaApi` is a person on the phone, or a late replay of our own send: match it by id and fingerprint first.
   */
  viaApi: v.boolean(),
  /** Who wrote it, in a group or not; empty when `fromMe`. The first address is the one the provider used. */
  senders: v.array(address),
  senderName: v.optional(v.string()),
  kind: messageKind,
  /** The words: the text itself, a caption, the title of a chosen option, a poll's question. */
  text: v.optional(v.string()),
  transcript: v.optional(v.string()),
  media: v.optional(mediaReference),
  location: v.optional(place),
  contacts: v.optional(v.array(contactCard)),
  choice: v.optional(v.object({ id: v.string(), title: v.string(), description: v.optional(v.string()) })),
  pollOptions: v.optional(v.array(v.string())),
  quoted: v.optional(quote),
  /** The provider's name for the kind, and for `unsupported` what it sent (redacted JSON, cut at 8 KB). */
  providerKind: v.string(),
  raw: v.optional(v.string()),
  /** `fingerprintMessage` of kind and words: recognises the echo of our own send before its id is known. */
  fingerprint: v.string(),
});
export type MessageEvent = Infer<typeof messageEvent>;

export const editEvent = v.object({
  type: v.literal("edit"),
  ...inChat,
  externalId: v.string(),
  text: v.string(),
});
export type EditEvent = Infer<typeof editEvent>;

export const deleteEvent = v.object({ type: v.literal("delete"), ...inChat, externalId: v.string() });
export type DeleteEvent = Infer<typeof deleteEvent>;

export const reactionEvent = v.object({
  type: v.literal("reaction"),
  ...inChat,
  externalId: v.string(),
  /** Who reacted: their address as written, or `me`. */
  actor: v.string(),
  actorName: v.optional(v.string()),
  /** Empty takes the actor's reaction away. */
  emoji: v.string(),
});
export type ReactionEvent = Infer<typeof reactionEvent>;

/**
 * A tick. `fromMe` says whose *message* it is about: only `fromMe: true` raises the delivery of ours; `fromMe: false` says that
 * the lead's message was read on our own phone.
 */
export const statusEvent = v.object({
  type: v.literal("status"),
  ...inChat,
  externalId: v.string(),
  status: providerStatus,
  reason: v.optional(v.string()),
});
export type StatusEvent = Infer<typeof statusEvent>;

/**
 * `logged_out` needs a new pairing; `banned` must not be retried; `pairing_expired` needs a person to ask for codes again. `order`
 * (here and on `qr`) grows with the provider's clock, whose zone is unknown: compare it only with other events of the connection,
 * and let one with a lower order change nothing.
 */
export const connectionEvent = v.object({
  type: v.literal("connection"),
  key: v.string(),
  state: v.union(v.literal("open"), v.literal("connecting"), v.literal("closed")),
  reason: v.optional(
    v.union(
      v.literal("logged_out"),
      v.literal("banned"),
      v.literal("pairing_expired"),
      v.literal("removed"),
      v.literal("other"),
    ),
  ),
  providerCode: v.optional(v.number()),
  /** Our own address on the provider, once it is known. */
  account: v.optional(address),
  profileName: v.optional(v.string()),
  order: v.optional(v.number()),
});
export type ConnectionEvent = Infer<typeof connectionEvent>;

/** A code to pair a phone with. A secret while it lives: for admins only, never in a log. */
export const pairingEvent = v.object({
  type: v.literal("qr"),
  key: v.string(),
  /** What the QR image encodes. */
  code: v.optional(v.string()),
  /** Eight characters to type on the phone instead of scanning. */
  pairingCode: v.optional(v.string()),
  /** A data URL, only when the provider gave no `code`. */
  imageDataUrl: v.optional(v.string()),
  order: v.optional(v.number()),
});
export type PairingEvent = Infer<typeof pairingEvent>;

export const contactEvent = v.object({
  type: v.literal("contact"),
  key: v.string(),
  addresses: v.array(address),
  name: v.optional(v.string()),
  pictureUrl: v.optional(v.string()),
});
export type ContactEvent = Infer<typeof contactEvent>;

export const presenceEvent = v.object({
  type: v.literal("presence"),
  key: v.string(),
  chat: address,
  actor: address,
  state: v.union(v.literal("typing"), v.literal("recording"), v.literal("online"), v.literal("idle")),
});
export type PresenceEvent = Infer<typeof presenceEvent>;

/**
 * Kept, counted, and shown to nobody but an operator: `unknown_event` (the provider said something new), `ignored` (known, of no
 * use to us, an empty notification among them), `unreadable` (this one item could not be parsed; `detail` says why).
 */
export const rawEvent = v.object({
  type: v.literal("raw"),
  key: v.string(),
  name: v.string(),
  reason: v.union(v.literal("unknown_event"), v.literal("ignored"), v.literal("unreadable")),
  detail: v.optional(v.string()),
  /** Redacted JSON, cut at 8 KB. */
  raw: v.string(),
});
export type RawEvent = Infer<typeof rawEvent>;

export const inboundEvent = v.union(
  messageEvent,
  editEvent,
  deleteEvent,
  reactionEvent,
  statusEvent,
  connectionEvent,
  pairingEvent,
  contactEvent,
  presenceEvent,
  rawEvent,
);
export type InboundEvent = Infer<typeof inboundEvent>;
