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
