import { parseRole } from "../../lib/domain/permissions.ts";
import type { Doc, Id } from "../_generated/dataModel";
import type { MutationCtx, QueryCtx } from "../_generated/server";
import { recordAudit } from "../ops/model.ts";

/** A new organization's settings; people change them in the first run and under Settings. */
const FIRST_SETTINGS = { locale: "pt-BR", timezone: "America/Sao_Paulo", plan: "trial", agentEnabled: true } as const;
/** Organizations that one person is in and that news of the person reach. */
const MAX_MEMBERSHIPS = 200;

type Read = Pick<QueryCtx, "db">;
type Write = Pick<MutationCtx, "db">;

export type OrganizationNews = {
  clerkOrgId: string;
  name: string;
  slug: string;
  /** Clerk's time of the change, epoch ms; 0 for what a token says, which any webhook may correct. */
  updatedAt: number;
};

export type Profile = Pick<Doc<"members">, "name" | "email" | "imageUrl">;

export type MemberNews = {
  orgId: Id<"organizations">;
  clerkUserId: string;
  clerkRole: string;
  status: Doc<"members">["status"];
  /** Null from a token, which does not say it. */
  profile: Profile | null;
  updatedAt: number;
};

export async function loadOrganization(ctx: Read, clerkOrgId: string): Promise<Doc<"organizations"> | null> {
  return ctx.db
    .query("organizations")
    .withIndex("by_clerkOrgId", (q) => q.eq("clerkOrgId", clerkOrgId))
    .unique();
}

export async function loadMember(
  ctx: Read,
  { orgId, clerkUserId }: { orgId: Id<"organizations">; clerkUserId: string },
): Promise<Doc<"members"> | null> {
  return ctx.db
    .query("members")
    .withIndex("by_org_and_clerkUserId", (q) => q.eq("orgId", orgId).eq("clerkUserId", clerkUserId))
    .unique();
}

/** Makes or updates an organization by the newest news of it; older news, or the same again, changes nothing. */
export async function applyOrganization(ctx: Write, news: OrganizationNews): Promise<Id<"organizations">> {
  const { clerkOrgId, name, slug, updatedAt } = news;
  const row = await loadOrganization(ctx, clerkOrgId);
  if (row === null) {
    const fields = { ...FIRST_SETTINGS, clerkOrgId, name, slug, status: "active" as const, clerkUpdatedAt: updatedAt };
    return ctx.db.insert("organizations", fields);
  }
  if (updatedAt > row.clerkUpdatedAt) {
    await ctx.db.patch("organizations", row._id, { name, slug, clerkUpdatedAt: updatedAt });
  }
  return row._id;
}

/**
 * Ends an organization for good: members keep their rows, and nobody gets in. One that was never seen is kept as ended,
 * so that news of its making that come later do not begin it.
 */
export async function endOrganization(ctx: Write, clerkOrgId: string): Promise<void> {
  const row = await loadOrganization(ctx, clerkOrgId);
  if (row?.status === "deleted") return;
  const ended = { status: "deleted" as const, agentEnabled: false };
  const unseen = { ...FIRST_SETTINGS, ...ended, clerkOrgId, name: "", slug: "", clerkUpdatedAt: 0 };
  const orgId = row?._id ?? (await ctx.db.insert("organizations", unseen));
  if (row !== null) await ctx.db.patch("organizations", orgId, ended);
  await recordClerk(ctx, { orgId, action: "organization.ended", target: clerkOrgId });
}

/**
 * Makes or updates a membership by the newest news of it. A removal is kept even for somebody who was never seen, so
 * that older news that comes later brings nobody back, and wins over other news of the same moment.
 */
export async function applyMember(ctx: Write, news: MemberNews): Promise<void> {
  const { orgId, clerkUserId, status, profile, updatedAt } = news;
  const role = parseRole(news.clerkRole);
  const row = await loadMember(ctx, { orgId, clerkUserId });
  if (row === null) {
    const known = profile ?? { name: "", email: "" };
    const times = { clerkUpdatedAt: updatedAt, profileUpdatedAt: profile === null ? 0 : updatedAt };
    await ctx.db.insert("members", { orgId, clerkUserId, role, status, ...known, ...times });
    await recordClerk(ctx, {
      orgId,
      action: `member.${status === "active" ? "joined" : "removed"}`,
      target: clerkUserId,
    });
    return;
  }
  if (!isNewer(news, row)) return;
  const seen = profile !== null && updatedAt > row.profileUpdatedAt ? { ...profile, profileUpdatedAt: updatedAt } : {};
  await ctx.db.patch("members", row._id, { role, status, ...seen, clerkUpdatedAt: updatedAt });
  if (status !== row.status) {
    await recordClerk(ctx, {
      orgId,
      action: `member.${status === "active" ? "joined" : "removed"}`,
      target: clerkUserId,
    });
  } else if (role !== row.role) {
    await recordClerk(ctx, { orgId, action: "member.role_changed", target: clerkUserId });
  }
}

/** What a person is called, in every organization that they are in. Older news changes nothing. */
export async function applyProfile(
  ctx: Write,
  { clerkUserId, profile, updatedAt }: { clerkUserId: string; profile: Profile; updatedAt: number },
): Promise<void> {
  for (const row of await listMemberships(ctx, clerkUserId)) {
    if (updatedAt <= row.profileUpdatedAt) continue;
    const { name, email, imageUrl } = profile;
    await ctx.db.patch("members", row._id, { name, email, imageUrl, profileUpdatedAt: updatedAt });
  }
}

/** A person whose account is gone leaves every organization. */
export async function removePerson(
  ctx: Write,
  { clerkUserId, updatedAt }: { clerkUserId: string; updatedAt: number },
): Promise<void> {
  for (const { orgId, role } of await listMemberships(ctx, clerkUserId)) {
    await applyMember(ctx, { orgId, clerkUserId, clerkRole: role, status: "removed", profile: null, updatedAt });
  }
}

function isNewer(news: MemberNews, row: Doc<"members">): boolean {
  if (news.updatedAt === row.clerkUpdatedAt) return news.status === "removed" && row.status === "active";
  return news.updatedAt > row.clerkUpdatedAt;
}

async function listMemberships(ctx: Read, clerkUserId: string): Promise<Doc<"members">[]> {
  return ctx.db
    .query("members")
    .withIndex("by_clerkUserId", (q) => q.eq("clerkUserId", clerkUserId))
    .take(MAX_MEMBERSHIPS);
}

async function recordClerk(
  ctx: Write,
  entry: { orgId: Id<"organizations">; action: string; target: string },
): Promise<void> {
  await recordAudit(ctx, { ...entry, actor: { kind: "service", name: "clerk" } });
}
