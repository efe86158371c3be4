import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  pbkdf2Sync,
  timingSafeEqual,
} from "node:crypto";
import { property } from "./foreign.ts";

/**
 * The part of `crypto.subtle` that queries and mutations may use: what gives the same answer for the same input. It
 * answers at once, because a function's realm cannot wait. Every operation throws for what it does not know.
 */
export const subtleOperations = ["digest", "importKey", "sign", "verify", "deriveBits", "encrypt", "decrypt"] as const;

export type SubtleOperation = (typeof subtleOperations)[number];

/** What `importKey` gives out; the key's bytes stay on this side. */
class FunctionKey {
  readonly type = "secret";
  readonly extractable = false;
  readonly algorithm: {
    readonly name: string;
    readonly hash: { readonly name: string } | undefined;
  };
  readonly usages: readonly string[];
  readonly #bytes: Uint8Array;

  constructor({
    name,
    hash,
    usages,
    bytes,
  }: {
    name: string;
    hash: string | undefined;
    usages: string[];
    bytes: Uint8Array;
  }) {
    this.algorithm = { name, hash: hash === undefined ? undefined : { name: hash } };
    this.usages = usages;
    this.#bytes = bytes;
  }

  /** The bytes of a key made for `algorithm` and `usage`. */
  static bytes(candidate: unknown, { algorithm, usage }: { algorithm: string; usage: string }): Uint8Array {
    if (!(candidate instanceof FunctionKey)) throw new TypeError("Expected a CryptoKey that importKey() gave");
    if (candidate.algorithm.name !== algorithm)
      throw new Error(`The key is for ${candidate.algorithm.name}, not ${algorithm}`);
    if (!candidate.usages.includes(usage)) throw new Error(`The key's usages do not include ${usage}`);
    return candidate.#bytes;
  }

  static hash(candidate: unknown): string {
    const hash = candidate instanceof FunctionKey ? candidate.algorithm.hash?.name : undefined;
    return hash ?? "SHA-256";
  }
}

const KEY_ALGORITHMS = ["HMAC", "PBKDF2", "HKDF", "AES-GCM"];
const HASHES = ["SHA-1", "SHA-256", "SHA-384", "SHA-512"];

/** Runs one operation with the arguments that `crypto.subtle` takes; bytes come back as an `ArrayBuffer`. */
export function runSubtle(operation: SubtleOperation, args: readonly unknown[]): unknown {
  const [first, second, third, fourth, fifth] = args;
  switch (operation) {
    case "digest":
      return buffer(
        createHash(nodeHash(algorithmName(first)))
          .update(bytesOf(second))
          .digest(),
      );
    case "importKey":
      return importKey({ format: first, material: second, algorithm: third, usages: fifth });
    case "sign":
      return buffer(hmac({ algorithm: first, key: second, message: third, usage: "sign" }));
    case "verify": {
      const expected = hmac({ algorithm: first, key: second, message: fourth, usage: "verify" });
      const signature = bytesOf(third);
      return signature.length === expected.length && timingSafeEqual(signature, expected);
    }
    case "deriveBits":
      return buffer(deriveBits({ algorithm: first, key: second, bits: third }));
    case "encrypt":
      return buffer(encrypt(first, second, third));
    case "decrypt":
      return buffer(decrypt(first, second, third));
  }
}

type KeyImport = { format: unknown; material: unknown; algorithm: unknown; usages: unknown };

function importKey({ format, material, algorithm, usages }: KeyImport): FunctionKey {
  const name = algorithmName(algorithm);
  if (!KEY_ALGORITHMS.includes(name)) {
    throw new Error(
      `crypto.subtle.importKey() for ${name} is not supported by the local engine in queries and mutations yet`,
    );
  }
  const hash = name === "HMAC" ? algorithmName(property(algorithm, "hash")) : undefined;
  return new FunctionKey({
    name,
    hash,
    usages: listOfText(usages),
    bytes: keyBytes(format, material),
  });
}

function keyBytes(format: unknown, material: unknown): Uint8Array {
  if (format === "raw") return Uint8Array.from(bytesOf(material));
  const encoded = property(material, "k");
  if (format === "jwk" && typeof encoded === "string") return Buffer.from(encoded, "base64url");
  throw new Error(`Key format ${String(format)} is not supported by the local engine in queries and mutations yet`);
}

type Hmac = { algorithm: unknown; key: unknown; message: unknown; usage: "sign" | "verify" };

function hmac({ algorithm, key, message, usage }: Hmac): Uint8Array {
  const bytes = FunctionKey.bytes(key, { algorithm: algorithmName(algorithm), usage });
  return createHmac(nodeHash(FunctionKey.hash(key)), bytes)
    .update(bytesOf(message))
    .digest();
}

function deriveBits({ algorithm, key, bits }: { algorithm: unknown; key: unknown; bits: unknown }): Uint8Array {
  const name = algorithmName(algorithm);
  const bytes = FunctionKey.bytes(key, { algorithm: name, usage: "deriveBits" });
  const hash = nodeHash(algorithmName(property(algorithm, "hash")));
  const salt = bytesOf(property(algorithm, "salt"));
  const length = Number(bits) / 8;
  if (name === "PBKDF2") return pbkdf2Sync(bytes, salt, Number(property(algorithm, "iterations")), length, hash);
  return new Uint8Array(hkdfSync(hash, bytes, salt, bytesOf(property(algorithm, "info")), length));
}

const TAG_LENGTH = 16;

function encrypt(algorithm: unknown, key: unknown, message: unknown): Uint8Array {
  const bytes = cipherKey(algorithm, key, "encrypt");
  const cipher = createCipheriv(cipherName(bytes), bytes, bytesOf(property(algorithm, "iv")));
  const additional = property(algorithm, "additionalData");
  if (additional !== undefined) cipher.setAAD(bytesOf(additional));
  return Buffer.concat([cipher.update(bytesOf(message)), cipher.final(), cipher.getAuthTag()]);
}

function decrypt(algorithm: unknown, key: unknown, message: unknown): Uint8Array {
  const bytes = cipherKey(algorithm, key, "decrypt");
  const sealed = bytesOf(message);
  const decipher = createDecipheriv(cipherName(bytes), bytes, bytesOf(property(algorithm, "iv")));
  const additional = property(algorithm, "additionalData");
  if (additional !== undefined) decipher.setAAD(bytesOf(additional));
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG_LENGTH));
  return Buffer.concat([decipher.update(sealed.subarray(0, sealed.length - TAG_LENGTH)), decipher.final()]);
}

/** The key for AES-GCM with a tag of the usual length, the one cipher that there is. */
function cipherKey(algorithm: unknown, key: unknown, usage: "encrypt" | "decrypt"): Uint8Array {
  const name = algorithmName(algorithm);
  const tagLength = property(algorithm, "tagLength") ?? TAG_LENGTH * 8;
  if (name !== "AES-GCM" || tagLength !== TAG_LENGTH * 8) {
    throw new Error(
      `crypto.subtle.${usage}() by ${name} with a tag of ${JSON.stringify(tagLength)} bits is not supported by the local engine in queries and mutations yet`,
    );
  }
  return FunctionKey.bytes(key, { algorithm: name, usage });
}

function cipherName(key: Uint8Array): "aes-128-gcm" | "aes-192-gcm" | "aes-256-gcm" {
  if (key.length === 32) return "aes-256-gcm";
  if (key.length === 24) return "aes-192-gcm";
  return "aes-128-gcm";
}

function algorithmName(algorithm: unknown): string {
  const name = typeof algorithm === "string" ? algorithm : property(algorithm, "name");
  if (typeof name !== "string") throw new TypeError("Expected the name of an algorithm");
  return name.toUpperCase();
}

/** As Node names it: `sha256`. Node knows many that the web does not. */
function nodeHash(name: string): string {
  if (!HASHES.includes(name)) throw new Error(`Unrecognized hash algorithm ${name}`);
  return name.replace("-", "").toLowerCase();
}

function bytesOf(source: unknown): Uint8Array {
  if (ArrayBuffer.isView(source)) return new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
  if (source instanceof ArrayBuffer) return new Uint8Array(source);
  throw new TypeError("Expected an ArrayBuffer or a typed array");
}

function buffer(bytes: Uint8Array): ArrayBuffer {
  return Uint8Array.from(bytes).buffer;
}

function listOfText(source: unknown): string[] {
  return Array.isArray(source) ? source.map(String) : [];
}
