// What the engine is measured with: functions so small that what they cost is what the engine costs.
import {
  mutationGeneric,
  queryGeneric,
  type DataModelFromSchemaDefinition,
  type GenericQueryCtx,
  type MutationBuilder,
  type QueryBuilder,
} from "convex/server";
import { v } from "convex/values";
import type schema from "./schema.ts";

type DataModel = DataModelFromSchemaDefinition<typeof schema>;

const query: QueryBuilder<DataModel, "public"> = queryGeneric;
const mutation: MutationBuilder<DataModel, "public"> = mutationGeneric;

/** The simple mutation: finds the newest note of a key, adds one after it, and marks the old one. */
export const write = mutation({
  args: { key: v.string(), text: v.string() },
  returns: v.number(),
  handler: async (ctx, { key, text }) => {
    const last = await newest(ctx, key);
    const version = (last?.version ?? 0) + 1;
    await ctx.db.insert("notes", { key, version, text });
    if (last !== null) await ctx.db.patch("notes", last._id, { version: -version });
    return version;
  },
});

/** Changes the newest note of a key. */
export const touch = mutation({
  args: { key: v.string() },
  returns: v.null(),
  handler: async (ctx, { key }) => {
    const last = await newest(ctx, key);
    if (last !== null) await ctx.db.patch("notes", last._id, { version: last.version + 1 });
    return null;
  },
});

/** `asker` makes questions differ that read the same. */
export const latest = query({
  args: { key: v.string(), asker: v.number() },
  handler: async (ctx, { key }) => newest(ctx, key),
});

/** A long answer about a short note, in characters. */
export const enlarged = query({
  args: { key: v.string(), length: v.number() },
  returns: v.string(),
  handler: async (ctx, { key, length }) => String((await newest(ctx, key))?.version ?? 0).padEnd(length, "."),
});

async function newest(ctx: GenericQueryCtx<DataModel>, key: string) {
  return ctx.db
    .query("notes")
    .withIndex("by_key", (q) => q.eq("key", key))
    .order("desc")
    .first();
}
