"use node";

import { v } from "convex/values";
import { openTarget, type SealedTarget } from "../../lib/connector-target.ts";
import { AuthExpired, RateLimited, Rejected, Unreachable } from "../../lib/connectors/errors.ts";
import { findConnector } from "../../lib/connectors/registry.ts";
import type { Target } from "../../lib/connectors/types.ts";
import { NOT_SENT, type SendFailure, type SendResult } from "../../lib/domain/lane-outcome.ts";
import { internal } from "../_generated/api";
import { orgJobAction } from "../functions.ts";

const attempt = { deliveryId: v.id("deliveries"), token: v.number() };

/** One request, and the record of what came of it. */
export const send = orgJobAction({
  args: attempt,
  returns: v.null(),
  handler: async (ctx, args) => {
    const job = { ...args, orgId: ctx.orgId };
    const wanted = await ctx.runQuery(internal.inbox.deliveries.load, { ...job, now: Date.now() });
    const connector = wanted === null ? undefined : findConnector(wanted.target.connector);
    if (wanted === null || connector === undefined) {
      await ctx.runMutation(internal.inbox.deliveries.settle, { ...job, result: failed({ class: "auth_expired" }) });
      return null;
    }
    const { id, chat, text, quoted, canSend } = wanted;
    const target = canSend ? await openOrNull({ ...wanted.target, orgId: ctx.orgId }) : null;
    let result: SendResult = NOT_SENT;
    try {
      if (target !== null) {
        const rendered = connector.render({ id, chat, content: { kind: "text", text }, quoted });
        const { externalId } = await connector.send(target, rendered);
        result = { kind: "sent", externalId };
      }
    } catch (error) {
      result = failed(classify(error));
    }
    await ctx.runMutation(internal.inbox.deliveries.settle, { ...job, result });
    return null;
  },
});

/** Asks the provider whether a request in doubt arrived. Finding nothing proves nothing. */
export const lookUp = orgJobAction({
  args: attempt,
  returns: v.null(),
  handler: async (ctx, args) => {
    const job = { ...args, orgId: ctx.orgId };
    const wanted = await ctx.runQuery(internal.inbox.deliveries.loadDoubt, job);
    const connector = wanted === null ? undefined : findConnector(wanted.target.connector);
    if (wanted === null || connector === undefined) return null;
    const { target: sealed, ...question } = wanted;
    const target = await openTarget({ ...sealed, orgId: ctx.orgId });
    const answer = await connector.lookUp(target, question);
    if (!answer.found) return null;
    const { externalId, status } = answer;
    await ctx.runMutation(internal.inbox.deliveries.confirm, { ...job, externalId, status });
    return null;
  },
});

function failed(failure: SendFailure): SendResult {
  return { kind: "failed", failure };
}

/** A secret that does not open is a matter of our own set-up: nothing was sent, and it is tried again. */
async function openOrNull(sealed: SealedTarget): Promise<Target | null> {
  return openTarget(sealed).catch(() => null);
}

function classify(error: unknown): SendFailure {
  if (error instanceof RateLimited) return { class: "rate_limited", retryAfterMs: error.retryAfterMs };
  if (error instanceof AuthExpired) return { class: "auth_expired" };
  if (error instanceof Rejected) return { class: "rejected", reason: error.reason };
  return { class: "unreachable", ambiguous: error instanceof Unreachable ? error.ambiguous : true };
}
