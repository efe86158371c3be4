/** The playbook as people write it. A version is never changed: saving publishes the next, restoring saves old content. */
import { v } from "convex/values";
import { checkPlaybook } from "../../lib/domain/playbook-check.ts";
import { type PlaybookContent, playbookContentValidator } from "../../lib/domain/playbook.ts";
import { fail } from "../../lib/errors.ts";
import type { Doc } from "../_generated/dataModel";
import type { QueryCtx } from "../_generated/server";
import { orgMutation, orgQuery } from "../functions.ts";
import { recordMemberAudit } from "../ops/model.ts";
import { loadPublishedPlaybook, publishPlaybook } from "./model.ts";

/** `savedAt` in epoch ms; `authorName` stays when the author has left. */
const about = { version: v.number(), savedAt: v.number(), authorName: v.string() };
const versionValidator = v.object({ ...about, content: playbookContentValidator });

/** Versions that the history shows. */
const MAX_LISTED = 100;
/** Problems that a refusal names; a form shows no more at once. */
const MAX_PROBLEMS = 50;

/** What the agent speaks from; null before the first run. */
export const get = orgQuery({
  needs: "inbox:read",
  args: {},
  returns: v.union(v.null(), versionValidator),
  handler: async (ctx) => {
    const playbook = await loadPublishedPlaybook(ctx, ctx.org._id);
    return playbook === null ? null : { ...(await describe(ctx, playbook)), content: playbook.content };
  },
});

/** Every version, newest first, without what is in it. */
export const versions = orgQuery({
  needs: "inbox:read",
  args: {},
  returns: v.array(v.object({ ...about, state: v.union(v.literal("published"), v.literal("archived")) })),
  handler: async (ctx) => {
    const playbooks = await ctx.db
      .query("playbooks")
      .withIndex("by_org_and_version", (q) => q.eq("orgId", ctx.org._id))
      .order("desc")
      .take(MAX_LISTED);
    return Promise.all(
      playbooks.map(async (playbook) => ({ ...(await describe(ctx, playbook)), state: playbook.state })),
    );
  },
});

/** One version with its content, to compare or to restore; `not_found` when there is none with this number. */
export const load = orgQuery({
  needs: "inbox:read",
  args: { version: v.number() },
  returns: versionValidator,
  handler: async (ctx, { version }) => {
    const playbook = await ctx.db
      .query("playbooks")
      .withIndex("by_org_and_version", (q) => q.eq("orgId", ctx.org._id).eq("version", version))
      .unique();
    if (playbook === null) return fail("not_found", { what: "playbook" });
    return { ...(await describe(ctx, playbook)), content: playbook.content };
  },
});

/**
 * Publishes `content` as the version after `baseVersion` (0 when there was none): the next turn speaks from it. `invalid`
 * names the first field and lists all `problems`; `conflict` names the `version` that somebody else saved meanwhile.
 */
export const save = orgMutation({
  needs: "agent:edit",
  args: { content: playbookContentValidator, baseVersion: v.number() },
  returns: v.object({ version: v.number() }),
  handler: async (ctx, { content, baseVersion }) => {
    const current = (await loadPublishedPlaybook(ctx, ctx.org._id))?.version ?? 0;
    if (current !== baseVersion) fail("conflict", { what: "playbook", version: current });
    requireSound(content);
    const version = await publishPlaybook(ctx, { orgId: ctx.org._id, authorId: ctx.member._id, content });
    await recordMemberAudit(ctx, { action: "playbook.published", target: `version ${version}` });
    return { version };
  },
});

function requireSound(content: PlaybookContent): void {
  const problems = checkPlaybook(content);
  const [first] = problems;
  if (first === undefined) return;
  fail("invalid", { field: first.path, reason: first.problem, problems: problems.slice(0, MAX_PROBLEMS) });
}

async function describe(ctx: Pick<QueryCtx, "db">, { version, _creationTime, authorId }: Doc<"playbooks">) {
  const author = await ctx.db.get("members", authorId);
  return { version, savedAt: _creationTime, authorName: author?.name ?? "" };
}
