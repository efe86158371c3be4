"use node";

/** Accounts at the provider. An action that fails has taken nothing away: what worked before still does. */
import { v } from "convex/values";
import { openTarget, targetOf } from "../../lib/connector-target.ts";
import { AuthExpired, Unreachable } from "../../lib/connectors/errors.ts";
import { findAccountOperations } from "../../lib/connectors/registry.ts";
import type { AccountOperations, Target, WebhookTarget } from "../../lib/connectors/types.ts";
import { parseKeyRing, seal } from "../../lib/crypto.ts";
import { parsePhone } from "../../lib/domain/phone.ts";
import { parseOutboundEnv, parseSecretsEnv } from "../../lib/env.ts";
import { fail } from "../../lib/errors.ts";
import { internal } from "../_generated/api";
import type { Id } from "../_generated/dataModel";
import type { ActionCtx } from "../_generated/server";
import { orgAction } from "../functions.ts";
import { explain, told } from "./accountErrors.ts";

const needs = "connections:manage";
const connectionArgs = { connectionId: v.id("connections") };
const MAX_ACCOUNT = 100; // characters

type Ctx = Pick<ActionCtx, "runMutation" | "runQuery"> & { orgId: Id<"organizations"> };
type Place = { orgId: Id<"organizations">; connectionId: Id<"connections"> };

/** Makes a new account on the server with the server's own key, which is not kept. Then a phone has to scan. */
export const create = orgAction({
  needs,
  args: { ...connectionArgs, account: v.string(), serverKey: v.string() },
  returns: v.null(),
  handler: async (ctx, { connectionId, account, serverKey }) => {
    const place = { orgId: ctx.orgId, connectionId };
    const { operations, target } = await prepare(ctx, { ...place, account, token: serverKey });
    await take(ctx, { ...place, target });
    const { secretId, webhook } = await newWebhookSecret(ctx, place);
    const made = await told(() =>
      orDrop(ctx, { ...place, secretId, release: true }, () => operations.create(target, webhook)),
    );
    await replaceToken(ctx, { ...place, token: made.token });
    await ctx.runMutation(internal.connections.secrets.retireOlder, { ...place, kind: "webhook", secretId });
    if (made.pairing !== null) {
      const { code, pairingCode } = made.pairing;
      await ctx.runMutation(internal.connections.secrets.notePairing, { ...place, code, pairingCode });
    }
    return null;
  },
});

/** Connects an account that is there already, with a key of its own; its webhook is ours from now on. */
export const attach = orgAction({
  needs,
  args: { ...connectionArgs, account: v.string(), token: v.string() },
  returns: v.null(),
  handler: async (ctx, { connectionId, account, token }) => {
    const place = { orgId: ctx.orgId, connectionId };
    const { operations, target } = await prepare(ctx, { ...place, account, token });
    // Only who has its key may take an account away from others.
    const state = await told(() => operations.readState(target));
    await take(ctx, { ...place, target });
    const { secretId, webhook } = await newWebhookSecret(ctx, place);
    await told(() => orDrop(ctx, { ...place, secretId }, () => operations.setWebhook(target, webhook)));
    await replaceToken(ctx, { ...place, token });
    await ctx.runMutation(internal.connections.secrets.retireOlder, { ...place, kind: "webhook", secretId });
    await ctx.runMutation(internal.connections.secrets.noteState, { ...place, state });
    return null;
  },
});

/**
 * Asks for a code to pair a phone with; it arrives by `connections.pairing`. With the phone's number there is a code to
 * type beside the one to scan.
 */
export const connect = orgAction({
  needs,
  args: { ...connectionArgs, phone: v.optional(v.string()) },
  returns: v.null(),
  handler: async (ctx, { connectionId, phone: typed }) => {
    const place = { orgId: ctx.orgId, connectionId };
    const answer = await withAccount(ctx, place, async ({ operations, target }) => {
      const phone = typed === undefined ? null : (parsePhone(typed) ?? fail("invalid", { field: "phone" }));
      // A server that shows codes already does not listen to the number any more.
      const isLate = phone !== null && (await operations.readState(target)) === "connecting";
      if (isLate) await operations.logOut(target);
      return operations.connect(target, phone);
    });
    if (answer.state === "open")
      await ctx.runMutation(internal.connections.secrets.noteState, { ...place, state: "open" });
    else if (answer.pairing !== null) {
      const { code, pairingCode } = answer.pairing;
      await ctx.runMutation(internal.connections.secrets.notePairing, { ...place, code, pairingCode });
    }
    return null;
  },
});

/** Unpairs the phone. The account stays, and can be paired again. */
export const disconnect = orgAction({
  needs,
  args: connectionArgs,
  returns: v.null(),
  handler: async (ctx, { connectionId }) => {
    const place = { orgId: ctx.orgId, connectionId };
    await withAccount(ctx, place, async ({ operations, target }) => {
      if ((await operations.readState(target)) !== "closed") await operations.logOut(target);
    });
    await ctx.runMutation(internal.connections.secrets.noteState, { ...place, state: "closed", reason: "logged_out" });
    return null;
  },
});

/** Asks the provider how the account is: its news may have been lost on the way. */
export const check = orgAction({
  needs,
  args: connectionArgs,
  returns: v.null(),
  handler: async (ctx, { connectionId }) => {
    const place = { orgId: ctx.orgId, connectionId };
    const state = await withAccount(ctx, place, ({ operations, target }) => operations.readState(target));
    await ctx.runMutation(internal.connections.secrets.noteState, { ...place, state });
    return null;
  },
});

/** A new secret for the webhook. The one before is accepted for another hour, so that nothing is lost meanwhile. */
export const rotateSecret = orgAction({
  needs,
  args: connectionArgs,
  returns: v.null(),
  handler: async (ctx, { connectionId }) => {
    const place = { orgId: ctx.orgId, connectionId };
    await withAccount(ctx, place, async ({ operations, target }) => {
      const { secretId, webhook } = await newWebhookSecret(ctx, place);
      await orDrop(ctx, { ...place, secretId }, () => operations.setWebhook(target, webhook));
      await ctx.runMutation(internal.connections.secrets.retireOlder, { ...place, kind: "webhook", secretId });
    });
    return null;
  },
});

async function prepare(
  ctx: Ctx,
  { account, token, ...place }: Place & { account: string; token: string },
): Promise<{ operations: AccountOperations; target: Target }> {
  if (!/^[\w.-]+$/.test(account) || account.length > MAX_ACCOUNT) fail("invalid", { field: "account", reason: "form" });
  const { connector, baseUrl } = await ctx.runQuery(internal.connections.secrets.load, place);
  const operations = operationsOf(connector);
  if (operations.isPublishedKey(token)) fail("invalid", { field: "key", reason: "published" });
  return { operations, target: targetOf({ baseUrl, account, token }) };
}

/** Nobody else has the account from now on; `conflict` when somebody has. */
async function take(ctx: Ctx, { target, ...place }: Place & { target: Target }): Promise<void> {
  const { account, baseUrl } = target;
  const liveAccount = `${new URL(baseUrl).host}/${account}`;
  await ctx.runMutation(internal.connections.secrets.attach, { ...place, account, liveAccount });
}

/** Calls the provider about an account that is ours; learns on the way that it is gone there. */
async function withAccount<T>(
  ctx: Ctx,
  place: Place,
  run: (account: { operations: AccountOperations; target: Target }) => Promise<T>,
): Promise<T> {
  const account = await openAccount(ctx, place);
  try {
    return await run(account);
  } catch (error) {
    if (error instanceof AuthExpired && error.httpStatus === 404)
      await ctx.runMutation(internal.connections.secrets.noteState, { ...place, state: "closed", reason: "removed" });
    return explain(error);
  }
}

async function openAccount(ctx: Ctx, place: Place): Promise<{ operations: AccountOperations; target: Target }> {
  const { connector, baseUrl, account, token } = await ctx.runQuery(internal.connections.secrets.load, place);
  if (account === null || token === null) return fail("conflict", { what: "draft" });
  return {
    operations: operationsOf(connector),
    target: await openTarget({ ...place, account, server: { baseUrl, token } }),
  };
}

function operationsOf(connector: string): AccountOperations {
  return findAccountOperations(connector) ?? fail("invalid", { field: "connector", reason: "no_accounts" });
}

/** Accepted from now on, so that the first event after the change finds it. */
async function newWebhookSecret(
  ctx: Ctx,
  place: Place,
): Promise<{ secretId: Id<"connectionSecrets">; webhook: WebhookTarget }> {
  const secret = Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString("base64url");
  const base = parseOutboundEnv().QIFY_PUBLIC_URL.replace(/\/+$/, "");
  const secretId = await putSecret(ctx, { ...place, kind: "webhook", text: secret });
  return { secretId, webhook: { url: `${base}/api/webhooks/evolution/${place.connectionId}`, secret } };
}

async function replaceToken(ctx: Ctx, { token, ...place }: Place & { token: string }): Promise<void> {
  const secretId = await putSecret(ctx, { ...place, kind: "token", text: token });
  await ctx.runMutation(internal.connections.secrets.retireOlder, { ...place, kind: "token", secretId });
}

async function putSecret(
  ctx: Ctx,
  { kind, text, ...place }: Place & { kind: "token" | "webhook"; text: string },
): Promise<Id<"connectionSecrets">> {
  const ring = parseKeyRing(parseSecretsEnv().QIFY_ENCRYPTION_KEYS);
  const sealed = await seal(ring, { text, place: { ...place, kind } });
  return ctx.runMutation(internal.connections.secrets.put, { ...place, kind, sealed });
}

/** Runs a call that tells the provider a new secret; when it certainly did not hear, the secret and a new account are dropped. */
async function orDrop<T>(
  ctx: Ctx,
  { secretId, release = false, ...place }: Place & { secretId: Id<"connectionSecrets">; release?: boolean },
  run: () => Promise<T>,
): Promise<T> {
  try {
    return await run();
  } catch (error) {
    const mayKnow = error instanceof Unreachable && error.ambiguous;
    if (!mayKnow) await ctx.runMutation(internal.connections.secrets.drop, { ...place, secretId, release });
    throw error;
  }
}
