import { v } from "convex/values";

export const localeValidator = v.union(v.literal("pt-BR"), v.literal("en"), v.literal("es"));
export const roleValidator = v.union(v.literal("owner"), v.literal("admin"), v.literal("sdr"), v.literal("viewer"));
export const memberStatusValidator = v.union(v.literal("active"), v.literal("removed"));
export const toneValidator = v.union(v.literal("warm"), v.literal("formal"), v.literal("direct"));
