/** What the Next server asks before it shows a chat, or gives somebody a token for it. */
import { v } from "convex/values";
import { serviceMutation, serviceQuery } from "../functions.ts";
import { loadOpenChat, loadOrganizationBySlug, spend } from "./model.ts";

/** The page at `/c/<slug>`; null when there is no such organization. One that ended, or has its chat off, has no name here. */
export const page = serviceQuery({
  args: { slug: v.string() },
  returns: v.union(
    v.null(),
    v.object({ isOpen: v.literal(false) }),
    v.object({ isOpen: v.literal(true), name: v.string() }),
  ),
  handler: async (ctx, { slug }) => {
    const org = await loadOrganizationBySlug(ctx, slug);
    if (org === null) return null;
    const isOpen = org.status === "active" && (await loadOpenChat(ctx, org._id)) !== null;
    return isOpen ? { isOpen, name: org.name } : { isOpen };
  },
});

/** May somebody have a token now? `address` is the hash of where they come from; null when the host does not say it. */
export const open = serviceMutation({
  args: { slug: v.string(), address: v.union(v.string(), v.null()) },
  returns: v.union(
    v.object({ kind: v.literal("closed") }),
    v.object({ kind: v.literal("limited"), retryAfterMs: v.number() }),
    v.object({ kind: v.literal("open"), orgId: v.id("organizations") }),
  ),
  handler: async (ctx, { slug, address }) => {
    const org = await loadOrganizationBySlug(ctx, slug);
    if (org === null || org.status !== "active" || (await loadOpenChat(ctx, org._id)) === null) {
      return { kind: "closed" as const };
    }
    const { _id: orgId } = org;
    const caller =
      address === null ? { what: "anySession" as const, whose: "" } : { what: "session" as const, whose: address };
    const retryAfterMs = await spend(ctx, { orgId, ...caller });
    return retryAfterMs > 0 ? { kind: "limited" as const, retryAfterMs } : { kind: "open" as const, orgId };
  },
});
