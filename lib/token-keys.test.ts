import { describe, expect, it } from "vitest";
import { createTokenKeys, parseTokenKey } from "./token-keys.ts";

describe("a new key pair", () => {
  it("is read back from the environment under the id it was made with", async () => {
    const { privateKey } = await createTokenKeys("k1");
    expect(parseTokenKey(privateKey)).toMatchObject({ kty: "EC", crv: "P-256", kid: "k1" });
    expect(privateKey).not.toContain("\n");
  });

  it("publishes the public half only", async () => {
    const { privateKey, jwks } = await createTokenKeys("k1");
    const key = parseTokenKey(privateKey);
    const [head, encoded = ""] = jwks.split(",");
    expect(head).toBe("data:application/json;base64");
    expect(JSON.parse(Buffer.from(encoded, "base64").toString())).toEqual({
      keys: [{ kty: "EC", crv: "P-256", kid: "k1", alg: "ES256", use: "sig", x: key?.x, y: key?.y }],
    });
  });
});

describe("a private key that is none", () => {
  it.each([
    "",
    "secret",
    "{}",
    "null",
    '{"kty":"RSA","kid":"k1"}',
    '{"kty":"EC","crv":"P-256","x":"a","y":"b","d":"c"}',
  ])("is not read: %s", (text) => {
    expect(parseTokenKey(text)).toBeNull();
  });

  it("is not read without its secret part", async () => {
    const { d: _d, ...published } = JSON.parse((await createTokenKeys("k1")).privateKey);
    expect(parseTokenKey(JSON.stringify(published))).toBeNull();
  });
});
