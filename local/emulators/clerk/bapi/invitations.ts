import { z } from "zod";
import type { Call } from "../../kit/router.ts";
import { page } from "../fapi/replies.ts";
import {
  invite,
  listInvitations,
  requireInvitable,
  requireInvitation,
  revokeInvitation,
  type NewInvitation,
} from "../invitations.ts";
import { requireRole } from "../memberships.ts";
import { renderInvitation } from "../shapes.ts";
import type { Organization } from "../state.ts";
import type { ClerkStore } from "../store.ts";
import { metadataSchema, readBody, type BapiRoute } from "./bapi.ts";
import { namedOrganization } from "./organizations.ts";

const invitationSchema = z.object({
  email_address: z.string(),
  role: z.string(),
  inviter_user_id: z.string().nullable().optional(),
  redirect_url: z.string().optional(),
  expires_in_days: z.int().min(1).max(365).optional(),
  public_metadata: metadataSchema.optional(),
  private_metadata: metadataSchema.optional(),
});

export function addInvitationRoutes(on: BapiRoute, store: ClerkStore): void {
  on("GET", "/organizations/:organizationId/invitations", (call) => list(store, call));
  on("POST", "/organizations/:organizationId/invitations", (call) => inviteOne(store, call));
  on("POST", "/organizations/:organizationId/invitations/bulk", (call) => inviteMany(store, call));
  on("GET", "/organizations/:organizationId/invitations/:invitationId", (call) =>
    Response.json(renderInvitation(store, named(store, call))),
  );
  on("POST", "/organizations/:organizationId/invitations/:invitationId/revoke", (call) =>
    Response.json(renderInvitation(store, revokeInvitation(store, named(store, call)))),
  );
}

function named(store: ClerkStore, call: Call) {
  return requireInvitation(store, {
    organizationId: namedOrganization(store, call).id,
    id: call.param("invitationId"),
  });
}

function list(store: ClerkStore, call: Call): Response {
  const { id } = namedOrganization(store, call);
  const invitations = listInvitations(store, { organizationId: id, statuses: call.query.getAll("status") });
  return Response.json(
    page(
      call.query,
      invitations.map((invitation) => renderInvitation(store, invitation)),
    ),
  );
}

function inviteOne(store: ClerkStore, call: Call): Response {
  const organization = namedOrganization(store, call);
  const request = toRequest(organization, readBody(call, invitationSchema));
  return Response.json(renderInvitation(store, invite(store, request)));
}

/** All of them or none. */
function inviteMany(store: ClerkStore, call: Call): Response {
  const organization = namedOrganization(store, call);
  const requests = readBody(call, z.array(invitationSchema).min(1)).map((body) => toRequest(organization, body));
  for (const request of requests) {
    requireRole(request.role);
    requireInvitable(store, request);
  }
  const invitations = requests.map((request) => renderInvitation(store, invite(store, request)));
  return Response.json({ data: invitations, total_count: invitations.length });
}

function toRequest(organization: Organization, body: z.infer<typeof invitationSchema>): NewInvitation {
  return {
    organization,
    email: body.email_address,
    role: body.role,
    inviterId: body.inviter_user_id ?? null,
    redirectUrl: body.redirect_url ?? null,
    appOrigin: "",
    ...(body.expires_in_days !== undefined && { expiresInDays: body.expires_in_days }),
    ...(body.public_metadata && { publicMetadata: body.public_metadata }),
    ...(body.private_metadata && { privateMetadata: body.private_metadata }),
  };
}
