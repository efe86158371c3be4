/**
 * The only place that builds functions on Convex's raw builders. Each wrapper answers, before a handler runs, who asks
 * and for which organization; a handler then gets a `db` that knows that organization's rows and no others.
 *
 *   orgQuery orgMutation orgAction           a member; `needs` says which permission
 *   userQuery userMutation                   signed in, maybe with no organization yet
 *   orgJob orgJobQuery orgJobAction          internal; the organization is an argument of our own code
 *   systemJob                                internal, for all tenants: crons
 *   serviceQuery serviceMutation             Next routes, with a token that Qify signed
 *   visitorQuery visitorMutation             somebody on a public page, with a token that Qify signed
 *
 * Actions have no `db`: they reach rows through `orgJob*`, which have the wall.
 */
import { customAction, customMutation, customQuery } from "convex-helpers/server/customFunctions";
import { v } from "convex/values";
import { type Permission, PERMISSIONS } from "../lib/domain/permissions.ts";
import { fail } from "../lib/errors.ts";
import { internal } from "./_generated/api";
import type { Id } from "./_generated/dataModel";
import { action, internalAction, internalMutation, internalQuery, mutation, query } from "./_generated/server";
import { requireMember, requirePerson, requireService, requireVisitor } from "./access.ts";
import { wall } from "./wall.ts";

type Needs = { needs: Permission };
type CallersMembership = { orgId: Id<"organizations">; memberId: Id<"members"> };

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

export const orgAction = customAction(action, {
  args: {},
  input: async (ctx, _args, { needs }: Needs) => {
    const membership: CallersMembership = await ctx.runQuery(internal.organizations.membership.load, { needs });
    return { ctx: membership, args: {} };
  },
});

/** For `orgAction` alone: answers who calls the action, with whose token it runs. */
export const memberJobQuery = customQuery(internalQuery, {
  args: { needs: v.string() },
  input: async (ctx, { needs }) => {
    const permission = PERMISSIONS.find((known) => known === needs) ?? fail("forbidden", { needs });
    const { org, member } = await requireMember(ctx, permission);
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

const job = { orgId: v.id("organizations") };

export const orgJob = customMutation(internalMutation, {
  args: job,
  input: async (ctx, { orgId }) => {
    const org = (await ctx.db.get("organizations", orgId)) ?? fail("not_found", { what: "organization" });
    return { ctx: { org, db: wall(ctx.db, orgId) }, args: {} };
  },
});

export const orgJobQuery = customQuery(internalQuery, {
  args: job,
  input: async (ctx, { orgId }) => {
    const org = (await ctx.db.get("organizations", orgId)) ?? fail("not_found", { what: "organization" });
    return { ctx: { org, db: wall(ctx.db, orgId) }, args: {} };
  },
});

export const orgJobAction = customAction(internalAction, {
  args: job,
  input: async (_ctx, { orgId }) => ({ ctx: { orgId }, args: {} }),
});

export const systemJob = customMutation(internalMutation, { args: {}, input: async () => ({ ctx: {}, args: {} }) });

export const serviceQuery = customQuery(query, {
  args: {},
  input: async (ctx) => ({ ctx: { service: await requireService(ctx) }, args: {} }),
});

export const serviceMutation = customMutation(mutation, {
  args: {},
  input: async (ctx) => ({ ctx: { service: await requireService(ctx) }, args: {} }),
});

export const visitorQuery = customQuery(query, {
  args: {},
  input: async (ctx) => {
    const { org, visitorId } = await requireVisitor(ctx);
    return { ctx: { org, visitorId, db: wall(ctx.db, org._id) }, args: {} };
  },
});

export const visitorMutation = customMutation(mutation, {
  args: {},
  input: async (ctx) => {
    const { org, visitorId } = await requireVisitor(ctx);
    return { ctx: { org, visitorId, db: wall(ctx.db, org._id) }, args: {} };
  },
});
