import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, type KeyObject } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** Stands for the instance: the key's id and the `instance_id` of webhooks. */
export const INSTANCE_ID = "ins_emulator";

export type SigningKeys = {
  publicKeyPem: string;
  jwks: { keys: Record<string, unknown>[] };
  /** Signs a JWT with RS256. `header` adds to alg, kid and typ. */
  signJwt(payload: Record<string, unknown>, header?: Record<string, unknown>): string;
};

/** The instance's RSA key, made at the first start and kept: a verifier may hold on to it. */
export function loadSigningKeys(path: string): SigningKeys {
  if (!existsSync(path)) createKeyFile(path);
  const privateKey = createPrivateKey(readFileSync(path));
  const publicKey = createPublicKey(privateKey);
  return {
    publicKeyPem: publicKey.export({ type: "spki", format: "pem" }).toString(),
    jwks: { keys: [{ ...publicKey.export({ format: "jwk" }), use: "sig", alg: "RS256", kid: INSTANCE_ID }] },
    signJwt: (payload, header = {}) => signJwt({ privateKey, payload, header }),
  };
}

function createKeyFile(path: string): void {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, privateKey.export({ type: "pkcs8", format: "pem" }), { mode: 0o600 });
}

type Jwt = { privateKey: KeyObject; payload: Record<string, unknown>; header: Record<string, unknown> };

function signJwt({ privateKey, payload, header }: Jwt): string {
  const parts = [{ alg: "RS256", kid: INSTANCE_ID, typ: "JWT", ...header }, payload];
  const input = parts.map((part) => Buffer.from(JSON.stringify(part)).toString("base64url")).join(".");
  return `${input}.${sign("RSA-SHA256", Buffer.from(input), privateKey).toString("base64url")}`;
}
