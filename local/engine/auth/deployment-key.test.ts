import { createPublicKey, verify } from "node:crypto";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { storeWith } from "../store/testing.ts";
import { DeploymentKey } from "./deployment-key.ts";

const JWKS = z.object({ keys: z.tuple([z.record(z.string(), z.string())]) });
const only = (jwks: unknown) => JWKS.parse(jwks).keys[0];

function isSignedBy(token: string, jwk: Record<string, string>): boolean {
  const [header = "", claims = "", signature = ""] = token.split(".");
  const key = createPublicKey({ key: jwk, format: "jwk" });
  const text = Buffer.from(`${header}.${claims}`);
  return verify("sha256", text, { key, dsaEncoding: "ieee-p1363" }, Buffer.from(signature, "base64url"));
}

describe("a deployment's key", () => {
  it("is one for each store, whoever asks first and however often", () => {
    const store = storeWith();
    const published = only(new DeploymentKey().jwks(store));
    const { value: token } = store.write((tx) => new DeploymentKey().sign(tx, { sub: "ana" }));
    expect(isSignedBy(token, published)).toBe(true);
    expect(only(new DeploymentKey().jwks(store))).toEqual(published);
    expect(isSignedBy(token, only(new DeploymentKey().jwks(storeWith())))).toBe(false);
  });

  it("shows its public half alone", () => {
    const published = only(new DeploymentKey().jwks(storeWith()));
    expect(Object.keys(published).toSorted()).toEqual(["alg", "crv", "kid", "kty", "use", "x", "y"]);
    expect(published).toMatchObject({ alg: "ES256", crv: "P-256", kty: "EC", use: "sig" });
  });

  it("that was made by a transaction which failed is not used by the next one", () => {
    const store = storeWith();
    const key = new DeploymentKey();
    let lost = "";
    const fail = () =>
      store.write((tx) => {
        lost = key.sign(tx, {});
        throw new Error("undone");
      });
    expect(fail).toThrow("undone");
    const { value: kept } = store.write((tx) => key.sign(tx, {}));
    const published = only(key.jwks(store));
    expect([isSignedBy(lost, published), isSignedBy(kept, published)]).toEqual([false, true]);
  });
});
