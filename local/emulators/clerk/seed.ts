import { addMembership } from "./memberships.ts";
import { createOrganization } from "./organizations.ts";
import { hashPassword } from "./passwords.ts";
import type { ClerkStore } from "./store.ts";
import { createUser } from "./users.ts";

export type ClerkSeed = {
  users: readonly { id: string; email: string; password: string; firstName?: string; lastName?: string }[];
  organizations: readonly {
    /** Must start with `org_`: Clerk takes anything else for a slug. */
    id: string;
    name: string;
    slug: string;
    members: readonly { userId: string; role: string }[];
  }[];
};

/**
 * Puts people and organizations there under ids that the caller chose. What exists already, by its id, is left as it is, so seeding twice
 * changes nothing. No webhooks are sent: seeded people were there before anybody listened.
 */
export function seedClerk(store: ClerkStore, seed: ClerkSeed): void {
  store.silently(() => {
    for (const { password, ...user } of seed.users) {
      if (!store.findUser(user.id)) createUser(store, { ...user, password: hashPassword(password) });
    }
    for (const organization of seed.organizations) seedOrganization(store, organization);
  });
}

function seedOrganization(store: ClerkStore, { members, ...organization }: ClerkSeed["organizations"][number]): void {
  if (!organization.id.startsWith("org_")) throw new Error(`Not an organization id of Clerk: ${organization.id}`);
  if (store.findOrganization(organization.id)) return;
  createOrganization(store, { ...organization, createdBy: null });
  for (const { userId, role } of members) {
    store.requireUser(userId);
    addMembership(store, { organizationId: organization.id, userId, role });
  }
}
