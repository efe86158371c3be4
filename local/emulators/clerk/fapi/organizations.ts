import { changeRole, removeMembership, requireAnotherOwner } from "../memberships.ts";
import { createOrganization, deleteOrganization, updateOrganization } from "../organizations.ts";
import { DELETE_ORGANIZATION, MANAGE_MEMBERS, MANAGE_PROFILE, READ_MEMBERS } from "../roles.ts";
import { renderMembership, renderOrganization, renderRoles } from "../shapes.ts";
import type { FapiCall, FapiRoute } from "./fapi.ts";
import { page, reply, replyChanged, replyPage } from "./replies.ts";

/** Organizations and their members, each call checked against the role of the one who makes it. */
export function addOrganizationRoutes(on: FapiRoute): void {
  on("POST", "/v1/organizations", (call) => create(call));
  on("GET", "/v1/organizations/:organizationId", (call) =>
    reply(renderOrganization(call.store, call.requireMember().organization)),
  );
  on("PATCH", "/v1/organizations/:organizationId", (call) => change(call));
  on("DELETE", "/v1/organizations/:organizationId", (call) => remove(call));
  on("GET", "/v1/organizations/:organizationId/memberships", (call) => listMembers(call));
  on("PATCH", "/v1/organizations/:organizationId/memberships/:userId", (call) => changeMember(call));
  on("DELETE", "/v1/organizations/:organizationId/memberships/:userId", (call) => removeMember(call));
  on("GET", "/v1/organizations/:organizationId/roles", (call) => listRoles(call));
  on("GET", "/v1/organizations/:organizationId/domains", (call) => listNothing(call));
  on("GET", "/v1/organizations/:organizationId/membership_requests", (call) => listNothing(call));
}

function create(call: FapiCall): Response {
  const user = call.requireUser();
  const slug = call.field("slug");
  const organization = createOrganization(call.store, {
    name: call.field("name") ?? "",
    ...(slug && { slug }),
    createdBy: user.id,
  });
  return replyChanged(call, renderOrganization(call.store, organization));
}

function change(call: FapiCall): Response {
  const { organization } = call.requireMember(MANAGE_PROFILE);
  const name = call.field("name");
  const slug = call.field("slug");
  updateOrganization({ store: call.store, organization, changes: { ...(name && { name }), ...(slug && { slug }) } });
  return replyChanged(call, renderOrganization(call.store, organization));
}

function remove(call: FapiCall): Response {
  const { organization } = call.requireMember(DELETE_ORGANIZATION);
  deleteOrganization(call.store, organization);
  return replyChanged(call, { object: "organization", id: organization.id, slug: organization.slug, deleted: true });
}

function listMembers(call: FapiCall): Response {
  const { organization } = call.requireMember(READ_MEMBERS);
  const roles = call.call.query.getAll("role");
  const text = (call.call.query.get("query") ?? "").toLowerCase();
  const members = call.store
    .membershipsOfOrganization(organization.id)
    .filter(({ role }) => roles.length === 0 || roles.includes(role))
    .filter(({ userId }) => searchText(call, userId).includes(text));
  return replyPage(
    call,
    members.map((membership) => renderMembership(call.store, membership)),
  );
}

function searchText(call: FapiCall, userId: string): string {
  const { email, firstName, lastName } = call.store.requireUser(userId);
  return [email, firstName, lastName].filter(Boolean).join(" ").toLowerCase();
}

function changeMember(call: FapiCall): Response {
  const { organization } = call.requireMember(MANAGE_MEMBERS);
  const membership = call.store.requireMembership(organization.id, call.call.param("userId"));
  changeRole({ store: call.store, membership, role: call.field("role") ?? "" });
  return replyChanged(call, renderMembership(call.store, membership));
}

function removeMember(call: FapiCall): Response {
  const { organization } = call.requireMember(MANAGE_MEMBERS);
  const membership = call.store.requireMembership(organization.id, call.call.param("userId"));
  requireAnotherOwner(call.store, membership);
  return replyChanged(call, removeMembership(call.store, membership));
}

function listRoles(call: FapiCall): Response {
  call.requireMember(READ_MEMBERS);
  return reply({ ...page(call.call.query, renderRoles()), has_role_set_migration: false });
}

function listNothing(call: FapiCall): Response {
  call.requireMember(READ_MEMBERS);
  return replyPage(call, []);
}
