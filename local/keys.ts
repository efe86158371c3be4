import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { createTokenKeys } from "../lib/token-keys.ts";

const keysSchema = z.object({
  /** Lets the CLI and the seed call internal functions of the engine. */
  adminKey: z.string(),
  /** What the app shows the Clerk emulator. */
  clerkSecretKey: z.string(),
  /** What the Clerk emulator signs its webhooks with. */
  clerkSigningSecret: z.string(),
  /** Values of QIFY_TOKEN_PRIVATE_KEY and QIFY_TOKEN_JWKS. */
  tokenPrivateKey: z.string(),
  tokenJwks: z.string(),
  /** Value of QIFY_ENCRYPTION_KEYS. */
  encryptionKeys: z.string(),
});

/** Secrets of one local world, made at its first start and kept: what was signed or encrypted stays readable. */
export type Keys = z.infer<typeof keysSchema>;

/** The keys of a directory. A file from before some key existed gets that key and keeps the others. */
export async function loadKeys(directory: string): Promise<Keys> {
  const path = join(directory, "keys.json");
  const kept = keysSchema.partial().parse(existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : {});
  const complete = keysSchema.safeParse(kept);
  if (complete.success) return complete.data;
  // The halves of the pair belong together.
  const { tokenPrivateKey: _private, tokenJwks: _published, ...others } = kept;
  const keys = { ...(await makeKeys()), ...(kept.tokenPrivateKey && kept.tokenJwks ? kept : others) };
  writeFileSync(path, JSON.stringify(keys, null, 2), { mode: 0o600 });
  return keys;
}

async function makeKeys(): Promise<Keys> {
  const token = await createTokenKeys("local");
  return {
    adminKey: `local|${randomBytes(32).toString("hex")}`,
    clerkSecretKey: `sk_test_${randomBytes(20).toString("hex")}`,
    clerkSigningSecret: `whsec_${randomBytes(24).toString("base64")}`,
    tokenPrivateKey: token.privateKey,
    tokenJwks: token.jwks,
    encryptionKeys: `local:${randomBytes(32).toString("base64")}`,
  };
}
