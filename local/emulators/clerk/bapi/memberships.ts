import { z } from "zod";
import type { Call } from "../../kit/router.ts";
import { page } from "../fapi/replies.ts";
import { addMembership, changeRole, removeMembership, requireAnotherOwner, touchMembership } from "../memberships.ts";
import { renderMembershipForBackend } from "../shapes.ts";
import type { Membership } from "../state.ts";
import type { ClerkStore } from "../store.ts";
import { mergeMetadata, metadataBodySchema, readBody, type BapiRoute } from "./bapi.ts";
import { namedOrganization } from "./organizations.ts";

export function addMembershipRoutes(on: BapiRoute, store: ClerkStore): void {
  on("GET", "/organizations/:organizationId/memberships", (call) => list(store, call));
  on("POST", "/organizations/:organizationId/memberships", (call) => create(store, call));
  on("PATCH", "/organizations/:organizationId/memberships/:userId", (call) => change(store, call));
  on("DELETE", "/organizations/:organizationId/memberships/:userId", (call) => remove(store, call));
  on("PATCH", "/organizations/:organizationId/memberships/:userId/metadata", (call) => changeMetadata(store, call));
}

function named(store: ClerkStore, call: Call): Membership {
  return store.requireMembership(namedOrganization(store, call).id, call.param("userId"));
}

function reply(store: ClerkStore, membership: Membership): Response {
  return Response.json(renderMembershipForBackend(store, membership));
}

function list(store: ClerkStore, call: Call): Response {
  const users = call.query.getAll("user_id");
  const roles = call.query.getAll("role");
  const members = store
    .membershipsOfOrganization(namedOrganization(store, call).id)
    .filter(({ userId }) => users.length === 0 || users.includes(userId))
    .filter(({ role }) => roles.length === 0 || roles.includes(role))
    .toReversed();
  return Response.json(
    page(
      call.query,
      members.map((membership) => renderMembershipForBackend(store, membership)),
    ),
  );
}

function create(store: ClerkStore, call: Call): Response {
  const organization = namedOrganization(store, call);
  const body = readBody(call, z.object({ user_id: z.string(), role: z.string() }));
  const user = store.requireUser(body.user_id);
  return reply(store, addMembership(store, { organizationId: organization.id, userId: user.id, role: body.role }));
}

function change(store: ClerkStore, call: Call): Response {
  const membership = named(store, call);
  const { role } = readBody(call, z.object({ role: z.string() }));
  return reply(store, changeRole({ store, membership, role }));
}

function remove(store: ClerkStore, call: Call): Response {
  const membership = named(store, call);
  requireAnotherOwner(store, membership);
  return Response.json(removeMembership(store, membership));
}

function changeMetadata(store: ClerkStore, call: Call): Response {
  const membership = named(store, call);
  const body = readBody(call, metadataBodySchema);
  membership.publicMetadata = mergeMetadata(membership.publicMetadata, body.public_metadata);
  membership.privateMetadata = mergeMetadata(membership.privateMetadata, body.private_metadata);
  touchMembership(store, membership);
  return reply(store, membership);
}
