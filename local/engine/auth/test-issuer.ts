/** A token issuer for tests: signs with a key of its own and publishes it as production issuers do. */
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from "jose";
import type { AuthProvider, JsonObject } from "../types.ts";

export const TEST_ISSUER = "https://issuer.test";
export const TEST_AUDIENCE = "app";

type SigningKey = { kid: string; privateKey: CryptoKey; publicJwk: JWK };

export type TestIssuer = {
  /** Valid for an hour from `nowMs` unless the claims say otherwise; a claim set to null is left out. */
  sign: (claims?: JsonObject, nowMs?: number) => Promise<string>;
  /** From now on signs with, and publishes, another key. */
  rotate: () => Promise<void>;
  jwks: () => string;
  /** A customJwt provider whose keys travel inside its URL. */
  provider: () => AuthProvider;
  /** The issuer's website: OpenID configuration and keys. `requests` lists what was asked for. */
  fetch: typeof fetch;
  requests: string[];
  setDown: (isDown: boolean) => void;
  /** What its OpenID configuration says from now on that it is. */
  claimToBe: (issuer: string) => void;
};

export async function createTestIssuer(
  algorithm: "RS256" | "ES256" = "RS256",
  issuer: string = TEST_ISSUER,
): Promise<TestIssuer> {
  let key = await newKey(algorithm, "key-1");
  let isDown = false;
  let claimed = issuer;
  const requests: string[] = [];
  const jwks = (): string => JSON.stringify({ keys: [key.publicJwk] });
  return {
    jwks,
    requests,
    setDown: (down) => void (isDown = down),
    claimToBe: (other) => void (claimed = other),
    sign: (claims = {}, nowMs = Date.now()) => sign({ key, algorithm, nowMs, claims: { iss: issuer, ...claims } }),
    rotate: async () => void (key = await newKey(algorithm, `${key.kid}-next`)),
    provider: () => ({
      type: "customJwt",
      issuer,
      applicationID: TEST_AUDIENCE,
      algorithm,
      jwks: `data:application/json;base64,${Buffer.from(jwks()).toString("base64")}`,
    }),
    fetch: async (input) => {
      const url = input instanceof Request ? input.url : String(input);
      requests.push(url);
      if (isDown) throw new TypeError("connect ECONNREFUSED");
      if (url === `${issuer}/.well-known/openid-configuration`) {
        return Response.json({ issuer: claimed, jwks_uri: `${issuer}/keys` });
      }
      return url === `${issuer}/keys` ? new Response(jwks()) : new Response("", { status: 404 });
    },
  };
}

async function newKey(algorithm: string, kid: string): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair(algorithm, { extractable: true });
  return { kid, privateKey, publicJwk: { ...(await exportJWK(publicKey)), kid, alg: algorithm, use: "sig" } };
}

function sign(options: { key: SigningKey; algorithm: string; claims: JsonObject; nowMs: number }): Promise<string> {
  const { key, algorithm, claims, nowMs } = options;
  const iat = Math.floor(nowMs / 1000);
  const standard = { aud: TEST_AUDIENCE, sub: "user-1", iat, exp: iat + 3600 };
  const given = Object.entries({ ...standard, ...claims }).filter(([, value]) => value !== null);
  const header = { alg: algorithm, kid: key.kid };
  return new SignJWT(Object.fromEntries(given)).setProtectedHeader(header).sign(key.privateKey);
}
