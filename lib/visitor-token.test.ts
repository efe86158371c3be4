import { createLocalJWKSet, jwtVerify } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { createTokenKeys, parseTokenKey, type TokenKey } from "./token-keys.ts";
import { parseVisitorSubject, SERVICE_AUDIENCE, VISITOR_AUDIENCE, VISITOR_ISSUER } from "./tokens.ts";
import { hashAddress, mintVisitorToken, newVisitorSecret, parseVisitorSecret, visitorIdOf } from "./visitor-token.ts";

const NOW = Date.UTC(2026, 0, 5);
let key: TokenKey;
let published: ReturnType<typeof createLocalJWKSet>;

beforeAll(async () => {
  const made = await createTokenKeys("k1");
  const parsed = parseTokenKey(made.privateKey);
  if (parsed === null) throw new Error("a new key is not read back");
  key = parsed;
  published = createLocalJWKSet(JSON.parse(Buffer.from(made.jwks.split(",")[1] ?? "", "base64").toString()));
});

describe("a visitor's secret", () => {
  it("is read back from its cookie, and nothing else is", () => {
    const secret = newVisitorSecret();
    expect(parseVisitorSecret(secret)).toBe(secret);
    expect(newVisitorSecret()).not.toBe(secret);
    for (const other of [undefined, "", "short", `${secret}x`, `${secret.slice(1)}!`]) {
      expect(parseVisitorSecret(other)).toBeNull();
    }
  });

  it("gives one id in one organization and another in another, and is not in it", () => {
    const secret = newVisitorSecret();
    const id = visitorIdOf(secret, "a");
    expect(id).toMatch(/^[0-9a-f]{32}$/);
    expect(visitorIdOf(secret, "a")).toBe(id);
    expect(visitorIdOf(secret, "b")).not.toBe(id);
    expect(Buffer.from(secret, "base64url").toString("hex")).not.toContain(id);
  });
});

describe("a visitor's token", () => {
  const mint = () => mintVisitorToken(key, { orgId: "org1", visitorId: "0".repeat(32), now: NOW });
  const verify = async (audience: string) =>
    jwtVerify(await mint(), published, { issuer: VISITOR_ISSUER, audience, currentDate: new Date(NOW) });

  it("names organization and visitor, and ends after a quarter of an hour", async () => {
    const { payload, protectedHeader } = await verify(VISITOR_AUDIENCE);
    expect(protectedHeader).toEqual({ alg: "ES256", kid: "k1", typ: "JWT" });
    expect(parseVisitorSubject(payload.sub ?? "")).toEqual({ orgId: "org1", visitorId: "0".repeat(32) });
    expect(payload).toMatchObject({ iat: NOW / 1000, exp: NOW / 1000 + 900 });
  });

  it("is not for services", async () => {
    await expect(verify(SERVICE_AUDIENCE)).rejects.toThrow("aud");
  });
});

it("an address is kept as a hash that no page shares with another, and that nobody makes without our key", async () => {
  const of = (address: string, slug = "acme", signer = key) => hashAddress(signer, { address, slug });
  expect(of("192.0.2.1")).toBe(of("192.0.2.1"));
  expect(of("192.0.2.1")).not.toContain("192.0.2.1");
  const other = parseTokenKey((await createTokenKeys("k2")).privateKey) ?? key;
  expect(
    new Set([of("192.0.2.1"), of("192.0.2.2"), of("192.0.2.1", "beta"), of("192.0.2.1", "acme", other)]).size,
  ).toBe(4);
});
