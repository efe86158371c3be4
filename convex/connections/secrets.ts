/** The rows behind an account's actions. Secrets come sealed: nothing here can read one. */
import { v } from "convex/values";
import { fail } from "../../lib/errors.ts";
import { orgJob, orgJobQuery, systemJob } from "../functions.ts";
import { connectorValidator, sealedValidator, secretKindValidator } from "../validators.ts";
import { applyConnectionEvent, applyPairingEvent, listSecrets, requireConnection } from "./model.ts";

const ofConnection = { connectionId: v.id("connections") };

/** How long a secret is accepted after its successor was made: providers repeat events with the one they began with. */
const OVERLAP_MS = 60 * 60_000;

/** What a call to the provider takes; the newest of each secret. */
export const load = orgJobQuery({
  args: ofConnection,
  returns: v.object({
    connector: connectorValidator,
    baseUrl: v.string(),
    account: v.union(v.string(), v.null()),
    token: v.union(sealedValidator, v.null()),
  }),
  handler: async (ctx, { connectionId }) => {
    const { connector, config, account } = await requireConnection(ctx, connectionId);
    if (config.baseUrl === undefined) return fail("invalid", { field: "connectionId", reason: "no_accounts" });
    const newest = (await listSecrets(ctx, { connectionId, kind: "token" })).at(-1);
    const token = newest === undefined ? null : { keyId: newest.keyId, ciphertext: newest.ciphertext };
    return { connector, baseUrl: config.baseUrl, account: account ?? null, token };
  },
});

/**
 * Takes an account for this connection; `conflict` when a live connection has it already, of whichever organization: two
 * agents must not answer one phone. Looks past the wall, so it checks by itself whose connection this is.
 */
export const attach = systemJob({
  args: { orgId: v.id("organizations"), ...ofConnection, account: v.string(), liveAccount: v.string() },
  returns: v.null(),
  handler: async (ctx, { orgId, connectionId, account, liveAccount }) => {
    const connection = await requireConnection(ctx, connectionId);
    if (connection.orgId !== orgId) return fail("not_found", { what: "connection" });
    const holder = await ctx.db
      .query("connections")
      .withIndex("by_connector_and_liveAccount", (q) =>
        q.eq("connector", connection.connector).eq("liveAccount", liveAccount),
      )
      .unique();
    if (holder !== null && holder._id !== connectionId) return fail("conflict", { what: "account" });
    await ctx.db.patch("connections", connectionId, { account, liveAccount });
    return null;
  },
});

/** Adds a secret; the one before stays good until `retire` or `drop`. */
export const put = orgJob({
  args: { ...ofConnection, kind: secretKindValidator, sealed: sealedValidator },
  returns: v.id("connectionSecrets"),
  handler: async (ctx, { connectionId, kind, sealed }) => {
    await requireConnection(ctx, connectionId);
    return ctx.db.insert("connectionSecrets", { orgId: ctx.org._id, connectionId, kind, ...sealed });
  },
});

/** The provider uses `secretId` now: those before it are accepted for another hour. */
export const retireOlder = orgJob({
  args: { ...ofConnection, kind: secretKindValidator, secretId: v.id("connectionSecrets") },
  returns: v.null(),
  handler: async (ctx, { connectionId, kind, secretId }) => {
    await requireConnection(ctx, connectionId);
    const validUntil = Date.now() + OVERLAP_MS;
    for (const { _id, validUntil: ends } of await listSecrets(ctx, { connectionId, kind })) {
      if (_id !== secretId && ends === undefined) await ctx.db.patch("connectionSecrets", _id, { validUntil });
    }
    return null;
  },
});

/** The provider never heard of this one; with `release` nor of the account, which others may have then. */
export const drop = orgJob({
  args: { ...ofConnection, secretId: v.id("connectionSecrets"), release: v.boolean() },
  returns: v.null(),
  handler: async (ctx, { connectionId, secretId, release }) => {
    await requireConnection(ctx, connectionId);
    await ctx.db.delete("connectionSecrets", secretId);
    if (release) await ctx.db.patch("connections", connectionId, { account: undefined, liveAccount: undefined });
    return null;
  },
});

/** What the provider answered about the account, as if it had been an event of now. "Closed" adds nothing to a cause that is known. */
export const noteState = orgJob({
  args: {
    ...ofConnection,
    state: v.union(v.literal("open"), v.literal("connecting"), v.literal("closed")),
    reason: v.optional(v.union(v.literal("logged_out"), v.literal("removed"))),
  },
  returns: v.null(),
  handler: async (ctx, { connectionId, state, reason }) => {
    const connection = await requireConnection(ctx, connectionId);
    const isKnown = state === "closed" && reason === undefined && connection.status.kind === "action_needed";
    if (isKnown) return null;
    const event = { type: "connection" as const, key: "answer", state, reason };
    await applyConnectionEvent(ctx, { connection, event, now: Date.now() });
    return null;
  },
});

export const notePairing = orgJob({
  args: { ...ofConnection, code: v.union(v.string(), v.null()), pairingCode: v.union(v.string(), v.null()) },
  returns: v.null(),
  handler: async (ctx, { connectionId, code, pairingCode }) => {
    const connection = await requireConnection(ctx, connectionId);
    const codes = { ...(code === null ? {} : { code }), ...(pairingCode === null ? {} : { pairingCode }) };
    const event = { type: "qr" as const, key: "answer", ...codes };
    await applyPairingEvent(ctx, { connection, event, now: Date.now() });
    return null;
  },
});
