"use node";

import { v } from "convex/values";
import { targetOf } from "../../lib/connector-target.ts";
import { AuthExpired, ConnectorError, Rejected } from "../../lib/connectors/errors.ts";
import { findAccountOperations } from "../../lib/connectors/registry.ts";
import { parseKeyRing, randomSecret, seal } from "../../lib/crypto.ts";
import { parseOutboundEnv, parseSecretsEnv } from "../../lib/env.ts";
import { fail } from "../../lib/errors.ts";
import { internal } from "../_generated/api";
import { orgAction } from "../functions.ts";

/**
 * Makes an account at the provider for a draft and points its webhooks here. A phone then pairs with the code that
 * `connections:pairing` shows. `serverKey` is the provider's own, used once and never kept. Nothing is left behind when
 * the provider refuses: `invalid` for the key, `conflict` for a taken account, `unavailable` when there is no answer.
 */
export const create = orgAction({
  needs: "connections:manage",
  args: { connectionId: v.id("connections"), serverKey: v.string() },
  returns: v.null(),
  handler: async (ctx, { connectionId, serverKey }): Promise<null> => {
    const { orgId } = ctx;
    const draft = await ctx.runQuery(internal.connections.accountJobs.load, { orgId, connectionId });
    const operations =
      findAccountOperations(draft.connector) ?? fail("invalid", { field: "connector", reason: "no_accounts" });
    if (operations.isPublishedKey(serverKey)) fail("invalid", { field: "serverKey", reason: "published" });
    const ring = parseKeyRing(parseSecretsEnv().QIFY_ENCRYPTION_KEYS);
    const place = { orgId, connectionId };
    const secret = randomSecret();
    const account = `qify-${connectionId}`;
    await ctx.runMutation(internal.connections.accountJobs.reserve, {
      orgId,
      connectionId,
      account,
      liveAccount: `${new URL(draft.baseUrl).host}/${account}`,
      webhook: await seal(ring, { text: secret, place: { ...place, kind: "webhook" } }),
    });
    const url = `${parseOutboundEnv().QIFY_PUBLIC_URL}/api/webhooks/${draft.connector}/${connectionId}`;
    try {
      const target = targetOf({ baseUrl: draft.baseUrl, account, token: serverKey });
      const { token } = await operations.create(target, { url, secret });
      const sealed = await seal(ring, { text: token, place: { ...place, kind: "token" } });
      await ctx.runMutation(internal.connections.accountJobs.attach, { orgId, connectionId, token: sealed });
    } catch (error) {
      await ctx.runMutation(internal.connections.accountJobs.release, { orgId, connectionId });
      throwAsOurs(error);
    }
    return null;
  },
});

function throwAsOurs(error: unknown): never {
  if (error instanceof AuthExpired) fail("invalid", { field: "serverKey", reason: "refused" });
  if (error instanceof Rejected && error.reason === "name_taken") fail("conflict", { what: "account" });
  if (error instanceof ConnectorError) fail("unavailable", { what: "provider" });
  throw error;
}
