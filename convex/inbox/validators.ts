import { v } from "convex/values";
import {
  address,
  contactCard,
  deleteEvent,
  editEvent,
  mediaReference,
  messageKind,
  place,
  providerStatus,
  quote,
  reactionEvent,
} from "../../lib/connectors/events.ts";

export const addressValidator = address;
export const identityKindValidator = address.fields.kind;
export const messageKindValidator = messageKind;
export const providerStatusValidator = providerStatus;
export const quoteValidator = quote;
export const placeValidator = place;
export const contactCardValidator = contactCard;

export const conversationStatusValidator = v.union(
  v.literal("open"),
  v.literal("waiting"), // for a person of ours
  v.literal("snoozed"),
  v.literal("done"),
);

export const levelValidator = v.union(v.literal("off"), v.literal("suggest"), v.literal("auto"));

/** Who answers. A member without an id wrote on the phone itself: we cannot know who held it. */
export const handlerValidator = v.object({
  kind: v.union(v.literal("agent"), v.literal("member"), v.literal("none")),
  memberId: v.optional(v.id("members")),
});

export const authorKindValidator = v.union(
  v.literal("contact"),
  v.literal("agent"),
  v.literal("member"),
  v.literal("automation"),
);

export const authorValidator = v.object({
  kind: authorKindValidator,
  memberId: v.optional(v.id("members")),
  /** In groups: what the sender calls themself. */
  name: v.optional(v.string()),
});

/** `DeliveryState` of lib/domain; absent on what the contact said. */
export const deliveryStateValidator = v.union(
  v.literal("queued"),
  v.literal("sending"),
  v.literal("unknown"),
  v.literal("sent"),
  v.literal("delivered"),
  v.literal("read"),
  v.literal("played"),
  v.literal("failed"),
  v.literal("cancelled"),
);

/** `attempt` counts fetches of the bytes, and is the token by which a late result is known; `running` while one is under way. */
export const mediaValidator = v.object({
  ...mediaReference.fields,
  state: v.union(v.literal("pending"), v.literal("stored"), v.literal("failed")),
  attempt: v.number(),
  running: v.boolean(),
  storageId: v.optional(v.id("_storage")),
});

export const reactionValidator = v.object({
  actor: v.string(), // their address as written, or `me`
  name: v.optional(v.string()),
  emoji: v.string(),
  at: v.number(),
});

/** A change of a message that came before the message. */
export const earlyChangeValidator = v.union(editEvent, deleteEvent, reactionEvent);
