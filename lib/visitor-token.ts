/** Who chats on a public page: a secret in their browser's cookie, an id that everybody may see, a token for Convex. */
import { createHash, createHmac, randomBytes } from "node:crypto";
import { importJWK, SignJWT } from "jose";
import type { TokenKey } from "./token-keys.ts";
import { renderVisitorSubject, VISITOR_AUDIENCE, VISITOR_ISSUER, type VisitorSubject } from "./tokens.ts";

const LIFETIME_S = 15 * 60;

/** 256 random bits, as a cookie holds them. Whoever has it is this visitor. */
export function newVisitorSecret(): string {
  return randomBytes(32).toString("base64url");
}

/** The secret that a cookie holds; null for anything that we did not make. */
export function parseVisitorSecret(text: string | undefined): string | null {
  return text !== undefined && /^[\w-]{43}$/.test(text) ? text : null;
}

/** The visitor's id in one organization: 32 hex digits that tell nothing of the secret, and another in each organization. */
export function visitorIdOf(secret: string, orgId: string): string {
  return createHash("sha256").update(`webchat visitor\n${orgId}\n${secret}`).digest("hex").slice(0, 32);
}

/** A token for the `visitor*` functions, good for a quarter of an hour. `now` is epoch ms. */
export async function mintVisitorToken(key: TokenKey, { now, ...visitor }: VisitorSubject & { now: number }) {
  const issuedAtS = Math.floor(now / 1000);
  return new SignJWT()
    .setProtectedHeader({ alg: "ES256", kid: key.kid, typ: "JWT" })
    .setIssuer(VISITOR_ISSUER)
    .setAudience(VISITOR_AUDIENCE)
    .setSubject(renderVisitorSubject(visitor))
    .setIssuedAt(issuedAtS)
    .setExpirationTime(issuedAtS + LIFETIME_S)
    .sign(await importJWK(key, "ES256"));
}

/** An address on the internet as it may be kept: equal for equal addresses on one page, worth nothing without our key. */
export function hashAddress(key: TokenKey, { address, slug }: { address: string; slug: string }): string {
  return createHmac("sha256", `webchat address\n${key.d}`).update(`${slug}\n${address}`).digest("hex");
}
