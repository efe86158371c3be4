import { missingField } from "../errors.ts";
import { invite, listInvitations, requireInvitable, requireInvitation, revokeInvitation } from "../invitations.ts";
import { requireRole } from "../memberships.ts";
import { DEFAULT_ROLE, MANAGE_MEMBERS } from "../roles.ts";
import { renderInvitation } from "../shapes.ts";
import type { FapiCall, FapiRoute } from "./fapi.ts";
import { replyChanged, replyPage } from "./replies.ts";

/** Invitations into an organization, for those who may manage its members. */
export function addInvitationRoutes(on: FapiRoute): void {
  on("GET", "/v1/organizations/:organizationId/invitations", (call) => list(call));
  on("POST", "/v1/organizations/:organizationId/invitations", (call) => inviteOne(call));
  on("POST", "/v1/organizations/:organizationId/invitations/bulk", (call) => inviteMany(call));
  on("POST", "/v1/organizations/:organizationId/invitations/:invitationId/revoke", (call) => revoke(call));
}

function list(call: FapiCall): Response {
  const { organization } = call.requireMember(MANAGE_MEMBERS);
  const invitations = listInvitations(call.store, {
    organizationId: organization.id,
    statuses: call.call.query.getAll("status"),
  });
  return replyPage(
    call,
    invitations.map((invitation) => renderInvitation(call.store, invitation)),
  );
}

function inviteOne(call: FapiCall): Response {
  const [invitation] = inviteAll(call, [call.field("email_address") ?? ""]);
  return replyChanged(call, invitation);
}

function inviteMany(call: FapiCall): Response {
  return replyChanged(call, inviteAll(call, call.form.getAll("email_address")));
}

/** All of them or none: one address that cannot be invited refuses the whole call. */
function inviteAll(call: FapiCall, emails: readonly string[]) {
  const { organization, user } = call.requireMember(MANAGE_MEMBERS);
  if (emails.length === 0) throw missingField("email_address");
  const role = requireRole(call.field("role") ?? DEFAULT_ROLE);
  for (const email of emails) requireInvitable(call.store, { organization, email });
  const request = {
    organization,
    role,
    inviterId: user.id,
    redirectUrl: call.field("redirect_url") ?? null,
    appOrigin: call.origin ?? "",
  };
  return emails.map((email) => renderInvitation(call.store, invite(call.store, { ...request, email })));
}

function revoke(call: FapiCall): Response {
  const { organization } = call.requireMember(MANAGE_MEMBERS);
  const invitation = requireInvitation(call.store, {
    organizationId: organization.id,
    id: call.call.param("invitationId"),
  });
  return replyChanged(call, renderInvitation(call.store, revokeInvitation(call.store, invitation)));
}
