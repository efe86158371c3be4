import { notFound } from "../errors.ts";
import { acceptInvitation, listInvitations } from "../invitations.ts";
import { removeMembership, requireAnotherOwner } from "../memberships.ts";
import { endSession } from "../sessions.ts";
import { renderInvitation, renderMembership, renderUserForClient } from "../shapes.ts";
import { changePassword, deleteUser, updateUser, type UserChanges } from "../users.ts";
import type { FapiCall, FapiRoute } from "./fapi.ts";
import { parseMetadata } from "./forms.ts";
import { renderSession, reply, replyChanged, replyPage } from "./replies.ts";

/** The signed-in person: profile, password, devices, and the organizations they are in or invited to. */
export function addMeRoutes(on: FapiRoute): void {
  on("GET", "/v1/me", (call) => reply(renderUserForClient(call.store, call.requireUser())));
  on("PATCH", "/v1/me", (call) => changeProfile(call));
  on("DELETE", "/v1/me", (call) => deleteSelf(call));
  on("POST", "/v1/me/change_password", (call) => setPassword(call));
  on("GET", "/v1/me/sessions/active", (call) => listSessions(call));
  on("POST", "/v1/me/sessions/:sessionId/revoke", (call) => revokeSession(call));
  on("GET", "/v1/me/organization_memberships", (call) => listMemberships(call));
  on("DELETE", "/v1/me/organization_memberships/:organizationId", (call) => leave(call));
  on("GET", "/v1/me/organization_invitations", (call) => listOwnInvitations(call));
  on("POST", "/v1/me/organization_invitations/:invitationId/accept", (call) => accept(call));
  on("GET", "/v1/me/organization_suggestions", (call) => {
    call.requireSession();
    return replyPage(call, []);
  });
  on("GET", "/v1/me/organization_creation_defaults", (call) => {
    call.requireSession();
    return reply({ advisory: null, form: { name: "", slug: "", logo: null } });
  });
}

function changeProfile(call: FapiCall): Response {
  const user = call.requireUser();
  const changes: UserChanges = {};
  if (call.form.has("first_name")) changes.firstName = call.field("first_name") ?? null;
  if (call.form.has("last_name")) changes.lastName = call.field("last_name") ?? null;
  const metadata = call.field("unsafe_metadata");
  if (metadata) changes.unsafeMetadata = parseMetadata(metadata, "unsafe_metadata");
  updateUser({ store: call.store, user, changes });
  return replyChanged(call, renderUserForClient(call.store, user));
}

function deleteSelf(call: FapiCall): Response {
  const user = call.requireUser();
  deleteUser(call.store, user);
  call.client.lastActiveSessionId = null;
  return replyChanged(call, { object: "user", id: user.id, deleted: true });
}

function setPassword(call: FapiCall): Response {
  const { store } = call;
  const session = call.requireSession();
  const user = store.requireUser(session.userId);
  changePassword({
    store,
    user,
    current: call.field("current_password") ?? "",
    next: call.field("new_password") ?? "",
  });
  if (call.field("sign_out_of_other_sessions") === "true") {
    const others = store.state.sessions.filter(
      (other) => other.userId === user.id && other !== session && other.status === "active",
    );
    for (const other of others) endSession({ store, session: other, status: "revoked" });
  }
  return replyChanged(call, renderUserForClient(store, user));
}

function listSessions(call: FapiCall): Response {
  const user = call.requireUser();
  const sessions = call.store.state.sessions.filter(
    (session) => session.userId === user.id && session.status === "active",
  );
  const activity = { object: "session_activity", id: "sessact_emulator", ip_address: "127.0.0.1", is_mobile: false };
  return Response.json(
    sessions.map((session) => ({ ...renderSession(call, session), user: null, latest_activity: activity })),
  );
}

function revokeSession(call: FapiCall): Response {
  const user = call.requireUser();
  const session = call.store.state.sessions.find(({ id }) => id === call.call.param("sessionId"));
  if (session?.userId !== user.id || session.status !== "active") throw notFound("session");
  endSession({ store: call.store, session, status: "revoked" });
  return replyChanged(call, renderSession(call, session));
}

function listMemberships(call: FapiCall): Response {
  const memberships = call.store.membershipsOfUser(call.requireUser().id);
  return replyPage(
    call,
    memberships.map((membership) => renderMembership(call.store, membership)),
  );
}

function leave(call: FapiCall): Response {
  const { membership } = call.requireMember();
  requireAnotherOwner(call.store, membership);
  removeMembership(call.store, membership);
  return replyChanged(call, { object: "organization_membership", id: membership.id, deleted: true });
}

function listOwnInvitations(call: FapiCall): Response {
  const { email } = call.requireUser();
  const all = listInvitations(call.store, { email, statuses: call.call.query.getAll("status") });
  const invitations = all.filter(({ organizationId }) => call.store.findOrganization(organizationId));
  return replyPage(
    call,
    invitations.map((invitation) => renderInvitation(call.store, invitation)),
  );
}

function accept(call: FapiCall): Response {
  const user = call.requireUser();
  const invitation = listInvitations(call.store, { email: user.email }).find(
    ({ id }) => id === call.call.param("invitationId"),
  );
  if (!invitation) throw notFound("invitation");
  acceptInvitation({ store: call.store, invitation, user });
  return replyChanged(call, renderInvitation(call.store, invitation));
}
