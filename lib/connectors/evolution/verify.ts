/**
 * Is a webhook from the Evolution server that we configured? Evolution signs nothing itself: it sends the headers it was given,
 * and turns a header `jwt_key` into `Authorization: Bearer <HS256 token>`, made once per event and reused by every retry. A
 * gateway in front of it may instead sign the raw body with HMAC-SHA256. Any of the three is enough, with the current secret or,
 * during a rotation, the previous one.
 */
import { errors, jwtVerify } from "jose";
import type { Verification, WebhookRequest, WebhookSecrets } from "../types.ts";

const SECRET_HEADER = "x-webhook-secret";
const SIGNATURE_HEADER = "x-signature";

/** Ten tries of Evolution end within about half an hour of the first, whose token they all carry. */
const EXPIRY_GRACE_SECONDS = 30 * 60;

type Outcome = "ok" | "mismatch" | "expired";

export async function verify(request: WebhookRequest): Promise<Verification> {
  const bearer = /^Bearer\s+(\S+)$/i.exec(request.headers.get("authorization") ?? "")?.[1];
  const header = request.headers.get(SECRET_HEADER);
  const signature = request.headers.get(SIGNATURE_HEADER);
  const checks: [Scheme, ((secret: string) => Promise<Outcome>) | null][] = [
    ["hmac", signature === null ? null : (secret) => checkSignature(signature, request.body, secret)],
    ["jwt", bearer === undefined ? null : (secret) => checkToken(bearer, secret, request.now)],
    ["header", header === null ? null : (secret) => checkHeader(header, secret)],
  ];
  let reason: "missing" | "mismatch" | "expired" = "missing";
  for (const [scheme, check] of checks) {
    if (check === null) continue;
    const result = await withEitherSecret(request.secrets, check);
    if (typeof result === "object") return { ok: true, scheme, secret: result.secret };
    reason = reason === "expired" ? reason : result;
  }
  return { ok: false, reason };
}

type Scheme = "jwt" | "header" | "hmac";

/** Both secrets are tried whatever the first one gave, so that time does not tell which one was right. */
async function withEitherSecret(
  secrets: WebhookSecrets,
  check: (secret: string) => Promise<Outcome>,
): Promise<{ secret: "current" | "previous" } | "mismatch" | "expired"> {
  const current = secrets.current === "" ? "mismatch" : await check(secrets.current);
  const previous =
    secrets.previous === undefined || secrets.previous === "" ? "mismatch" : await check(secrets.previous);
  if (current === "ok") return { secret: "current" };
  if (previous === "ok") return { secret: "previous" };
  return current === "expired" || previous === "expired" ? "expired" : "mismatch";
}

async function checkToken(token: string, secret: string, now: number): Promise<Outcome> {
  try {
    const { payload } = await jwtVerify(token, new TextEncoder().encode(secret), {
      algorithms: ["HS256"],
      clockTolerance: EXPIRY_GRACE_SECONDS,
      currentDate: new Date(now),
      requiredClaims: ["exp"],
    });
    return payload.app === "evolution" && payload.action === "webhook" ? "ok" : "mismatch";
  } catch (error) {
    return error instanceof errors.JWTExpired ? "expired" : "mismatch";
  }
}

/** Compares digests under a key that lives for one comparison: equal time whatever the two texts share. */
async function checkHeader(given: string, secret: string): Promise<Outcome> {
  const key = await crypto.subtle.generateKey({ name: "HMAC", hash: "SHA-256" }, false, ["sign", "verify"]);
  const expected = await crypto.subtle.sign("HMAC", key, new TextEncoder().encode(secret));
  return (await crypto.subtle.verify("HMAC", key, expected, new TextEncoder().encode(given))) ? "ok" : "mismatch";
}

/** `X-Signature: <hex>` or `sha256=<hex>`. */
async function checkSignature(given: string, body: Uint8Array, secret: string): Promise<Outcome> {
  const hex = /^(?:sha256=)?([0-9a-f]{64})$/i.exec(given.trim())?.[1];
  if (hex === undefined) return "mismatch";
  const signature = Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", new TextEncoder().encode(secret), algorithm, false, ["verify"]);
  return (await crypto.subtle.verify("HMAC", key, signature, new Uint8Array(body))) ? "ok" : "mismatch";
}
