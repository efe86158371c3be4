/**
 * The key pair behind Qify's own tokens. The private half is one line of JSON (a JWK) in the environment of the Next
 * server; the public half is a `data:` address in Convex's, which asks nobody for it.
 */
import { exportJWK, generateKeyPair } from "jose";
import { z } from "zod";

const ALGORITHM = "ES256";

const tokenKeySchema = z.object({
  kty: z.literal("EC"),
  crv: z.literal("P-256"),
  kid: z.string().min(1),
  x: z.string(),
  y: z.string(),
  d: z.string(),
});

/** A private P-256 key with the id that its tokens name. */
export type TokenKey = z.infer<typeof tokenKeySchema>;

/** Reads what `QIFY_TOKEN_PRIVATE_KEY` holds; null when it is not such a key. */
export function parseTokenKey(text: string): TokenKey | null {
  try {
    return tokenKeySchema.parse(JSON.parse(text));
  } catch {
    return null; // the reason would quote the secret
  }
}

/** A new pair: `privateKey` for `QIFY_TOKEN_PRIVATE_KEY`, `jwks` for `QIFY_TOKEN_JWKS`. */
export async function createTokenKeys(kid: string): Promise<{ privateKey: string; jwks: string }> {
  const pair = await generateKeyPair(ALGORITHM, { extractable: true });
  const { kty, crv, x, y, d } = await exportJWK(pair.privateKey);
  const shared = { kty, crv, kid, x, y };
  const published = { keys: [{ ...shared, alg: ALGORITHM, use: "sig" }] };
  return {
    privateKey: JSON.stringify({ ...shared, d }),
    jwks: `data:application/json;base64,${Buffer.from(JSON.stringify(published)).toString("base64")}`,
  };
}
