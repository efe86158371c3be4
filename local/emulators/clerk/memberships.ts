import { ClerkError, refused } from "./errors.ts";
import { newId } from "./ids.ts";
import { findRole, MINIMUM_PERMISSIONS, roleHas } from "./roles.ts";
import { renderMembershipForBackend } from "./shapes.ts";
import type { Membership } from "./state.ts";
import type { ClerkStore } from "./store.ts";

/** Throws Clerk's 404 for a role that the instance does not have. */
export function requireRole(key: string): string {
  if (findRole(key)) return key;
  throw new ClerkError({
    status: 404,
    code: "resource_not_found",
    message: "not found",
    longMessage: "Organization role not found",
    meta: { param_name: "role" },
  });
}

export type NewMembership = { id?: string; organizationId: string; userId: string; role: string };

/** Adds a member. Throws Clerk's 400 when the user is one already. */
export function addMembership(store: ClerkStore, { id, organizationId, userId, role }: NewMembership): Membership {
  requireRole(role);
  if (store.findMembership(organizationId, userId)) {
    throw refused(
      "already_a_member_in_organization",
      `${store.requireUser(userId).email} is already a member of the organization.`,
    );
  }
  const now = store.now();
  const membership: Membership = {
    id: id ?? newId("orgmem"),
    organizationId,
    userId,
    role,
    publicMetadata: {},
    privateMetadata: {},
    createdAt: now,
    updatedAt: now,
  };
  store.state.memberships.push(membership);
  store.changed();
  store.emit("organizationMembership.created", renderMembershipForBackend(store, membership));
  return membership;
}

/** Gives a member another role. Throws Clerk's 400 when nobody would be left who may manage and delete the organization. */
export function changeRole({
  store,
  membership,
  role,
}: {
  store: ClerkStore;
  membership: Membership;
  role: string;
}): Membership {
  requireRole(role);
  if (!isSufficient(role)) requireAnotherOwner(store, membership);
  membership.role = role;
  touchMembership(store, membership);
  return membership;
}

/** Marks a membership as changed and tells the webhooks. */
export function touchMembership(store: ClerkStore, membership: Membership): void {
  membership.updatedAt = store.now();
  store.changed();
  store.emit("organizationMembership.updated", renderMembershipForBackend(store, membership));
}

/** Throws Clerk's 400 when this is the last member who may manage and delete the organization. */
export function requireAnotherOwner(store: ClerkStore, membership: Membership): void {
  const others = store.membershipsOfOrganization(membership.organizationId).filter((other) => other !== membership);
  if (!isSufficient(membership.role) || others.some((other) => isSufficient(other.role))) return;
  throw refused(
    "organization_minimum_permissions_needed",
    "There has to be at least one organization member with the minimum required permissions",
  );
}

function isSufficient(role: string): boolean {
  return MINIMUM_PERMISSIONS.every((permission) => roleHas(role, permission));
}

/** Ends a membership; the organization stops being the active one of the user's sessions. Returns the JSON of what was removed. */
export function removeMembership(store: ClerkStore, membership: Membership) {
  const { organizationId, userId } = membership;
  const removed = renderMembershipForBackend(store, membership);
  store.state.memberships = store.state.memberships.filter((other) => other !== membership);
  for (const session of store.state.sessions) {
    if (session.userId === userId && session.organizationId === organizationId) session.organizationId = null;
  }
  store.changed();
  store.emit("organizationMembership.deleted", removed);
  return removed;
}
