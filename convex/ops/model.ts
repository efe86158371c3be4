import { type DomainEvent, eventKey } from "../../lib/domain/events.ts";
import type { Doc, Id } from "../_generated/dataModel";
import type { MutationCtx } from "../_generated/server";

/** Says who changed what, in the transaction that changes it. */
export async function recordAudit(
  ctx: Pick<MutationCtx, "db">,
  entry: Pick<Doc<"audit">, "actor" | "action" | "target"> & { orgId: Id<"organizations"> },
): Promise<void> {
  await ctx.db.insert("audit", { ...entry, at: Date.now() });
}

/** The same, by the member who calls. */
export async function recordMemberAudit(
  ctx: Pick<MutationCtx, "db"> & { member: Pick<Doc<"members">, "_id" | "orgId"> },
  entry: Pick<Doc<"audit">, "action" | "target">,
): Promise<void> {
  const { _id: memberId, orgId } = ctx.member;
  await recordAudit(ctx, { ...entry, orgId, actor: { kind: "member", memberId } });
}

/** Keeps what was given up on, for a person to look at and play again. */
export async function recordDeadLetter(
  ctx: Pick<MutationCtx, "db">,
  letter: Omit<Doc<"deadLetters">, "_id" | "_creationTime" | "at" | "replayedAt">,
): Promise<void> {
  await ctx.db.insert("deadLetters", { ...letter, at: Date.now() });
}

export type NewEvent = {
  orgId: Id<"organizations">;
  event: DomainEvent;
  /** What tells it from other events of its type. */
  subject: string;
  at: number;
  correlationId?: string | undefined;
};

/** Says what happened, in the transaction in which it does: one insert, and nothing is read. */
export async function recordEvent(
  ctx: Pick<MutationCtx, "db">,
  { orgId, event, subject, at, correlationId }: NewEvent,
): Promise<void> {
  await ctx.db.insert("events", { orgId, event, key: eventKey(event, subject), at, correlationId });
}
