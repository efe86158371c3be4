import type {
  OrganizationInvitationJSON,
  OrganizationJSON,
  OrganizationMembershipJSON,
  RoleJSON,
} from "@clerk/shared/types";
import { findRole, ROLES } from "./roles.ts";
import type { Invitation, Membership, Organization, User } from "./state.ts";
import type { ClerkStore } from "./store.ts";

/** The JSON of people and organizations, as both APIs and the webhooks send it. */

export function displayName(user: User): string {
  return [user.firstName, user.lastName].filter(Boolean).join(" ") || user.email;
}

/** Address of a drawn picture with one letter, served through the app's own origin (see `images.ts`). */
export function imageUrl(id: string, label: string): string {
  return `/__clerk/img/${id}.svg?l=${encodeURIComponent((label[0] ?? "?").toUpperCase())}`;
}

export function renderPublicUser(user: User) {
  return {
    user_id: user.id,
    identifier: user.email,
    first_name: user.firstName,
    last_name: user.lastName,
    image_url: imageUrl(user.id, displayName(user)),
    has_image: false,
  };
}

export function renderOrganization(
  store: ClerkStore,
  organization: Organization,
): OrganizationJSON & { created_by: string | null } {
  return {
    object: "organization",
    id: organization.id,
    name: organization.name,
    slug: organization.slug,
    image_url: imageUrl(organization.id, organization.name),
    has_image: false,
    public_metadata: organization.publicMetadata,
    created_by: organization.createdBy,
    members_count: store.membershipsOfOrganization(organization.id).length,
    pending_invitations_count: store.state.invitations.filter(
      (invitation) => invitation.organizationId === organization.id && invitation.status === "pending",
    ).length,
    admin_delete_enabled: true,
    max_allowed_memberships: 0,
    created_at: organization.createdAt,
    updated_at: organization.updatedAt,
  };
}

export function renderMembership(store: ClerkStore, membership: Membership): OrganizationMembershipJSON {
  const role = findRole(membership.role);
  return {
    object: "organization_membership",
    id: membership.id,
    role: membership.role,
    role_name: role?.name ?? membership.role,
    permissions: [...(role?.permissions ?? [])],
    public_metadata: membership.publicMetadata,
    organization: renderOrganization(store, store.requireOrganization(membership.organizationId)),
    public_user_data: renderPublicUser(store.requireUser(membership.userId)),
    created_at: membership.createdAt,
    updated_at: membership.updatedAt,
  };
}

export function renderInvitation(
  store: ClerkStore,
  invitation: Invitation,
): OrganizationInvitationJSON & Record<string, unknown> {
  const organization = store.findOrganization(invitation.organizationId);
  return {
    object: "organization_invitation",
    id: invitation.id,
    email_address: invitation.email,
    organization_id: invitation.organizationId,
    inviter_id: invitation.inviterId,
    role: invitation.role,
    role_name: findRole(invitation.role)?.name ?? invitation.role,
    status: invitation.status,
    url: invitation.url,
    public_metadata: invitation.publicMetadata,
    public_organization_data: organization && renderPublicOrganization(organization),
    expires_at: invitation.expiresAt,
    created_at: invitation.createdAt,
    updated_at: invitation.updatedAt,
  };
}

function renderPublicOrganization({ id, name, slug }: Organization) {
  return { id, name, slug, has_image: false, image_url: imageUrl(id, name) };
}

/** A user as the browser gets it: with memberships, without what is private to the backend. */
export function renderUserForClient(store: ClerkStore, user: User) {
  const memberships = store.membershipsOfUser(user.id);
  return {
    ...renderUser(user),
    organization_memberships: memberships.map((membership) => renderMembership(store, membership)),
  };
}

/** A user as the Backend API and the webhooks send it. */
export function renderUserForBackend(user: User) {
  return { ...renderUser(user), private_metadata: user.privateMetadata };
}

/** An organization as the Backend API and the webhooks send it. */
export function renderOrganizationForBackend(store: ClerkStore, organization: Organization) {
  return { ...renderOrganization(store, organization), private_metadata: organization.privateMetadata };
}

/** A membership as the Backend API and the webhooks send it. */
export function renderMembershipForBackend(store: ClerkStore, membership: Membership) {
  return { ...renderMembership(store, membership), private_metadata: membership.privateMetadata };
}

function renderUser(user: User) {
  return {
    object: "user",
    id: user.id,
    external_id: user.externalId,
    username: null,
    first_name: user.firstName,
    last_name: user.lastName,
    image_url: imageUrl(user.id, displayName(user)),
    has_image: false,
    profile_image_id: "",
    primary_email_address_id: user.emailId,
    primary_phone_number_id: null,
    primary_web3_wallet_id: null,
    email_addresses: [renderEmailAddress(user)],
    ...NOTHING_ELSE_LINKED,
    password_enabled: user.password !== null,
    public_metadata: user.publicMetadata,
    unsafe_metadata: user.unsafeMetadata,
    last_sign_in_at: user.lastSignInAt,
    last_active_at: user.lastSignInAt,
    create_organization_enabled: true,
    create_organizations_limit: null,
    delete_self_enabled: true,
    legal_accepted_at: null,
    banned: false,
    locked: false,
    created_at: user.createdAt,
    updated_at: user.updatedAt,
  };
}

const NOTHING_ELSE_LINKED = {
  phone_numbers: [],
  web3_wallets: [],
  external_accounts: [],
  enterprise_accounts: [],
  passkeys: [],
  saml_accounts: [],
  totp_enabled: false,
  backup_code_enabled: false,
  two_factor_enabled: false,
};

function renderEmailAddress(user: User) {
  return {
    object: "email_address",
    id: user.emailId,
    email_address: user.email,
    reserved: false,
    verification: {
      object: "verification",
      id: `ver_${user.emailId}`,
      status: "verified",
      strategy: "email_code",
      attempts: 1,
      expire_at: null,
      error: null,
    },
    linked_to: [],
    matches_sso_connection: false,
    created_at: user.createdAt,
    updated_at: user.createdAt,
  };
}

/** Every role with its permissions: what fills the role list of the invitation form. */
export function renderRoles(): RoleJSON[] {
  return ROLES.map(({ key, name, description, permissions }) => ({
    object: "role",
    id: `role_${key}`,
    key,
    name,
    description,
    permissions: permissions.map((permission) => ({
      object: "permission",
      id: `perm_${permission}`,
      key: permission,
      name: permission,
      description: "",
      type: "system",
      created_at: 0,
      updated_at: 0,
    })),
    created_at: 0,
    updated_at: 0,
  }));
}
