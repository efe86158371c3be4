import { v } from "convex/values";
import { isHttpUrl } from "../../lib/domain/server-address.ts";
import { fail } from "../../lib/errors.ts";
import { orgMutation, orgQuery } from "../functions.ts";
import { recordMemberAudit } from "../ops/model.ts";
import {
  channelValidator,
  connectionReasonValidator,
  connectionStateValidator,
  connectorValidator,
  serverConnectorValidator,
} from "../validators.ts";
import {
  hasToken,
  listLiveConnections,
  listSecrets,
  loadHealth,
  loadPairing,
  removePairing,
  requireConnection,
} from "./model.ts";

const MAX_NAME = 80; // characters
const MAX_CONNECTIONS = 50; // live ones of an organization
const MAX_COUNTED = 100;

export const list = orgQuery({
  needs: "inbox:read",
  args: {},
  returns: v.array(
    v.object({
      _id: v.id("connections"),
      connector: connectorValidator,
      channel: channelValidator,
      name: v.string(),
      account: v.union(v.string(), v.null()),
      address: v.union(v.string(), v.null()),
      state: connectionStateValidator,
      reason: v.union(connectionReasonValidator, v.null()),
      since: v.number(),
      lastEventAt: v.union(v.number(), v.null()),
    }),
  ),
  handler: async (ctx) => {
    const connections = await listLiveConnections(ctx, ctx.org._id);
    return Promise.all(
      connections.map(async ({ _id, connector, channel, name, account, address, status }) => ({
        _id,
        connector,
        channel,
        name,
        account: account ?? null,
        address: address ?? null,
        state: status.kind,
        reason: status.reason ?? null,
        since: status.since,
        lastEventAt: (await loadHealth(ctx, _id))?.lastEventAt ?? null,
      })),
    );
  },
});

/** What is needed to go on with setting one up; null when there is no such connection here, or nothing to set up. */
export const get = orgQuery({
  needs: "connections:manage",
  args: { connectionId: v.string() },
  returns: v.union(
    v.null(),
    v.object({
      _id: v.id("connections"),
      name: v.string(),
      baseUrl: v.string(),
      account: v.union(v.string(), v.null()),
      address: v.union(v.string(), v.null()),
      state: connectionStateValidator,
      reason: v.union(connectionReasonValidator, v.null()),
      /** Is there a key of the account, so that a phone can be paired? */
      hasKey: v.boolean(),
      /** Has anything ever come in by its webhook? */
      isHeard: v.boolean(),
    }),
  ),
  handler: async (ctx, { connectionId: given }) => {
    const connectionId = ctx.db.normalizeId("connections", given);
    const connection = connectionId === null ? null : await ctx.db.get("connections", connectionId);
    if (connection === null || connection.status.kind === "removed") return null;
    const { _id, name, config, account, address, status } = connection;
    if (config.baseUrl === undefined) return null;
    return {
      _id,
      name,
      baseUrl: config.baseUrl,
      account: account ?? null,
      address: address ?? null,
      state: status.kind,
      reason: status.reason ?? null,
      hasKey: await hasToken(ctx, _id),
      isHeard: (await loadHealth(ctx, _id)) !== null,
    };
  },
});

/** What went out and what did not since then (epoch ms, rounded by the caller); each counts up to `MAX_COUNTED`. */
export const traffic = orgQuery({
  needs: "inbox:read",
  args: { connectionId: v.id("connections"), since: v.number() },
  returns: v.object({ sent: v.number(), failed: v.number() }),
  handler: async (ctx, { connectionId, since }) => {
    await requireConnection(ctx, connectionId);
    const count = async (state: "sent" | "dead") => {
      const rows = await ctx.db
        .query("deliveries")
        .withIndex("by_connection_and_state", (q) =>
          q.eq("connectionId", connectionId).eq("state", state).gte("_creationTime", since),
        )
        .take(MAX_COUNTED);
      return rows.length;
    };
    return { sent: await count("sent"), failed: await count("dead") };
  },
});

/** A connection without an account; `accounts` gives it one. */
export const create = orgMutation({
  needs: "connections:manage",
  args: { connector: serverConnectorValidator, name: v.string(), baseUrl: v.string() },
  returns: v.id("connections"),
  handler: async (ctx, { connector, name, baseUrl }) => {
    requireName(name);
    requireHttpUrl(baseUrl);
    const live = await listLiveConnections(ctx, ctx.org._id);
    if (live.length >= MAX_CONNECTIONS) fail("limit_reached", { what: "connections", limit: MAX_CONNECTIONS });
    const connectionId = await ctx.db.insert("connections", {
      orgId: ctx.org._id,
      connector,
      channel: "whatsapp",
      name: name.trim(),
      config: { baseUrl },
      status: { kind: "draft", since: Date.now() },
    });
    await recordMemberAudit(ctx, { action: "connection.created", target: connectionId });
    return connectionId;
  },
});

/** Corrects a draft, which then has no account. Where there is a key already the address stays: no other server may get it. */
export const configure = orgMutation({
  needs: "connections:manage",
  args: { connectionId: v.id("connections"), name: v.string(), baseUrl: v.string() },
  returns: v.null(),
  handler: async (ctx, { connectionId, name, baseUrl }) => {
    requireName(name);
    requireHttpUrl(baseUrl);
    const { config } = await requireConnection(ctx, connectionId);
    if (config.baseUrl === undefined) fail("invalid", { field: "connectionId", reason: "no_accounts" });
    if (await hasToken(ctx, connectionId)) fail("conflict", { what: "account" });
    const none = { account: undefined, liveAccount: undefined };
    await ctx.db.patch("connections", connectionId, { name: name.trim(), config: { baseUrl }, ...none });
    await recordMemberAudit(ctx, { action: "connection.configured", target: connectionId });
    return null;
  },
});

export const rename = orgMutation({
  needs: "connections:manage",
  args: { connectionId: v.id("connections"), name: v.string() },
  returns: v.null(),
  handler: async (ctx, { connectionId, name }) => {
    requireName(name);
    await requireConnection(ctx, connectionId);
    await ctx.db.patch("connections", connectionId, { name: name.trim() });
    await recordMemberAudit(ctx, { action: "connection.renamed", target: connectionId });
    return null;
  },
});

/** Ends a connection: its secrets are gone, its webhook is unknown, its account is free. Conversations stay. */
export const remove = orgMutation({
  needs: "connections:manage",
  args: { connectionId: v.id("connections") },
  returns: v.null(),
  handler: async (ctx, { connectionId }) => {
    await requireConnection(ctx, connectionId);
    for (const kind of ["token", "webhook"] as const) {
      const secrets = await listSecrets(ctx, { connectionId, kind });
      for (const { _id } of secrets) await ctx.db.delete("connectionSecrets", _id);
    }
    await removePairing(ctx, connectionId);
    const status = { kind: "removed" as const, since: Date.now() };
    await ctx.db.patch("connections", connectionId, { status, liveAccount: undefined });
    await recordMemberAudit(ctx, { action: "connection.removed", target: connectionId });
    return null;
  },
});

/** The code to scan. For those who manage connections: whoever scans it becomes the organization's WhatsApp. */
export const pairing = orgQuery({
  needs: "connections:manage",
  args: { connectionId: v.id("connections") },
  returns: v.union(
    v.null(),
    v.object({
      code: v.union(v.string(), v.null()),
      pairingCode: v.union(v.string(), v.null()),
      imageDataUrl: v.union(v.string(), v.null()),
      /** Which code of this pairing it is, from 1. */
      count: v.number(),
      expiresAt: v.number(),
    }),
  ),
  handler: async (ctx, { connectionId }) => {
    await requireConnection(ctx, connectionId);
    const row = await loadPairing(ctx, connectionId);
    if (row === null) return null;
    const { code = null, pairingCode = null, imageDataUrl = null, count = 1, expiresAt } = row;
    return { code, pairingCode, imageDataUrl, count, expiresAt };
  },
});

function requireName(name: string): void {
  if (name.trim() === "") fail("invalid", { field: "name", reason: "empty" });
  if (name.length > MAX_NAME) fail("invalid", { field: "name", reason: "too_long", maxLength: MAX_NAME });
}

function requireHttpUrl(text: string): void {
  if (!isHttpUrl(text)) fail("invalid", { field: "baseUrl", reason: "not_a_url" });
}
