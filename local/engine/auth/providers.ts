/** Turns a JWT into an identity, by the providers of the app's auth.config. */
import { decodeProtectedHeader, errors, jwtVerify } from "jose";
import { asObject } from "../json.ts";
import type { AuthProvider, Clock, Identity, JsonObject } from "../types.ts";
import { AuthFailure } from "./auth-failure.ts";
import { identityOfCustomJwt, identityOfOidc } from "./claims.ts";
import { canonicalIssuer } from "./issuers.ts";
import { KeyStore } from "./key-store.ts";

/** An issuer's clock may be ahead of ours by this: its token is not refused for beginning in a moment. */
const CLOCK_SKEW_S = 5;

/** `expiresAt` in epoch ms. */
export type VerifiedToken = { identity: Identity; expiresAt: number };

/** Rejects with `AuthFailure`. */
export type Verifier = { verify(token: string): Promise<VerifiedToken> };

/** `providers` is asked on every call: a reloaded app may bring others. Keys are kept as long as the verifier is. */
export function createVerifier(
  providers: () => readonly AuthProvider[],
  options: { clock: Clock; fetch: typeof fetch },
): Verifier {
  const keyStore = new KeyStore(options);
  return {
    async verify(token) {
      const claims = decodeClaims(token);
      const provider = requireProvider(providers(), claims);
      await verifySignature({ token, provider, keyStore, clock: options.clock });
      const verified = toVerifiedToken(claims, provider);
      // Only the beginning of a token's life may be uncertain: whoever is let in is let in until its end.
      if (verified.expiresAt <= options.clock.now()) throw unverified(provider);
      return verified;
    },
  };
}

/** What the token says, before anyone vouched for it. */
function decodeClaims(token: string): JsonObject {
  const [header, payload, signature] = token.split(".");
  if (!header || !payload || !signature) {
    throw new AuthFailure("InvalidAuthHeader", "Could not parse as id token: a JWT has three parts");
  }
  try {
    decodeProtectedHeader(token);
    const claims = asObject(JSON.parse(Buffer.from(payload, "base64url").toString()));
    if (claims !== null) return claims;
  } catch {
    // Falls through: not JSON is refused like JSON that is not an object.
  }
  throw new AuthFailure("InvalidAuthHeader", "Could not parse JWT payload.");
}

function requireProvider(providers: readonly AuthProvider[], claims: JsonObject): AuthProvider {
  const { iss } = claims;
  const audiences = [claims["aud"]].flat();
  const matching = providers.find(
    (provider) =>
      typeof iss === "string" &&
      canonicalIssuer(issuerOf(provider)) === canonicalIssuer(iss) &&
      (provider.applicationID === undefined || audiences.includes(provider.applicationID)),
  );
  if (matching) return matching;
  throw new AuthFailure(
    "NoAuthProvider",
    "No auth provider found matching the given token. Check that your JWT's issuer and audience match one of your " +
      `configured providers: [${providers.map(describe).join(", ")}]`,
  );
}

async function verifySignature(options: {
  token: string;
  provider: AuthProvider;
  keyStore: KeyStore;
  clock: Clock;
}): Promise<void> {
  const { token, provider, keyStore, clock } = options;
  const isOidc = provider.type === "oidc";
  const source = isOidc
    ? { issuer: canonicalIssuer(provider.domain) }
    : { jwksUrl: provider.jwks, issuer: provider.issuer };
  try {
    await jwtVerify(token, (header, jws) => keyStore.findKey(source, header, jws), {
      algorithms: isOidc ? ["RS256", "EdDSA"] : [provider.algorithm],
      requiredClaims: ["iss", "sub", "exp", ...(isOidc ? ["iat"] : [])],
      currentDate: new Date(clock.now()),
      clockTolerance: CLOCK_SKEW_S,
    });
  } catch (error) {
    if (!(error instanceof errors.JOSEError)) throw error;
    throw unverified(provider);
  }
}

function unverified({ type }: AuthProvider): AuthFailure {
  const kind = type === "oidc" ? "OIDC" : "JWT";
  return new AuthFailure(
    "Unauthenticated",
    `Could not verify ${kind} token claim. Check that the token signature is valid and the token hasn't expired.`,
  );
}

function toVerifiedToken(claims: JsonObject, provider: AuthProvider): VerifiedToken {
  const { iss, sub, exp } = claims;
  if (typeof iss !== "string" || typeof sub !== "string" || typeof exp !== "number") {
    throw new AuthFailure("Unauthenticated", "The token's iss and sub must be strings and its exp a number");
  }
  const who = { tokenIdentifier: `${iss}|${sub}`, issuer: iss, subject: sub };
  const identity = provider.type === "oidc" ? identityOfOidc(who, claims) : identityOfCustomJwt(who, claims);
  return { identity, expiresAt: exp * 1000 };
}

function issuerOf(provider: AuthProvider): string {
  return provider.type === "oidc" ? provider.domain : provider.issuer;
}

function describe(provider: AuthProvider): string {
  const kind = provider.type === "oidc" ? "OIDC(domain" : "CustomJWT(issuer";
  return `${kind}=${canonicalIssuer(issuerOf(provider))}, app_id=${provider.applicationID ?? "any"})`;
}
