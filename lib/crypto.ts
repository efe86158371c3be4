/**
 * I8: credentials at rest. AES-256-GCM under a ring of keys: the first one seals, all of them open, so that a key is
 * replaced by putting a new one in front and sealing again what `isSealedByOldKey` finds. What is sealed is bound to its
 * place (organization, connection, kind): a ciphertext that is moved to another row does not open there.
 */

export type KeyRing = { sealing: Key; byId: ReadonlyMap<string, Key> };
type Key = { id: string; bytes: Uint8Array<ArrayBuffer> };

/** `ciphertext` is base64 of a 12-byte nonce, the encrypted text and a 16-byte tag. */
export type Sealed = { keyId: string; ciphertext: string };

/** Where a secret lives. Part of what is authenticated, not of what is stored. */
export type SecretPlace = { orgId: string; connectionId: string; kind: string };

const ALGORITHM = "AES-GCM";
const NONCE_BYTES = 12;
const KEY_ENTRY = /^([A-Za-z0-9_-]{1,32}):([A-Za-z0-9+/]{43}=)$/;

/** A secret that does not open: a key that is not on the ring, bytes that were changed, or another place. Says no more. */
export class SealBroken extends Error {
  override name = "SealBroken";
}

/**
 * Reads `id:base64,id:base64` (32 bytes each, the sealing key first). Throws without repeating the text: it is a secret.
 */
export function parseKeyRing(text: string): KeyRing {
  const keys = text.split(",").map((entry): Key => {
    const [, id, encoded] = KEY_ENTRY.exec(entry.trim()) ?? [];
    if (id === undefined || encoded === undefined) throw new Error("A key is `id:` and 32 bytes in base64");
    return { id, bytes: decodeBase64(encoded) };
  });
  const [sealing] = keys;
  const byId = new Map(keys.map((key) => [key.id, key]));
  if (sealing === undefined || byId.size !== keys.length) throw new Error("Two keys of the ring have one id");
  return { sealing, byId };
}

export async function seal(ring: KeyRing, { text, place }: { text: string; place: SecretPlace }): Promise<Sealed> {
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
  const key = await importKey(ring.sealing, "encrypt");
  const plain = new TextEncoder().encode(text);
  const encrypted = new Uint8Array(await crypto.subtle.encrypt(parameters(nonce, place), key, plain));
  return { keyId: ring.sealing.id, ciphertext: encodeBase64(new Uint8Array([...nonce, ...encrypted])) };
}

/** The text of a sealed secret; throws `SealBroken`. */
export async function open(ring: KeyRing, { sealed, place }: { sealed: Sealed; place: SecretPlace }): Promise<string> {
  const found = ring.byId.get(sealed.keyId);
  if (found === undefined) throw new SealBroken(`The key ${sealed.keyId} is not on the ring`);
  try {
    const bytes = decodeBase64(sealed.ciphertext);
    const key = await importKey(found, "decrypt");
    const nonce = bytes.slice(0, NONCE_BYTES);
    const plain = await crypto.subtle.decrypt(parameters(nonce, place), key, bytes.slice(NONCE_BYTES));
    return new TextDecoder("utf-8", { fatal: true }).decode(plain);
  } catch {
    throw new SealBroken("The secret was changed, or belongs to another place");
  }
}

/** Whether a secret should be sealed again, because a newer key is in front. */
export function isSealedByOldKey(ring: KeyRing, sealed: Pick<Sealed, "keyId">): boolean {
  return sealed.keyId !== ring.sealing.id;
}

function parameters(iv: Uint8Array<ArrayBuffer>, { orgId, connectionId, kind }: SecretPlace): AesGcmParams {
  const additionalData = new TextEncoder().encode(JSON.stringify([orgId, connectionId, kind]));
  return { name: ALGORITHM, iv, additionalData };
}

async function importKey(key: Key, use: "encrypt" | "decrypt"): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", key.bytes, ALGORITHM, false, [use]);
}

function encodeBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}

function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
