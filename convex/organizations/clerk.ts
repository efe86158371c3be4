import { v } from "convex/values";
import { serviceMutation } from "../functions.ts";
import { applyMember, applyOrganization, applyProfile, endOrganization, removePerson, type Profile } from "./model.ts";
import { memberStatusValidator } from "./validators.ts";

const organizationFields = { clerkOrgId: v.string(), name: v.string(), slug: v.string(), updatedAt: v.number() };
const profileFields = { name: v.string(), email: v.string(), imageUrl: v.optional(v.string()) };

/** What Clerk's webhooks say that matters here, parsed by the route that verified them. Times are epoch ms by Clerk's clock. */
export const clerkNewsValidator = v.union(
  v.object({ type: v.literal("organization"), ...organizationFields }),
  v.object({ type: v.literal("organizationDeleted"), clerkOrgId: v.string() }),
  v.object({
    type: v.literal("membership"),
    organization: v.object(organizationFields),
    clerkUserId: v.string(),
    clerkRole: v.string(),
    status: memberStatusValidator,
    ...profileFields,
    updatedAt: v.number(),
  }),
  v.object({ type: v.literal("person"), clerkUserId: v.string(), ...profileFields, updatedAt: v.number() }),
  v.object({ type: v.literal("personDeleted"), clerkUserId: v.string(), updatedAt: v.number() }),
);

/** Applies one piece of news, in any order and any number of times. A membership may come before its organization. */
export const apply = serviceMutation({
  args: { news: clerkNewsValidator },
  returns: v.null(),
  handler: async (ctx, { news }) => {
    switch (news.type) {
      case "organization":
        await applyOrganization(ctx, news);
        break;
      case "organizationDeleted":
        await endOrganization(ctx, news.clerkOrgId);
        break;
      case "membership": {
        const orgId = await applyOrganization(ctx, news.organization);
        await applyMember(ctx, { ...news, orgId, profile: profileOf(news) });
        break;
      }
      case "person":
        await applyProfile(ctx, { ...news, profile: profileOf(news) });
        break;
      case "personDeleted":
        await removePerson(ctx, news);
        break;
    }
    return null;
  },
});

function profileOf({ name, email, imageUrl }: Profile): Profile {
  return { name, email, ...(imageUrl === undefined ? {} : { imageUrl }) };
}
