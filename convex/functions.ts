/**
 * The only place that builds functions on Convex's raw builders. Each wrapper answers, before a handler runs, who asks
 * and for which organization; a handler then gets a `db` that knows that organization's rows and no others.
 *
 *   orgQuery orgMutation             a member; `needs` says which permission
 *   userQuery userMutation           signed in, maybe with no organization yet
 *   orgJob                           internal; the organization is an argument of our own code
 *   serviceQuery serviceMutation     Next routes, with a token that Qify signed
 */
import { customMutation, customQuery } from "convex-helpers/server/customFunctions";
import { wrapDatabaseReader, wrapDatabaseWriter } from "convex-helpers/server/rowLevelSecurity";
import { v } from "convex/values";
import type { Permission } from "../lib/domain/permissions.ts";
import { fail } from "../lib/errors.ts";
import type { Id } from "./_generated/dataModel";
import { internalMutation, mutation, query, type MutationCtx, type QueryCtx } from "./_generated/server";
import { requireMember, requirePerson, requireService } from "./organizations/access.ts";
import { DENY_BY_DEFAULT, tenantRules } from "./tenantRules.ts";

type Needs = { needs: Permission };

export const orgQuery = customQuery(query, {
  args: {},
  input: async (ctx, _args, { needs }: Needs) => {
    const { org, member } = await requireMember(ctx, needs);
    return { ctx: { org, member, db: wallReader(ctx, org._id) }, args: {} };
  },
});

export const orgMutation = customMutation(mutation, {
  args: {},
  input: async (ctx, _args, { needs }: Needs) => {
    const { org, member } = await requireMember(ctx, needs);
    return { ctx: { org, member, db: wallWriter(ctx, org._id) }, args: {} };
  },
});

export const userQuery = customQuery(query, {
  args: {},
  input: async (ctx) => ({ ctx: { person: await requirePerson(ctx) }, args: {} }),
});

export const userMutation = customMutation(mutation, {
  args: {},
  input: async (ctx) => ({ ctx: { person: await requirePerson(ctx) }, args: {} }),
});

const job = { orgId: v.id("organizations") };

export const orgJob = customMutation(internalMutation, {
  args: job,
  input: async (ctx, { orgId }) => {
    const org = (await ctx.db.get("organizations", orgId)) ?? fail("not_found", { what: "organization" });
    return { ctx: { org, db: wallWriter(ctx, orgId) }, args: {} };
  },
});

export const serviceQuery = customQuery(query, {
  args: {},
  input: async (ctx) => ({ ctx: { service: await requireService(ctx) }, args: {} }),
});

export const serviceMutation = customMutation(mutation, {
  args: {},
  input: async (ctx) => ({ ctx: { service: await requireService(ctx) }, args: {} }),
});

function wallReader(ctx: QueryCtx, orgId: Id<"organizations">) {
  return wrapDatabaseReader({ orgId }, ctx.db, tenantRules, DENY_BY_DEFAULT);
}

function wallWriter(ctx: MutationCtx, orgId: Id<"organizations">) {
  return wrapDatabaseWriter({ orgId }, ctx.db, tenantRules, DENY_BY_DEFAULT);
}
