import { badField, missingField, notFound, refused } from "../errors.ts";
import { newId } from "../ids.ts";
import { acceptInvitation, requireTicket } from "../invitations.ts";
import { hashPassword } from "../passwords.ts";
import { startSession } from "../sessions.ts";
import type { SignUp } from "../state.ts";
import { createUser, requireFreeEmail } from "../users.ts";
import { attemptCode, sendCode } from "../verification.ts";
import type { FapiCall, FapiRoute } from "./fapi.ts";
import { parseMetadata, type FapiMetadata } from "./forms.ts";
import { renderSignUp, reply, replyChanged } from "./replies.ts";
import { requireSignedOut } from "./sign-ins.ts";

/** Signing up: address and password, then the mailed code; an invitation's ticket vouches for the address. */
export function addSignUpRoutes(on: FapiRoute): void {
  on("POST", "/v1/client/sign_ups", (call) => create(call));
  on("GET", "/v1/client/sign_ups/:signUpId", (call) => reply(renderSignUp(current(call))));
  on("PATCH", "/v1/client/sign_ups/:signUpId", (call) => apply(call, current(call)));
  on("POST", "/v1/client/sign_ups/:signUpId/prepare_verification", (call) => prepare(call));
  on("POST", "/v1/client/sign_ups/:signUpId/attempt_verification", (call) => attempt(call));
}

function create(call: FapiCall): Response {
  requireSignedOut(call);
  return apply(call, {
    id: newId("sua"),
    status: "missing_requirements",
    email: null,
    verification: null,
    password: null,
    firstName: null,
    lastName: null,
    unsafeMetadata: {},
    invitationId: null,
    userId: null,
    sessionId: null,
    createdAt: call.store.now(),
  });
}

function current(call: FapiCall): SignUp {
  const { signUp } = call.client;
  if (signUp?.id !== call.call.param("signUpId")) throw notFound("sign up");
  return signUp;
}

/** Takes over what the form says, refusing it whole when one field is wrong, and finishes when nothing is missing. */
function apply(call: FapiCall, signUp: SignUp): Response {
  const changes = readForm(call, signUp);
  Object.assign(signUp, changes);
  call.keepClient().signUp = signUp;
  return finishWhenComplete(call, signUp);
}

type SignUpChanges = Partial<Omit<SignUp, "unsafeMetadata">> & { unsafeMetadata?: FapiMetadata };

function readForm(call: FapiCall, signUp: SignUp): SignUpChanges {
  const changes: SignUpChanges = {};
  const ticket = call.field("ticket");
  const email = call.field("email_address");
  const password = call.field("password");
  if (ticket) Object.assign(changes, readTicket(call, ticket));
  else if (email !== undefined) Object.assign(changes, readEmail({ call, signUp, email }));
  if (password !== undefined) changes.password = hashPassword(password);
  if (call.form.has("first_name")) changes.firstName = call.field("first_name") ?? null;
  if (call.form.has("last_name")) changes.lastName = call.field("last_name") ?? null;
  const metadata = call.field("unsafe_metadata");
  if (metadata) changes.unsafeMetadata = parseMetadata(metadata, "unsafe_metadata");
  return changes;
}

function readTicket({ store }: FapiCall, ticket: string): SignUpChanges {
  const invitation = requireTicket(store, ticket);
  if (store.findUserByEmail(invitation.email)) {
    throw refused(
      "organization_invitation_identification_already_exists",
      "The email address in this invitation already exists. If it belongs to you, try signing in instead.",
    );
  }
  const verification = { strategy: "ticket", status: "verified", attempts: 0, expireAt: invitation.expiresAt } as const;
  return { invitationId: invitation.id, email: invitation.email, verification };
}

function readEmail({ call, signUp, email: address }: { call: FapiCall; signUp: SignUp; email: string }): SignUpChanges {
  const email = requireFreeEmail(call.store, address);
  if (email === signUp.email) return {};
  if (signUp.invitationId) {
    const message = "The address of an invitation cannot be changed.";
    throw badField({ field: "email_address", code: "form_param_value_invalid", message });
  }
  return { email, verification: null };
}

function prepare(call: FapiCall): Response {
  const signUp = current(call);
  if (!signUp.email) throw missingField("email_address");
  signUp.verification = sendCode({ store: call.store, to: signUp.email, strategy: "email_code" });
  return replyChanged(call, renderSignUp(signUp));
}

function attempt(call: FapiCall): Response {
  const signUp = current(call);
  attemptCode({ store: call.store, verification: signUp.verification, code: call.field("code") ?? "" });
  return finishWhenComplete(call, signUp);
}

function finishWhenComplete(call: FapiCall, signUp: SignUp): Response {
  const { email, password, verification } = signUp;
  if (!email || !password || verification?.status !== "verified") return replyChanged(call, renderSignUp(signUp));
  const { firstName, lastName, unsafeMetadata } = signUp;
  const user = createUser(call.store, { email, password, firstName, lastName, unsafeMetadata });
  const invitation = call.store.state.invitations.find(({ id }) => id === signUp.invitationId);
  if (invitation) acceptInvitation({ store: call.store, invitation, user });
  const client = call.keepClient();
  const session = startSession({ store: call.store, client, user });
  client.signUp = null;
  return replyChanged(call, renderSignUp({ ...signUp, status: "complete", userId: user.id, sessionId: session.id }));
}
