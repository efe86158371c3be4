import { parseRole } from "../../lib/domain/permissions.ts";
import type { Doc, Id } from "../_generated/dataModel";
import type { MutationCtx, QueryCtx } from "../_generated/server";

/** The first organization's settings; people change them in the first run and under Settings. */
const FIRST_SETTINGS = { locale: "pt-BR", timezone: "America/Sao_Paulo", plan: "trial", agentEnabled: true } as const;

export type OrganizationNews = {
  clerkOrgId: string;
  name: string;
  slug: string;
  /** Clerk's time of the change, epoch ms; 0 for what a token says, which any webhook may correct. */
  updatedAt: number;
};

export type MemberNews = {
  orgId: Id<"organizations">;
  clerkUserId: string;
  clerkRole: string;
  status: Doc<"members">["status"];
  /** Left out by a token, which does not say it. */
  profile: Pick<Doc<"members">, "name" | "email" | "imageUrl"> | null;
  updatedAt: number;
};

export async function loadOrganization(
  ctx: Pick<QueryCtx, "db">,
  clerkOrgId: string,
): Promise<Doc<"organizations"> | null> {
  return await ctx.db
    .query("organizations")
    .withIndex("by_clerkOrgId", (q) => q.eq("clerkOrgId", clerkOrgId))
    .unique();
}

export async function loadMember(
  ctx: Pick<QueryCtx, "db">,
  { orgId, clerkUserId }: { orgId: Id<"organizations">; clerkUserId: string },
): Promise<Doc<"members"> | null> {
  return await ctx.db
    .query("members")
    .withIndex("by_org_and_clerkUserId", (q) => q.eq("orgId", orgId).eq("clerkUserId", clerkUserId))
    .unique();
}

/** Makes or updates an organization by the newest news of it; older news, or the same again, changes nothing. */
export async function applyOrganization(
  ctx: Pick<MutationCtx, "db">,
  news: OrganizationNews,
): Promise<Id<"organizations">> {
  const { clerkOrgId, name, slug, updatedAt } = news;
  const row = await loadOrganization(ctx, clerkOrgId);
  if (row === null) {
    const fields = { ...FIRST_SETTINGS, clerkOrgId, name, slug, status: "active" as const, clerkUpdatedAt: updatedAt };
    return await ctx.db.insert("organizations", fields);
  }
  if (updatedAt > row.clerkUpdatedAt) {
    await ctx.db.patch("organizations", row._id, { name, slug, clerkUpdatedAt: updatedAt });
  }
  return row._id;
}

/** Ends an organization for good: members keep their rows, and nobody gets in. */
export async function endOrganization(ctx: Pick<MutationCtx, "db">, clerkOrgId: string): Promise<void> {
  const row = await loadOrganization(ctx, clerkOrgId);
  if (row === null || row.status === "deleted") return;
  await ctx.db.patch("organizations", row._id, { status: "deleted", agentEnabled: false });
}

/**
 * Makes or updates a membership by the newest news of it. A removal is kept even for somebody who was never seen, so
 * that older news that comes later brings nobody back.
 */
export async function applyMember(ctx: Pick<MutationCtx, "db">, news: MemberNews): Promise<void> {
  const { orgId, clerkUserId, status, profile, updatedAt } = news;
  const role = parseRole(news.clerkRole);
  const row = await loadMember(ctx, { orgId, clerkUserId });
  if (row === null) {
    const known = profile ?? { name: "", email: "" };
    await ctx.db.insert("members", { orgId, clerkUserId, role, status, ...known, clerkUpdatedAt: updatedAt });
  } else if (updatedAt > row.clerkUpdatedAt) {
    await ctx.db.patch("members", row._id, { role, status, ...profile, clerkUpdatedAt: updatedAt });
  }
}
