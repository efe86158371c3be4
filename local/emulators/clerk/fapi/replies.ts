import { activeSessions } from "../sessions.ts";
import { displayName, imageUrl, renderPublicUser, renderUserForClient } from "../shapes.ts";
import type { Client, Session, SignIn, SignUp, User, Verification } from "../state.ts";
import { factorAge, signSessionToken } from "../tokens.ts";
import { renderVerification } from "../verification.ts";
import type { FapiCall } from "./fapi.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/** The answer to a change: what was changed, and the whole client, from which the browser updates itself. */
export function replyChanged(call: FapiCall, response: unknown): Response {
  return Response.json({ response, client: renderClient(call) });
}

/** The answer to a question. */
export function reply(response: unknown): Response {
  return Response.json({ response });
}

/** One page of a list, by the query's `limit` and `offset`. */
export function replyPage<Item>(call: FapiCall, items: readonly Item[]): Response {
  return reply(page(call.call.query, items));
}

export function page<Item>(query: URLSearchParams, items: readonly Item[]): { data: Item[]; total_count: number } {
  const offset = Number(query.get("offset") ?? 0) || 0;
  const limit = Number(query.get("limit") ?? 10) || 10;
  return { data: items.slice(offset, offset + limit), total_count: items.length };
}

export function renderClient(call: FapiCall) {
  const { client, store } = call;
  return {
    object: "client",
    id: client.id,
    sessions: activeSessions(store, client).map((session) => renderSession(call, session)),
    sign_in: client.signIn && renderSignIn(call, client.signIn),
    sign_up: client.signUp && renderSignUp(client.signUp),
    last_active_session_id: activeSessionId(call, client),
    last_authentication_strategy: null,
    cookie_expires_at: null,
    captcha_bypass: true,
    created_at: client.createdAt,
    updated_at: client.updatedAt,
  };
}

function activeSessionId({ store }: FapiCall, client: Client): string | null {
  const ids = activeSessions(store, client).map((session) => session.id);
  return ids.find((id) => id === client.lastActiveSessionId) ?? null;
}

export function renderSession(call: FapiCall, session: Session) {
  const user = call.store.requireUser(session.userId);
  return {
    object: "session",
    id: session.id,
    status: session.status,
    expire_at: session.expireAt,
    abandon_at: session.expireAt + 23 * DAY_MS,
    last_active_at: session.lastActiveAt,
    last_active_organization_id: session.organizationId,
    actor: null,
    tasks: null,
    factor_verification_age: factorAge(call.store, session),
    user: renderUserForClient(call.store, user),
    public_user_data: renderPublicUser(user),
    last_active_token: { object: "token", jwt: signSessionToken(call.source, { session, origin: call.origin }) },
    created_at: session.createdAt,
    updated_at: session.updatedAt,
  };
}

export function renderSignIn(call: FapiCall, signIn: SignIn) {
  const user = call.store.findUser(signIn.userId);
  return {
    object: "sign_in",
    id: signIn.id,
    status: signIn.status,
    supported_identifiers: ["email_address"],
    identifier: signIn.identifier,
    user_data: user ? renderUserData(user) : null,
    supported_first_factors: user ? firstFactors(user) : null,
    supported_second_factors: null,
    first_factor_verification: signIn.verification && renderVerification(signIn.verification),
    second_factor_verification: null,
    created_session_id: signIn.sessionId,
    abandon_at: signIn.createdAt + DAY_MS,
  };
}

function renderUserData(user: User) {
  const { first_name, last_name, image_url, has_image } = renderPublicUser(user);
  return { first_name, last_name, image_url: image_url || imageUrl(user.id, displayName(user)), has_image };
}

function firstFactors(user: User) {
  const address = { safe_identifier: user.email, email_address_id: user.emailId, primary: true };
  const byCode = { strategy: "email_code", ...address };
  if (!user.password) return [byCode];
  return [{ strategy: "password" }, byCode, { strategy: "reset_password_email_code", ...address }];
}

export function renderSignUp(signUp: SignUp) {
  const missing = [signUp.email ? "" : "email_address", signUp.password ? "" : "password"].filter(Boolean);
  const verified = signUp.verification?.status === "verified";
  return {
    object: "sign_up",
    id: signUp.id,
    status: signUp.status,
    required_fields: ["email_address", "password"],
    optional_fields: ["first_name", "last_name"],
    missing_fields: missing,
    unverified_fields: signUp.email && !verified ? ["email_address"] : [],
    verifications: {
      email_address: renderSignUpVerification(signUp.verification),
      phone_number: null,
      web3_wallet: null,
      external_account: null,
    },
    username: null,
    first_name: signUp.firstName,
    last_name: signUp.lastName,
    email_address: signUp.email,
    phone_number: null,
    web3_wallet: null,
    external_account_strategy: null,
    external_account: null,
    has_password: signUp.password !== null,
    unsafe_metadata: signUp.unsafeMetadata,
    public_metadata: {},
    custom_action: false,
    created_session_id: signUp.sessionId,
    created_user_id: signUp.userId,
    abandon_at: signUp.createdAt + DAY_MS,
    legal_accepted_at: null,
    locale: null,
  };
}

/** The strategy stays null until a code was asked for: the sign-up page asks for one only then. */
function renderSignUpVerification(verification: Verification | null) {
  const common = { object: "verification", id: "ver_email", supported_strategies: ["email_code"] };
  if (!verification) {
    return {
      ...common,
      status: "unverified",
      strategy: null,
      attempts: null,
      expire_at: null,
      error: null,
      next_action: "needs_prepare",
    };
  }
  const next = verification.status === "verified" ? "" : "needs_attempt";
  return { ...renderVerification(verification), ...common, next_action: next };
}
