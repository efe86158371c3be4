import { v } from "convex/values";
import { defaultPlaybook } from "../../lib/domain/playbook-default.ts";
import { isTimezone } from "../../lib/domain/working-hours.ts";
import { fail } from "../../lib/errors.ts";
import { loadPublishedPlaybook, publishPlaybook } from "../agent/model.ts";
import { hasConnected } from "../connections/model.ts";
import { orgMutation, orgQuery } from "../functions.ts";
import { recordMemberAudit } from "../ops/model.ts";
import { localeValidator, toneValidator } from "./validators.ts";

const MAX_COMPANY = 120; // characters
const MAX_SELLS = 2_000;

export const update = orgMutation({
  needs: "organization:manage",
  args: { locale: v.optional(localeValidator), timezone: v.optional(v.string()) },
  returns: v.null(),
  handler: async (ctx, { locale, timezone }) => {
    if (timezone !== undefined && !isTimezone(timezone)) fail("invalid", { field: "timezone", reason: "unknown" });
    await ctx.db.patch("organizations", ctx.org._id, {
      ...(locale === undefined ? {} : { locale }),
      ...(timezone === undefined ? {} : { timezone }),
    });
    await recordMemberAudit(ctx, { action: "organization.updated", target: ctx.org._id });
    return null;
  },
});

/** The short first run: what the company sells becomes the first playbook. A second try finds it and changes nothing. */
export const completeFirstRun = orgMutation({
  needs: "organization:manage",
  args: {
    company: v.string(),
    sells: v.string(),
    tone: toneValidator,
    locale: localeValidator,
    timezone: v.string(),
  },
  returns: v.null(),
  handler: async (ctx, { company, sells, tone, locale, timezone }) => {
    requireText("company", company, MAX_COMPANY);
    requireText("sells", sells, MAX_SELLS);
    if (!isTimezone(timezone)) fail("invalid", { field: "timezone", reason: "unknown" });
    if ((await loadPublishedPlaybook(ctx, ctx.org._id)) !== null) return null;
    const content = defaultPlaybook({ company, sells, tone, locale, timezone });
    await publishPlaybook(ctx, { orgId: ctx.org._id, authorId: ctx.member._id, content });
    await ctx.db.patch("organizations", ctx.org._id, { locale, timezone });
    await recordMemberAudit(ctx, { action: "organization.first_run_completed", target: ctx.org._id });
    return null;
  },
});

/** What a new organization has done already. Derived from what is true, so a step ticks itself. */
export const onboarding = orgQuery({
  needs: "inbox:read",
  args: {},
  returns: v.object({ firstRun: v.boolean(), connectedChannel: v.boolean(), invitedColleague: v.boolean() }),
  handler: async (ctx) => {
    const members = await ctx.db
      .query("members")
      .withIndex("by_org_and_status", (q) => q.eq("orgId", ctx.org._id).eq("status", "active"))
      .take(2);
    return {
      firstRun: (await loadPublishedPlaybook(ctx, ctx.org._id)) !== null,
      connectedChannel: await hasConnected(ctx, ctx.org._id),
      invitedColleague: members.length > 1,
    };
  },
});

function requireText(field: string, text: string, maxLength: number): void {
  if (text.trim() === "") fail("invalid", { field, reason: "empty" });
  if (text.length > maxLength) fail("invalid", { field, reason: "too_long", maxLength });
}
