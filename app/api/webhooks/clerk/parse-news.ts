import type { FunctionArgs } from "convex/server";
import { z } from "zod";
import type { api } from "@/convex/_generated/api";

export type ClerkNews = FunctionArgs<typeof api.organizations.clerk.apply>["news"];

export type ParsedEvent =
  | { kind: "news"; type: string; news: ClerkNews }
  /** Clerk tells of many things; this one changes nothing here. */
  | { kind: "ignored"; type: string }
  | { kind: "malformed" };

const id = z.string().min(1);
const time = z.number().int().nonnegative(); // epoch ms
const person = { first_name: z.string().nullish(), last_name: z.string().nullish(), image_url: z.string().nullish() };

const envelopeSchema = z.object({ type: z.string(), data: z.unknown(), timestamp: time.optional() });

const organizationSchema = z.object({ id, name: z.string(), slug: z.string().nullish(), updated_at: time });

const membershipSchema = z.object({
  organization: organizationSchema,
  public_user_data: z.object({ user_id: id, identifier: z.string(), ...person }),
  role: z.string(),
  updated_at: time,
});

const userSchema = z.object({
  id,
  ...person,
  primary_email_address_id: z.string().nullish(),
  email_addresses: z.array(z.object({ id, email_address: z.string() })),
  updated_at: time,
});

const goneSchema = z.object({ id });

/**
 * Reads the body of a webhook that was verified. What orders news is the row's `updated_at`; what is deleted says when it
 * was last changed instead, so there the time of the event counts.
 */
export function parseNews(body: string): ParsedEvent {
  try {
    const { type, data, timestamp } = envelopeSchema.parse(JSON.parse(body));
    const news = readNews(type, { data, eventAt: timestamp ?? 0 });
    return news === null ? { kind: "ignored", type } : { kind: "news", type, news };
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return { kind: "malformed" };
    throw error;
  }
}

function readNews(type: string, { data, eventAt }: { data: unknown; eventAt: number }): ClerkNews | null {
  switch (type) {
    case "organization.created":
    case "organization.updated":
      return { type: "organization", ...readOrganization(organizationSchema.parse(data)) };
    case "organization.deleted":
      return { type: "organizationDeleted", clerkOrgId: goneSchema.parse(data).id };
    case "organizationMembership.created":
    case "organizationMembership.updated":
      return { ...readMembership(membershipSchema.parse(data)), status: "active" };
    case "organizationMembership.deleted": {
      const membership = readMembership(membershipSchema.parse(data));
      return { ...membership, status: "removed", updatedAt: Math.max(membership.updatedAt, eventAt) };
    }
    case "user.updated":
      return readPerson(userSchema.parse(data));
    case "user.deleted":
      return { type: "personDeleted", clerkUserId: goneSchema.parse(data).id, updatedAt: eventAt };
    default:
      return null;
  }
}

function readOrganization({ id: clerkOrgId, name, slug, updated_at: updatedAt }: z.infer<typeof organizationSchema>) {
  return { clerkOrgId, name, slug: slug || clerkOrgId, updatedAt };
}

function readMembership(membership: z.infer<typeof membershipSchema>) {
  const { organization, public_user_data: user, role, updated_at: updatedAt } = membership;
  return {
    type: "membership" as const,
    organization: readOrganization(organization),
    clerkUserId: user.user_id,
    clerkRole: role,
    ...readProfile(user, user.identifier),
    updatedAt,
  };
}

function readPerson(user: z.infer<typeof userSchema>): ClerkNews {
  const addresses = user.email_addresses;
  const primary = addresses.find((address) => address.id === user.primary_email_address_id) ?? addresses[0];
  const profile = readProfile(user, primary?.email_address ?? "");
  return { type: "person", clerkUserId: user.id, ...profile, updatedAt: user.updated_at };
}

type Named = { first_name?: string | null; last_name?: string | null; image_url?: string | null };

/** Somebody who gave no name goes by their address. */
function readProfile({ first_name: first, last_name: last, image_url: image }: Named, email: string) {
  const name = [first, last].filter(Boolean).join(" ") || email;
  return { name, email, ...(image ? { imageUrl: image } : {}) };
}
