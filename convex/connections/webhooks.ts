import { v } from "convex/values";
import { serviceQuery } from "../functions.ts";
import { sealedValidator } from "../validators.ts";
import { listSecrets } from "./model.ts";

/**
 * What the webhook route needs before it can verify: the account and the sealed secrets, newest first. Null when there
 * is no such connection of this connector. A secret opens in its place: `orgId`, `connectionId` and kind `webhook`.
 */
export const load = serviceQuery({
  args: { connector: v.string(), connectionId: v.string() },
  returns: v.union(
    v.null(),
    v.object({
      orgId: v.id("organizations"),
      connectionId: v.id("connections"),
      account: v.union(v.string(), v.null()),
      secrets: v.array(
        v.object({
          secretId: v.id("connectionSecrets"),
          ...sealedValidator.fields,
          validUntil: v.union(v.number(), v.null()),
        }),
      ),
    }),
  ),
  handler: async (ctx, { connector, connectionId: given }) => {
    const connectionId = ctx.db.normalizeId("connections", given);
    const connection = connectionId === null ? null : await ctx.db.get("connections", connectionId);
    if (connection === null || connection.connector !== connector || connection.status.kind === "removed") return null;
    const secrets = await listSecrets(ctx, { connectionId: connection._id, kind: "webhook" });
    return {
      orgId: connection.orgId,
      connectionId: connection._id,
      account: connection.account ?? null,
      secrets: secrets.toReversed().map(({ _id: secretId, keyId, ciphertext, validUntil }) => {
        return { secretId, keyId, ciphertext, validUntil: validUntil ?? null };
      }),
    };
  },
});
