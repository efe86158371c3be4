import { ConvexHttpClient } from "convex/browser";
import { makeFunctionReference } from "convex/server";
import { importJWK, SignJWT } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startEngine, type RunningEngine } from "../local/engine/start.ts";
import { ServiceTokens } from "./service-token.ts";
import { createTokenKeys, parseTokenKey, type TokenKey } from "./token-keys.ts";
import { SERVICE_AUDIENCE, SERVICE_ISSUER, VISITOR_AUDIENCE, VISITOR_ISSUER } from "./tokens.ts";

const START_MS = Date.UTC(2026, 0, 5);

let key: TokenKey;
let jwks: string;

beforeAll(async () => {
  ({ key, jwks } = await newKeys());
});

describe("tokens of our own routes", () => {
  it("name the route, their audience and their key, and end after five minutes", async () => {
    const token = await new ServiceTokens(key, () => START_MS).mint("clerk-webhook");
    const [header, claims] = token.split(".").slice(0, 2).map(decode);
    expect(header).toEqual({ alg: "ES256", kid: "k1", typ: "JWT" });
    expect(claims).toEqual({
      iss: SERVICE_ISSUER,
      aud: SERVICE_AUDIENCE,
      sub: "service:clerk-webhook",
      iat: START_MS / 1000,
      exp: START_MS / 1000 + 300,
    });
  });

  it("are used again until their last minute", async () => {
    let nowMs = START_MS;
    const tokens = new ServiceTokens(key, () => nowMs);
    const first = await tokens.mint("a");
    nowMs += 240_000;
    expect(await tokens.mint("a")).toBe(first);
    nowMs += 1_000;
    const second = await tokens.mint("a");
    expect(decode(second.split(".")[1] ?? "").exp).toBe(START_MS / 1000 + 241 + 300);
  });

  it("are not shared between routes", async () => {
    const tokens = new ServiceTokens(key, () => START_MS);
    expect(await tokens.mint("a")).not.toBe(await tokens.mint("b"));
  });
});

describe("Convex, given the public half", () => {
  let engine: RunningEngine;

  beforeAll(async () => {
    const variables: Record<string, string> = {
      CLERK_JWT_ISSUER_DOMAIN: "http://127.0.0.1:9",
      QIFY_TOKEN_JWKS: jwks,
    };
    engine = await startEngine({
      directory: "convex",
      file: ":memory:",
      port: 0,
      sitePort: 0,
      adminKey: "test key",
      environment: (name) => variables[name],
      reportFault: () => {},
    });
  });
  afterAll(() => engine.close());

  const claims = { iss: SERVICE_ISSUER, aud: SERVICE_AUDIENCE, sub: "service:test" };
  const visitor = { iss: VISITOR_ISSUER, aud: VISITOR_AUDIENCE, sub: `visitor:org:${"0".repeat(32)}` };

  it("lets a minted token in", async () => {
    await expect(apply(await new ServiceTokens(key).mint("test"))).resolves.toBeNull();
  });

  it.each([
    [
      "of another audience that Convex knows",
      { ...claims, aud: VISITOR_AUDIENCE, sub: "service:test" },
      "NoAuthProvider",
    ],
    ["of a visitor", visitor, "unauthenticated"],
    ["of a visitor who says to be a service", { ...visitor, sub: "service:test" }, "unauthenticated"],
    ["of a visitor's issuer for the services' audience", { ...claims, iss: VISITOR_ISSUER }, "NoAuthProvider"],
    ["of an unknown audience", { ...claims, aud: "somebody" }, "NoAuthProvider"],
    ["of another issuer", { ...claims, iss: "https://tokens.example.com" }, "NoAuthProvider"],
    ["with another kind of subject", { ...claims, sub: "user:test" }, "unauthenticated"],
  ])("refuses one %s", async (_, otherClaims, reason) => {
    await expect(apply(await sign(key, otherClaims))).rejects.toThrow(reason);
  });

  it("refuses one that has ended", async () => {
    const lateMs = Date.now() - 301_000;
    await expect(apply(await new ServiceTokens(key, () => lateMs).mint("test"))).rejects.toThrow(/expired/i);
  });

  it("refuses one that another key signed under this key's id", async () => {
    const other = await newKeys();
    await expect(apply(await new ServiceTokens(other.key).mint("test"))).rejects.toThrow(/verif|signature|Auth/i);
  });

  it("refuses everybody who shows none", async () => {
    await expect(apply(null)).rejects.toThrow("unauthenticated");
  });

  async function apply(token: string | null): Promise<unknown> {
    const client = new ConvexHttpClient(engine.url, { logger: false });
    if (token !== null) client.setAuth(token);
    const news = { type: "organizationDeleted", clerkOrgId: "org_unknown" };
    return client.mutation(makeFunctionReference<"mutation">("organizations/clerk:apply"), { news });
  }
});

async function newKeys(): Promise<{ key: TokenKey; jwks: string }> {
  const made = await createTokenKeys("k1");
  const parsed = parseTokenKey(made.privateKey);
  if (parsed === null) throw new Error("a new key is not read back");
  return { key: parsed, jwks: made.jwks };
}

async function sign(signer: TokenKey, claims: { iss: string; aud: string; sub: string }): Promise<string> {
  const token = new SignJWT(claims).setProtectedHeader({ alg: "ES256", kid: signer.kid, typ: "JWT" });
  return token
    .setIssuedAt()
    .setExpirationTime("5m")
    .sign(await importJWK(signer, "ES256"));
}

function decode(part: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(part, "base64url").toString());
}
