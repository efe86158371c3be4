/** Where calls about a conversation go. */
import { v } from "convex/values";
import type { Id } from "../_generated/dataModel";
import type { QueryCtx } from "../_generated/server";
import { listSecrets } from "../connections/model.ts";
import { sealedValidator } from "../validators.ts";
import type { Conversation } from "./threads.ts";

export const targetValidator = v.object({
  connector: v.string(),
  connectionId: v.id("connections"),
  account: v.string(),
  /** Null where we are the provider ourselves. */
  server: v.union(v.null(), v.object({ baseUrl: v.string(), token: sealedValidator })),
});

/** The account and the address of a conversation, with the account's secret still sealed; null when one of them is gone. */
export async function loadTarget(
  ctx: Pick<QueryCtx, "db">,
  { connectionId, replyIdentityId }: Pick<Conversation, "connectionId" | "replyIdentityId">,
) {
  const connection = await ctx.db.get("connections", connectionId);
  const identity = await ctx.db.get("identities", replyIdentityId);
  if (connection?.account === undefined || connection.status.kind === "removed" || identity === null) return null;
  const { connector, account, config } = connection;
  const server = config.baseUrl === undefined ? null : await loadServer(ctx, connectionId, config.baseUrl);
  if (server === undefined) return null;
  const target = { connector, connectionId, account, server };
  return { target, chat: { kind: identity.kind, value: identity.value }, contactId: identity.contactId };
}

async function loadServer(ctx: Pick<QueryCtx, "db">, connectionId: Id<"connections">, baseUrl: string) {
  const [secret] = await listSecrets(ctx, { connectionId, kind: "token" });
  return secret === undefined ? undefined : { baseUrl, token: { keyId: secret.keyId, ciphertext: secret.ciphertext } };
}
