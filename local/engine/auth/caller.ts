/** Who speaks: the caller of a request or a socket, from the token or key that came with it. */
import { createHash, timingSafeEqual } from "node:crypto";
import { asObject } from "../json.ts";
import type { Identity, JsonObject } from "../types.ts";
import { AuthFailure } from "./auth-failure.ts";
import type { Verifier } from "./providers.ts";

/** `expiresAt` in epoch ms, null for callers who do not expire. Admins may call internal functions and components. */
export type Caller = {
  identity: Identity | null;
  isAdmin: boolean;
  expiresAt: number | null;
  /** The JWT that the identity comes from. */
  token: string | null;
};

export const ANONYMOUS: Caller = { identity: null, isAdmin: false, expiresAt: null, token: null };

/** Every method throws, or rejects with, `AuthFailure`. */
export type Authenticator = {
  user(token: string): Promise<Caller>;
  /** `key` is the admin key, or `<key>:<base64 of an identity as JSON>` to act as someone. */
  admin(key: string, actingAs: JsonObject | null): Caller;
  /** The value of an Authorization header: `Bearer <token>`, `Convex <key>`, or undefined for nobody. */
  header(value: string | undefined): Promise<Caller>;
};

export function createAuthenticator({ verifier, adminKey }: { verifier: Verifier; adminKey: string }): Authenticator {
  const user = async (token: string): Promise<Caller> => {
    const { identity, expiresAt } = await verifier.verify(token);
    return { identity, isAdmin: false, expiresAt, token };
  };
  const admin = (key: string, actingAs: JsonObject | null): Caller => {
    const suffix = matchAdminKey(key, adminKey);
    const attributes = actingAs ?? (suffix === "" ? null : decodeActingAs(suffix));
    return { identity: attributes && toIdentity(attributes), isAdmin: true, expiresAt: null, token: null };
  };
  return { user, admin, header: (value) => authenticateHeader(value, { user, admin }) };
}

async function authenticateHeader(
  value: string | undefined,
  { user, admin }: Pick<Authenticator, "user" | "admin">,
): Promise<Caller> {
  if (value === undefined) return ANONYMOUS;
  const [, scheme, credentials = ""] = /^(\S+)\s+(\S.*)$/.exec(value.trim()) ?? [];
  switch (scheme?.toLowerCase()) {
    case "bearer":
      return user(credentials);
    case "convex":
      return admin(credentials, null);
    default:
      throw new AuthFailure("InvalidAuthHeader", "The Authorization header must begin with `Bearer ` or `Convex `");
  }
}

/** What follows the key and its colon; "" when nothing does. Compares in constant time. */
function matchAdminKey(given: string, expected: string): string {
  if (isSame(given, expected)) return "";
  const colon = given.lastIndexOf(":");
  if (colon !== -1 && isSame(given.slice(0, colon), expected)) return given.slice(colon + 1);
  throw new AuthFailure("BadAdminKey", "The provided admin key was invalid for this instance");
}

function isSame(a: string, b: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

function decodeActingAs(base64: string): JsonObject {
  try {
    const attributes = asObject(JSON.parse(Buffer.from(base64, "base64").toString()));
    if (attributes !== null) return attributes;
  } catch {
    // Falls through: not JSON is refused like JSON that is not an object.
  }
  throw new AuthFailure("BadAdminKey", "The identity after the admin key must be a JSON object in base64");
}

function toIdentity(attributes: JsonObject): Identity {
  const { issuer, subject, tokenIdentifier } = attributes;
  if (typeof issuer !== "string" || typeof subject !== "string") {
    throw new AuthFailure("BadAdminKey", "An identity to act as needs an issuer and a subject");
  }
  const identifier = typeof tokenIdentifier === "string" ? tokenIdentifier : `${issuer}|${subject}`;
  return { ...attributes, issuer, subject, tokenIdentifier: identifier };
}
