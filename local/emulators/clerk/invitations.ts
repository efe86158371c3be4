import { ClerkError, notFound, refused } from "./errors.ts";
import { newId } from "./ids.ts";
import { addMembership, requireRole } from "./memberships.ts";
import { renderInvitation } from "./shapes.ts";
import type { Invitation, Organization, User } from "./state.ts";
import type { ClerkStore } from "./store.ts";
import { requireEmail } from "./users.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const DEFAULT_EXPIRY_DAYS = 30;

export type NewInvitation = {
  organization: Organization;
  email: string;
  role: string;
  inviterId: string | null;
  /** Where the link in the mail leads; the ticket is added to its query. */
  redirectUrl: string | null;
  /** Origin of the app, when known: the default link leads to its `/sign-up` or `/sign-in`. */
  appOrigin: string;
  expiresInDays?: number;
  publicMetadata?: Record<string, unknown>;
  privateMetadata?: Record<string, unknown>;
};

/** Invites an address and mails the link. Throws Clerk's 400 for a member and for a second pending invitation. */
export function invite(store: ClerkStore, request: NewInvitation): Invitation {
  const email = requireInvitable(store, request);
  const now = store.now();
  const ticket = newId("ticket");
  const invitation: Invitation = {
    id: newId("orginv"),
    organizationId: request.organization.id,
    email,
    role: requireRole(request.role),
    status: "pending",
    ticket,
    url: linkFor({ store, request, email, ticket }),
    inviterId: request.inviterId,
    publicMetadata: request.publicMetadata ?? {},
    privateMetadata: request.privateMetadata ?? {},
    expiresAt: now + (request.expiresInDays ?? DEFAULT_EXPIRY_DAYS) * DAY_MS,
    createdAt: now,
    updatedAt: now,
  };
  store.state.invitations.push(invitation);
  store.mail({
    to: email,
    subject: `Invitation to join ${request.organization.name}`,
    code: null,
    url: invitation.url,
  });
  store.emit("organizationInvitation.created", renderInvitation(store, invitation));
  return invitation;
}

/** Lower-cases the address and throws Clerk's 400 when it cannot be invited. */
export function requireInvitable(
  store: ClerkStore,
  { organization, email: address }: { organization: Organization; email: string },
): string {
  const email = requireEmail(address);
  const user = store.findUserByEmail(email);
  if (user && store.findMembership(organization.id, user.id)) {
    throw refused("already_a_member_in_organization", `${email} is already a member of the organization.`);
  }
  const pending = listInvitations(store, { organizationId: organization.id, statuses: ["pending"] });
  if (pending.some((invitation) => invitation.email === email)) {
    throw refused(
      "organization_invitation_not_unique",
      "Organizations cannot have duplicate pending invitations for an email address.",
    );
  }
  return email;
}

function linkFor({
  store,
  request,
  email,
  ticket,
}: {
  store: ClerkStore;
  request: NewInvitation;
  email: string;
  ticket: string;
}): string {
  const status = store.findUserByEmail(email) ? "sign_in" : "sign_up";
  const page = request.redirectUrl ?? `${request.appOrigin}/${status === "sign_in" ? "sign-in" : "sign-up"}`;
  return `${page}${page.includes("?") ? "&" : "?"}__clerk_ticket=${ticket}&__clerk_status=${status}`;
}

export type InvitationFilter = { organizationId?: string; email?: string; statuses?: readonly string[] };

/** Invitations, newest first; those whose time is over are marked expired before they are listed. */
export function listInvitations(
  store: ClerkStore,
  { organizationId, email, statuses }: InvitationFilter,
): Invitation[] {
  for (const invitation of store.state.invitations) expireIfDue(store, invitation);
  return store.state.invitations
    .filter((invitation) => organizationId === undefined || invitation.organizationId === organizationId)
    .filter((invitation) => email === undefined || invitation.email === email)
    .filter((invitation) => !statuses || statuses.length === 0 || statuses.includes(invitation.status))
    .toReversed();
}

function expireIfDue(store: ClerkStore, invitation: Invitation): void {
  if (invitation.status !== "pending" || invitation.expiresAt > store.now()) return;
  invitation.status = "expired";
  invitation.updatedAt = invitation.expiresAt;
  store.changed();
}

/** The invitation by its id inside an organization. Throws Clerk's 404. */
export function requireInvitation(
  store: ClerkStore,
  { organizationId, id }: { organizationId: string; id: string },
): Invitation {
  const invitation = listInvitations(store, { organizationId }).find((candidate) => candidate.id === id);
  if (!invitation)
    throw new ClerkError({ status: 404, code: "organization_invitation_not_found", message: "not found" });
  return invitation;
}

export function revokeInvitation(store: ClerkStore, invitation: Invitation): Invitation {
  if (invitation.status !== "pending") {
    const message = "The organization invitation is not in the 'pending' status.";
    throw new ClerkError({ status: 404, code: "organization_invitation_not_pending", message });
  }
  return settle({ store, invitation, status: "revoked" });
}

/** Makes the user a member in the invited role. The invitation must be pending and theirs. */
export function acceptInvitation({
  store,
  invitation,
  user,
}: {
  store: ClerkStore;
  invitation: Invitation;
  user: User;
}): Invitation {
  if (invitation.email !== user.email) throw notFound("invitation");
  requireUsable(invitation);
  if (!store.findMembership(invitation.organizationId, user.id)) {
    addMembership(store, { organizationId: invitation.organizationId, userId: user.id, role: invitation.role });
  }
  return settle({ store, invitation, status: "accepted" });
}

/** The pending invitation that belongs to the ticket of a mailed link. Throws the Clerk 400 that tells what is wrong with it. */
export function requireTicket(store: ClerkStore, ticket: string): Invitation {
  const invitation = listInvitations(store, {}).find((candidate) => candidate.ticket === ticket);
  if (!invitation) {
    throw refused(
      "ticket_invalid_code",
      "This ticket is invalid. Make sure you're using a valid ticket generated by Clerk.",
    );
  }
  if (!store.findOrganization(invitation.organizationId)) {
    throw refused(
      "organization_invitation_to_deleted_organization",
      "This invitation refers to an organization that has been deleted.",
    );
  }
  requireUsable(invitation);
  return invitation;
}

function requireUsable({ status }: Invitation): void {
  if (status === "accepted") {
    throw refused(
      "organization_invitation_already_accepted",
      "This invitation has already been accepted. Sign in instead.",
    );
  }
  if (status === "revoked") {
    throw refused(
      "organization_invitation_revoked_code",
      "This invitation has been revoked and cannot be used anymore.",
    );
  }
  if (status === "expired") throw refused("ticket_expired_code", "This ticket has expired and cannot be used anymore.");
}

function settle({
  store,
  invitation,
  status,
}: {
  store: ClerkStore;
  invitation: Invitation;
  status: "accepted" | "revoked";
}): Invitation {
  invitation.status = status;
  invitation.updatedAt = store.now();
  store.changed();
  store.emit(`organizationInvitation.${status}`, renderInvitation(store, invitation));
  return invitation;
}
