import { badField, notFound, refused } from "../errors.ts";
import { newId } from "../ids.ts";
import { acceptInvitation, requireTicket } from "../invitations.ts";
import { hashPassword } from "../passwords.ts";
import { activeSessions, startSession } from "../sessions.ts";
import type { SignIn, User } from "../state.ts";
import { requirePassword, updateUser } from "../users.ts";
import { attemptCode, sendCode } from "../verification.ts";
import type { FapiCall, FapiRoute } from "./fapi.ts";
import { renderSignIn, reply, replyChanged } from "./replies.ts";

const CODE_STRATEGIES = new Set(["email_code", "reset_password_email_code"]);

/** Signing in: by password, by a mailed code, by an invitation's ticket, and with a forgotten password. */
export function addSignInRoutes(on: FapiRoute): void {
  on("POST", "/v1/client/sign_ins", (call) => create(call));
  on("GET", "/v1/client/sign_ins/:signInId", (call) => reply(renderSignIn(call, current(call))));
  on("POST", "/v1/client/sign_ins/:signInId/prepare_first_factor", (call) => prepare(call));
  on("POST", "/v1/client/sign_ins/:signInId/attempt_first_factor", (call) => attempt(call));
  on("POST", "/v1/client/sign_ins/:signInId/reset_password", (call) => resetPassword(call));
}

/** Throws Clerk's 400: one person at a time may be signed in on a browser. */
export function requireSignedOut(call: FapiCall): void {
  if (activeSessions(call.store, call.client).length > 0) throw refused("session_exists", "You're already signed in.");
}

function create(call: FapiCall): Response {
  requireSignedOut(call);
  const ticket = call.field("ticket");
  if (ticket) return signInByTicket(call, ticket);
  const identifier = call.field("identifier");
  const signIn = begin(call, identifier);
  call.keepClient().signIn = signIn;
  const password = call.field("password");
  return identifier && password
    ? signInByPassword({ call, signIn, password })
    : replyChanged(call, renderSignIn(call, signIn));
}

function begin({ store }: FapiCall, identifier: string | undefined): SignIn {
  const user = identifier ? store.findUserByEmail(identifier) : undefined;
  if (identifier && !user) {
    throw badField({ field: "identifier", code: "form_identifier_not_found", message: "Couldn't find your account." });
  }
  return {
    id: newId("sia"),
    status: user ? "needs_first_factor" : "needs_identifier",
    identifier: identifier ?? null,
    userId: user?.id ?? null,
    verification: null,
    sessionId: null,
    createdAt: store.now(),
  };
}

/** The sign-in that the path names, which must be the client's present one. */
function current(call: FapiCall): SignIn {
  const { signIn } = call.client;
  if (signIn?.id !== call.call.param("signInId")) throw notFound("sign in");
  return signIn;
}

function prepare(call: FapiCall): Response {
  const signIn = current(call);
  const strategy = call.field("strategy") ?? "";
  if (!CODE_STRATEGIES.has(strategy)) throw invalidStrategy();
  const user = call.store.requireUser(signIn.userId);
  signIn.verification = sendCode({ store: call.store, to: user.email, strategy });
  return replyChanged(call, renderSignIn(call, signIn));
}

function attempt(call: FapiCall): Response {
  const signIn = current(call);
  const strategy = call.field("strategy") ?? "";
  if (strategy === "password") return signInByPassword({ call, signIn, password: call.field("password") ?? "" });
  if (!CODE_STRATEGIES.has(strategy)) throw invalidStrategy();
  const verification = signIn.verification?.strategy === strategy ? signIn.verification : null;
  attemptCode({ store: call.store, verification, code: call.field("code") ?? "" });
  if (strategy === "email_code") return complete({ call, signIn, user: call.store.requireUser(signIn.userId) });
  signIn.status = "needs_new_password";
  return replyChanged(call, renderSignIn(call, signIn));
}

function signInByPassword({ call, signIn, password }: { call: FapiCall; signIn: SignIn; password: string }): Response {
  const user = call.store.requireUser(signIn.userId);
  if (!user.password) throw invalidStrategy();
  requirePassword({ user, attempt: password });
  return complete({ call, signIn, user });
}

function signInByTicket(call: FapiCall, ticket: string): Response {
  const invitation = requireTicket(call.store, ticket);
  const user = call.store.findUserByEmail(invitation.email);
  if (!user) {
    throw refused(
      "organization_invitation_identification_not_exist",
      "User not found. If you don't have an account, sign up first to accept this invitation.",
    );
  }
  acceptInvitation({ store: call.store, invitation, user });
  const signIn = begin(call, user.email);
  return complete({ call, signIn, user, organizationId: invitation.organizationId });
}

function resetPassword(call: FapiCall): Response {
  const signIn = current(call);
  if (signIn.status !== "needs_new_password") {
    throw refused("client_state_invalid", "We were unable to complete reset_password for this Client.");
  }
  const user = call.store.requireUser(signIn.userId);
  updateUser({ store: call.store, user, changes: { password: hashPassword(call.field("password") ?? "") } });
  return complete({ call, signIn, user });
}

type Completion = { call: FapiCall; signIn: SignIn; user: User; organizationId?: string };

function complete({ call, signIn, user, organizationId }: Completion): Response {
  const client = call.keepClient();
  const session = startSession({ store: call.store, client, user });
  if (organizationId) session.organizationId = organizationId;
  client.signIn = null;
  return replyChanged(call, renderSignIn(call, { ...signIn, status: "complete", sessionId: session.id }));
}

function invalidStrategy() {
  return refused("strategy_for_user_invalid", "The verification strategy is not valid for this account");
}
