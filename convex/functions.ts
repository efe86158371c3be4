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
import { v } from "convex/values";
import type { Permission } from "../lib/domain/permissions.ts";
import { fail } from "../lib/errors.ts";
import { internalMutation, mutation, query } from "./_generated/server";
import { requireMember, requirePerson, requireService } from "./access.ts";
import { wall } from "./wall.ts";

type Needs = { needs: Permission };

export const orgQuery = customQuery(query, {
  args: {},
  input: async (ctx, _args, { needs }: Needs) => {
    const { org, member } = await requireMember(ctx, needs);
    return { ctx: { org, member, db: wall(ctx.db, org._id) }, args: {} };
  },
});

export const orgMutation = customMutation(mutation, {
  args: {},
  input: async (ctx, _args, { needs }: Needs) => {
    const { org, member } = await requireMember(ctx, needs);
    return { ctx: { org, member, db: wall(ctx.db, org._id) }, args: {} };
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

export const orgJob = customMutation(internalMutation, {
  args: { orgId: v.id("organizations") },
  input: async (ctx, { orgId }) => {
    const org = (await ctx.db.get("organizations", orgId)) ?? fail("not_found", { what: "organization" });
    return { ctx: { org, db: wall(ctx.db, orgId) }, args: {} };
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
