import { webcrypto } from "node:crypto";
import { describe, expect, test } from "vitest";
import { runSubtle } from "./subtle.ts";

const encoder = new TextEncoder();
const message = encoder.encode("attack at dawn");
const secret = new Uint8Array(32).fill(7);

describe("agrees with the platform's crypto.subtle", () => {
  test.each(["SHA-1", "SHA-256", "SHA-384", "SHA-512"])("digest %s", async (name) => {
    expect(runSubtle("digest", [name, message])).toEqual(await webcrypto.subtle.digest(name, message));
  });

  test("HMAC signatures, with the key as raw bytes or JWK", async () => {
    const algorithm = { name: "HMAC", hash: "SHA-512" };
    const theirs = await webcrypto.subtle.importKey("raw", secret, algorithm, false, ["sign"]);
    const expected = await webcrypto.subtle.sign("HMAC", theirs, message);
    const jwk = { kty: "oct", k: Buffer.from(secret).toString("base64url") };
    for (const [format, material] of [["raw", secret] as const, ["jwk", jwk] as const]) {
      const key = runSubtle("importKey", [format, material, algorithm, false, ["sign", "verify"]]);
      expect(runSubtle("sign", ["HMAC", key, message])).toEqual(expected);
      expect(runSubtle("verify", ["HMAC", key, expected, message])).toBe(true);
      expect(runSubtle("verify", ["HMAC", key, new Uint8Array(3), message])).toBe(false);
    }
  });

  test.each([
    { name: "PBKDF2", hash: "SHA-256", salt: message, iterations: 1000 },
    { name: "HKDF", hash: "SHA-256", salt: message, info: encoder.encode("info") },
  ])("deriveBits $name", async (algorithm) => {
    const theirs = await webcrypto.subtle.importKey("raw", secret, algorithm.name, false, ["deriveBits"]);
    const key = runSubtle("importKey", ["raw", secret, algorithm.name, false, ["deriveBits"]]);
    const expected = await webcrypto.subtle.deriveBits(algorithm, theirs, 256);
    expect(runSubtle("deriveBits", [algorithm, key, 256])).toEqual(expected);
  });

  test.each([16, 24, 32])("AES-GCM with a key of %i bytes, both ways", async (length) => {
    const algorithm = { name: "AES-GCM", iv: new Uint8Array(12).fill(3), additionalData: encoder.encode("v1") };
    const bytes = secret.subarray(0, length);
    // 192-bit keys work in Node as in Convex's runtime.
    const theirs = await webcrypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt"]);
    const sealed = await webcrypto.subtle.encrypt(algorithm, theirs, message);
    const key = runSubtle("importKey", ["raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]]);
    expect(runSubtle("encrypt", [algorithm, key, message])).toEqual(sealed);
    expect(runSubtle("decrypt", [algorithm, key, sealed])).toEqual(Uint8Array.from(message).buffer);
    const forged = new Uint8Array(sealed).fill(0, 0, 1);
    expect(() => runSubtle("decrypt", [algorithm, key, forged])).toThrow("unable to authenticate");
  });
});

describe("refuses", () => {
  const hmac = { name: "HMAC", hash: "SHA-256" };

  test("a key for another algorithm or usage", () => {
    const key = runSubtle("importKey", ["raw", secret, hmac, false, ["verify"]]);
    expect(() => runSubtle("sign", ["HMAC", key, message])).toThrow("usages do not include sign");
    expect(() => runSubtle("decrypt", ["AES-GCM", key, message])).toThrow("The key is for HMAC, not AES-GCM");
    expect(() => runSubtle("sign", ["HMAC", { forged: true }, message])).toThrow("Expected a CryptoKey");
  });

  test.each(["MD5", "SHA-512-256", "SHA3-256"])("the hash %s, which Node has and the web has not", (hash) => {
    expect(() => runSubtle("digest", [hash, message])).toThrow(`Unrecognized hash algorithm ${hash}`);
    const key = runSubtle("importKey", ["raw", secret, { name: "HMAC", hash }, false, ["sign"]]);
    expect(() => runSubtle("sign", ["HMAC", key, message])).toThrow(`Unrecognized hash algorithm ${hash}`);
  });

  test("a cipher that it would only seem to know", () => {
    const iv = new Uint8Array(12);
    const aes = runSubtle("importKey", ["raw", secret, "AES-GCM", false, ["encrypt"]]);
    expect(() => runSubtle("encrypt", [{ name: "AES-GCM", iv, tagLength: 96 }, aes, message])).toThrow(
      "a tag of 96 bits",
    );
    const other = runSubtle("importKey", ["raw", secret, "PBKDF2", false, ["encrypt"]]);
    expect(() => runSubtle("encrypt", [{ name: "PBKDF2", iv }, other, message])).toThrow("by PBKDF2");
  });

  test("what it does not know", () => {
    expect(() => runSubtle("importKey", ["raw", secret, "RSA-PSS", false, []])).toThrow("RSA-PSS is not supported");
    expect(() => runSubtle("importKey", ["spki", secret, hmac, false, []])).toThrow("Key format spki");
    expect(() => runSubtle("digest", [undefined, message])).toThrow("name of an algorithm");
    expect(() => runSubtle("digest", ["SHA-256", "text"])).toThrow("ArrayBuffer");
  });
});
