import { badField, missingField } from "./errors.ts";
import { newId } from "./ids.ts";
import { addMembership } from "./memberships.ts";
import { CREATOR_ROLE } from "./roles.ts";
import { renderOrganizationForBackend } from "./shapes.ts";
import type { Organization } from "./state.ts";
import type { ClerkStore } from "./store.ts";

export type NewOrganization = {
  id?: string;
  name: string;
  slug?: string;
  /** Becomes the first owner. */
  createdBy: string | null;
  publicMetadata?: Record<string, unknown>;
  privateMetadata?: Record<string, unknown>;
};

/** Founds an organization. Throws Clerk's 422 for a missing name or a slug that is malformed or taken. */
export function createOrganization(store: ClerkStore, fields: NewOrganization): Organization {
  const name = requireName(fields.name);
  const now = store.now();
  const organization: Organization = {
    id: fields.id ?? newId("org"),
    name,
    slug: fields.slug ? requireFreeSlug(store, fields.slug) : deriveSlug(store, name),
    createdBy: fields.createdBy,
    publicMetadata: fields.publicMetadata ?? {},
    privateMetadata: fields.privateMetadata ?? {},
    createdAt: now,
    updatedAt: now,
  };
  store.state.organizations.push(organization);
  store.changed();
  store.emit("organization.created", renderOrganizationForBackend(store, organization));
  if (fields.createdBy)
    addMembership(store, { organizationId: organization.id, userId: fields.createdBy, role: CREATOR_ROLE });
  return organization;
}

export type OrganizationChanges = Partial<Pick<Organization, "name" | "slug" | "publicMetadata" | "privateMetadata">>;

export function updateOrganization({
  store,
  organization,
  changes,
}: {
  store: ClerkStore;
  organization: Organization;
  changes: OrganizationChanges;
}): Organization {
  if (changes.name !== undefined) requireName(changes.name);
  if (changes.slug !== undefined && changes.slug !== organization.slug) requireFreeSlug(store, changes.slug);
  Object.assign(organization, changes, { updatedAt: store.now() });
  store.changed();
  store.emit("organization.updated", renderOrganizationForBackend(store, organization));
  return organization;
}

/** Removes an organization with its members and invitations; nobody's session keeps it as the active one. */
export function deleteOrganization(store: ClerkStore, organization: Organization): void {
  const { id } = organization;
  const { state } = store;
  state.organizations = state.organizations.filter((other) => other !== organization);
  state.memberships = state.memberships.filter((membership) => membership.organizationId !== id);
  for (const session of state.sessions) if (session.organizationId === id) session.organizationId = null;
  store.changed();
  store.emit("organization.deleted", { id, object: "organization", slug: organization.slug, deleted: true });
}

function requireName(name: string): string {
  const trimmed = name.trim();
  if (!trimmed) throw missingField("name");
  return trimmed;
}

function requireFreeSlug(store: ClerkStore, slug: string): string {
  if (!/^[a-z0-9]+(?:[-_][a-z0-9]+)*$/.test(slug)) {
    const message = "slug can only contain lowercase alphanumeric characters and dashes.";
    throw badField({ field: "slug", code: "form_param_format_invalid", message });
  }
  if (!store.findOrganization(slug)) return slug;
  throw badField({ field: "slug", code: "form_identifier_exists", message: "That slug is taken. Please try another." });
}

/** A slug from the name; when it is taken, with the first number that makes it free. */
function deriveSlug(store: ClerkStore, name: string): string {
  const plain = name
    .normalize("NFD")
    .toLowerCase()
    .replaceAll(/\p{M}/gu, "")
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "");
  const base = plain || "organization";
  let candidate = base;
  for (let attempt = 2; store.findOrganization(candidate); attempt += 1) candidate = `${base}-${attempt}`;
  return candidate;
}
