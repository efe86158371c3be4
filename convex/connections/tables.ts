import { defineTable } from "convex/server";
import { v } from "convex/values";
import {
  channelValidator,
  connectionReasonValidator,
  connectionStateValidator,
  connectorValidator,
  receiptValidator,
  secretKindValidator,
  sealedValidator,
  summaryValidator,
} from "../validators.ts";

const ofConnection = { orgId: v.id("organizations"), connectionId: v.id("connections") };

export const connectionTables = {
  /** An organization's account at a provider. Written by its admins and by the provider's events; removed ones stay. */
  connections: defineTable({
    orgId: v.id("organizations"),
    connector: connectorValidator,
    channel: channelValidator,
    name: v.string(),
    /** The provider's name for the account (an Evolution instance); absent in a draft. */
    account: v.optional(v.string()),
    /** What makes the account unique in the whole system (server and instance); only while the connection is live. */
    liveAccount: v.optional(v.string()),
    /** Our own address at the provider, once it said so. */
    address: v.optional(v.string()),
    /** Without an address we are the provider ourselves: nothing is called, and there is no secret. */
    config: v.object({ baseUrl: v.optional(v.string()) }),
    status: v.object({
      kind: connectionStateValidator,
      reason: v.optional(connectionReasonValidator),
      since: v.number(), // epoch ms
    }),
    /** `order` of the last connection event that was applied: an older one changes nothing. */
    statusOrder: v.optional(v.number()),
  })
    .index("by_org_and_status", ["orgId", "status.kind"])
    .index("by_connector_and_liveAccount", ["connector", "liveAccount"]),

  /** Sealed credentials, apart from connections so that no answer about one can hold them. Deleted when they end. */
  connectionSecrets: defineTable({
    ...ofConnection,
    kind: secretKindValidator,
    ...sealedValidator.fields,
    /** Set by a rotation: until then (epoch ms) this one is accepted beside its successor. */
    validUntil: v.optional(v.number()),
  })
    .index("by_connection_and_kind", ["connectionId", "kind"])
    .index("by_validUntil", ["validUntil"]),

  /** When the provider was last heard of; at most one write in 15 s. */
  connectionHealth: defineTable({ ...ofConnection, lastEventAt: v.number() }).index("by_connection", ["connectionId"]),

  /** The code that pairs a phone now. Written by the provider's events; deleted when paired or with the connection. */
  pairings: defineTable({
    ...ofConnection,
    code: v.optional(v.string()),
    pairingCode: v.optional(v.string()),
    imageDataUrl: v.optional(v.string()),
    order: v.optional(v.number()),
    /** Codes shown since the pairing began. */
    count: v.optional(v.number()),
    expiresAt: v.number(),
  }).index("by_connection", ["connectionId"]),

  /** Webhooks that were received, for inspection. Written by ingest; deleted after 7 days. */
  receipts: defineTable({
    ...ofConnection,
    correlationId: v.string(),
    ...receiptValidator.fields,
    summary: summaryValidator,
  })
    .index("by_connection_and_correlation", ["connectionId", "correlationId"])
    .index("by_org", ["orgId"]),

  /** What a provider said and we do not understand, for whoever develops the connector; deleted after 7 days. */
  rawEvents: defineTable({
    ...ofConnection,
    name: v.string(),
    reason: v.union(v.literal("unknown_event"), v.literal("unreadable")),
    detail: v.optional(v.string()),
    raw: v.string(), // redacted JSON, cut at 8 KB
  }).index("by_connection", ["connectionId"]),
};
