import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isSealedByOldKey, open, parseKeyRing, seal, SealBroken } from "./crypto.ts";

const FIRST = `first:${btoa("0123456789abcdef0123456789abcdef")}`;
const SECOND = `second:${btoa("fedcba9876543210fedcba9876543210")}`;
const place = { orgId: "org", connectionId: "connection", kind: "token" };

describe("a sealed secret", () => {
  it("opens to the same text, whatever the text", async () => {
    const ring = parseKeyRing(FIRST);
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "grapheme", maxLength: 200 }), async (text) => {
        expect(await open(ring, { sealed: await seal(ring, { text, place }), place })).toBe(text);
      }),
      { numRuns: 50 },
    );
  });

  it("never looks the same twice, nor shows its text", async () => {
    const ring = parseKeyRing(FIRST);
    const text = "a-token-of-a-provider";
    const [one, two] = await Promise.all([seal(ring, { text, place }), seal(ring, { text, place })]);
    expect(one.ciphertext).not.toBe(two.ciphertext);
    expect(atob(one.ciphertext)).not.toContain(text);
  });

  it.each([
    { ...place, orgId: "another organization" },
    { ...place, connectionId: "another connection" },
    { ...place, kind: "webhook" },
    // Joined without care, these two places would read the same.
    { orgId: "orgconnection", connectionId: "", kind: "token" },
  ])("does not open in another place: %o", async (other) => {
    const ring = parseKeyRing(FIRST);
    const sealed = await seal(ring, { text: "secret", place });
    await expect(open(ring, { sealed, place: other })).rejects.toThrow(SealBroken);
  });

  it("does not open when any of its bytes was changed, or cut off", async () => {
    const ring = parseKeyRing(FIRST);
    const sealed = await seal(ring, { text: "secret", place });
    const bytes = atob(sealed.ciphertext);
    for (let index = 0; index < bytes.length; index += 1) {
      const flipped = String.fromCharCode(bytes.charCodeAt(index) ^ 1);
      const ciphertext = btoa(bytes.slice(0, index) + flipped + bytes.slice(index + 1));
      await expect(open(ring, { sealed: { ...sealed, ciphertext }, place })).rejects.toThrow(SealBroken);
    }
    for (const ciphertext of ["", "AAAA", "not base64!", btoa(bytes.slice(0, -1))]) {
      await expect(open(ring, { sealed: { ...sealed, ciphertext }, place })).rejects.toThrow(SealBroken);
    }
  });
});

describe("a key ring", () => {
  it("opens what an older key sealed, and seals with the first one", async () => {
    const before = parseKeyRing(FIRST);
    const after = parseKeyRing(`${SECOND}, ${FIRST}`);
    const sealed = await seal(before, { text: "secret", place });
    expect(await open(after, { sealed, place })).toBe("secret");
    expect([isSealedByOldKey(before, sealed), isSealedByOldKey(after, sealed)]).toEqual([false, true]);
    const again = await seal(after, { text: "secret", place });
    expect(again.keyId).toBe("second");
    await expect(open(before, { sealed: again, place })).rejects.toThrow("second is not on the ring");
  });

  it("does not open with another key that took the same id", async () => {
    const sealed = await seal(parseKeyRing(FIRST), { text: "secret", place });
    const impostor = parseKeyRing(SECOND.replace("second", "first"));
    await expect(open(impostor, { sealed, place })).rejects.toThrow(SealBroken);
  });

  it.each(["", "first", `first:${btoa("too short")}`, `${FIRST},`, `${FIRST},${FIRST}`, `a b:${FIRST.slice(6)}`])(
    "refuses %j without repeating it",
    (text) => {
      expect(() => parseKeyRing(text)).toThrow(
        /^(A key is `id:` and 32 bytes in base64|Two keys of the ring have one id)$/,
      );
    },
  );
});
