import { v } from "convex/values";
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
  listLiveConnections,
  listSecrets,
  loadHealth,
  loadPairing,
  removePairing,
  requireConnection,
} from "./model.ts";

const MAX_NAME = 80; // characters
const MAX_CONNECTIONS = 50; // live ones of an organization

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

/** A connection without an account; `accounts` gives it one. */
export const create = orgMutation({
  needs: "connections:manage",
  args: { connector: serverConnectorValidator, name: v.string(), baseUrl: v.string() },
  returns: v.id("connections"),
  handler: async (ctx, { connector, name, baseUrl }) => {
    requireName(name);
    if (!isHttpUrl(baseUrl)) fail("invalid", { field: "baseUrl", reason: "not_a_url" });
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
      expiresAt: v.number(),
    }),
  ),
  handler: async (ctx, { connectionId }) => {
    await requireConnection(ctx, connectionId);
    const row = await loadPairing(ctx, connectionId);
    if (row === null) return null;
    const { code, pairingCode, imageDataUrl, expiresAt } = row;
    return { code: code ?? null, pairingCode: pairingCode ?? null, imageDataUrl: imageDataUrl ?? null, expiresAt };
  },
});

function requireName(name: string): void {
  if (name.trim() === "") fail("invalid", { field: "name", reason: "empty" });
  if (name.length > MAX_NAME) fail("invalid", { field: "name", reason: "too_long", maxLength: MAX_NAME });
}

function isHttpUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return (protocol === "http:" || protocol === "https:") && username === "" && password === "";
}
