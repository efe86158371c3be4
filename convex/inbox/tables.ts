import { defineTable } from "convex/server";
import { v } from "convex/values";
import { deliveryFields, laneFields } from "../../lib/domain/lane-state.ts";
import { channelValidator } from "../validators.ts";
import {
  authorKindValidator,
  authorValidator,
  contactCardValidator,
  conversationStatusValidator,
  deliveryStateValidator,
  earlyChangeValidator,
  handlerValidator,
  identityKindValidator,
  levelValidator,
  mediaValidator,
  messageKindValidator,
  placeValidator,
  providerStatusValidator,
  quoteValidator,
  reactionValidator,
} from "./validators.ts";

const orgId = v.id("organizations");
const ofConnection = { orgId, connectionId: v.id("connections") };

export const inboxTables = {
  /** People. Made by ingest; what a member corrected is not overwritten by the provider. */
  contacts: defineTable({
    orgId,
    name: v.optional(v.string()),
    nameSource: v.optional(v.union(v.literal("provider"), v.literal("member"))),
    /** What the provider calls them, while the name is a member's. */
    providerName: v.optional(v.string()),
    phone: v.optional(v.string()), // digits, as the provider wrote them
    email: v.optional(v.string()),
    company: v.optional(v.string()),
    locale: v.optional(v.string()),
    /** They asked not to be written to. */
    optedOutAt: v.optional(v.number()),
    /** Another contact has one of this one's addresses: a person decides whether they are the same. */
    duplicateOf: v.optional(v.id("contacts")),
    /** Name and all forms of the phone, folded: Convex matches prefixes of the last word only. */
    searchText: v.string(),
  })
    .index("by_org", ["orgId"])
    .searchIndex("search_text", { searchField: "searchText", filterFields: ["orgId"] }),

  /** Addresses of contacts, verbatim. Made by ingest, one a value. */
  identities: defineTable({
    orgId,
    kind: identityKindValidator,
    /** What makes the value unique: a portfolio, a page, a connection, or nothing. */
    scope: v.string(),
    value: v.string(),
    contactId: v.id("contacts"),
  })
    .index("by_org_and_kind_and_scope_and_value", ["orgId", "kind", "scope", "value"])
    .index("by_contact", ["contactId"]),

  /** The one thread of a contact and a connection. Its row is its line in the list. */
  conversations: defineTable({
    ...ofConnection,
    contactId: v.id("contacts"),
    /** The best address to answer to, verbatim. */
    replyIdentityId: v.id("identities"),
    channel: channelValidator,
    isGroup: v.boolean(), // kept and shown; nobody of ours writes there
    title: v.string(),
    status: conversationStatusValidator,
    active: v.boolean(), // status is not `done`: one value for indexes
    handler: handlerValidator,
    assigneeId: v.optional(v.id("members")),
    level: levelValidator,
    lastMessage: v.optional(
      v.object({
        seq: v.number(),
        preview: v.string(),
        kind: messageKindValidator,
        at: v.number(),
        author: authorKindValidator,
        memberId: v.optional(v.id("members")),
      }),
    ),
    lastActivityAt: v.number(),
    lastInboundAt: v.optional(v.number()),
    inboundSeq: v.number(), // seq of the newest inbound message; 0 when there is none
    answeredSeq: v.number(), // up to where the agent, or a person, has answered
    revision: v.number(), // grows when the contact changes what they said
    nextSeq: v.number(),
    lastSortAt: v.number(), // no later row sorts below it
  })
    .index("by_org_and_lastActivityAt", ["orgId", "lastActivityAt"])
    .index("by_org_and_status_and_lastActivityAt", ["orgId", "status", "lastActivityAt"])
    .index("by_org_and_assignee_and_active_and_lastActivityAt", ["orgId", "assigneeId", "active", "lastActivityAt"])
    .index("by_org_and_handler_and_active_and_lastActivityAt", ["orgId", "handler.kind", "active", "lastActivityAt"])
    .index("by_connection_and_contact", ["connectionId", "contactId"])
    .index("by_contact", ["contactId"]),

  /** How far a member has read. Written by them alone. */
  reads: defineTable({
    orgId,
    memberId: v.id("members"),
    conversationId: v.id("conversations"),
    seq: v.number(),
  }).index("by_member_and_conversation", ["memberId", "conversationId"]),

  /** How far the contact was told that we read. Written with the asking for the signal. */
  readMarks: defineTable({ orgId, conversationId: v.id("conversations"), seq: v.number() }).index("by_conversation", [
    "conversationId",
  ]),

  /** What was said. Ordered by `sortAt`, ties by `seq`; both are given once. */
  messages: defineTable({
    ...ofConnection,
    conversationId: v.id("conversations"),
    seq: v.number(),
    sortAt: v.number(),
    direction: v.union(v.literal("inbound"), v.literal("outbound")),
    author: authorValidator,
    kind: messageKindValidator,
    text: v.optional(v.string()),
    media: v.optional(mediaValidator),
    location: v.optional(placeValidator),
    contacts: v.optional(v.array(contactCardValidator)),
    choice: v.optional(v.object({ id: v.string(), title: v.string(), description: v.optional(v.string()) })),
    pollOptions: v.optional(v.array(v.string())),
    quoted: v.optional(quoteValidator),
    reactions: v.array(reactionValidator),
    externalId: v.optional(v.string()),
    clientId: v.optional(v.string()),
    /** The agent's run that wrote it. */
    turnId: v.optional(v.id("turnRuns")),
    status: v.optional(deliveryStateValidator),
    error: v.optional(v.string()),
    /** How the provider will echo it: tells our own send from a person's words before the id is known. */
    fingerprint: v.optional(v.string()),
    providerKind: v.optional(v.string()),
    raw: v.optional(v.string()), // of a kind that we do not show: redacted JSON
    providerAt: v.optional(v.number()), // epoch ms by the provider's clock: what is displayed
    editedAt: v.optional(v.number()),
    deletedAt: v.optional(v.number()),
  })
    .index("by_conversation_and_sortAt_and_seq", ["conversationId", "sortAt", "seq"])
    .index("by_connection_and_externalId", ["connectionId", "externalId"])
    .index("by_conversation_and_clientId", ["conversationId", "clientId"]),

  /** I1: what was taken in already. Deleted after 30 days, which is longer than any provider repeats itself. */
  inboundKeys: defineTable({ ...ofConnection, key: v.string() }).index("by_connection_and_key", [
    "connectionId",
    "key",
  ]),

  /** Ticks that came before their message. Deleted when it comes, or after 7 days. */
  earlyStatuses: defineTable({
    ...ofConnection,
    externalId: v.string(),
    status: providerStatusValidator,
    reason: v.optional(v.string()),
    at: v.number(),
  }).index("by_connection_and_externalId", ["connectionId", "externalId"]),

  /** Edits, deletions and reactions that came before their message; like `earlyStatuses`. */
  earlyChanges: defineTable({ ...ofConnection, externalId: v.string(), change: earlyChangeValidator }).index(
    "by_connection_and_externalId",
    ["connectionId", "externalId"],
  ),

  /** The way out of a conversation: one request at a time. Made with its first outbound message. */
  lanes: defineTable({ orgId, conversationId: v.id("conversations"), ...laneFields })
    .index("by_conversation", ["conversationId"])
    .index("by_state_and_leaseUntil", ["state", "leaseUntil"]),

  /** The attempts to take a message out, a row a message. Never deleted: it is the message's history. */
  deliveries: defineTable({
    ...ofConnection,
    conversationId: v.id("conversations"),
    messageId: v.id("messages"),
    ...deliveryFields,
  })
    .index("by_conversation_and_state_and_seq", ["conversationId", "state", "seq"])
    .index("by_connection_and_state", ["connectionId", "state"])
    .index("by_message", ["messageId"]),

  /** The contact is writing, until then. */
  typing: defineTable({ orgId, conversationId: v.id("conversations"), expiresAt: v.number() }).index(
    "by_conversation",
    ["conversationId"],
  ),
};
