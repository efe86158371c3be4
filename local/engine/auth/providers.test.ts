import { SignJWT } from "jose";
import { beforeAll, describe, expect, test } from "vitest";
import type { AuthProvider } from "../types.ts";
import { createVerifier } from "./providers.ts";
import { createTestIssuer, TEST_AUDIENCE, TEST_ISSUER, type TestIssuer } from "./test-issuer.ts";

const NOW = 1_800_000_000_000;
const OIDC: AuthProvider = { type: "oidc", domain: TEST_ISSUER, applicationID: TEST_AUDIENCE };

let issuer: TestIssuer;
beforeAll(async () => {
  issuer = await createTestIssuer();
});

function setUp(providers: readonly AuthProvider[], from: TestIssuer = issuer) {
  const clock = { time: NOW, now: () => clock.time };
  return { clock, verifier: createVerifier(() => providers, { clock, fetch: from.fetch }) };
}

const verify = (token: string, ...providers: AuthProvider[]) => setUp(providers).verifier.verify(token);
const sign = (claims = {}) => issuer.sign(claims, NOW);

describe("custom JWT", () => {
  test("a token is an identity and the moment it ends", async () => {
    await expect(verify(await sign(), issuer.provider())).resolves.toEqual({
      identity: { tokenIdentifier: `${TEST_ISSUER}|user-1`, issuer: TEST_ISSUER, subject: "user-1" },
      expiresAt: NOW + 3_600_000,
    });
  });

  test("claims keep their names, nested ones get dots, those about the token are gone", async () => {
    const claims = { given_name: "Ana", org: { id: "o1", roles: ["admin"] }, fva: [3, -1], nbf: 0, jti: "j" };
    const { identity } = await verify(await sign(claims), issuer.provider());
    expect(identity).toEqual({
      tokenIdentifier: `${TEST_ISSUER}|user-1`,
      issuer: TEST_ISSUER,
      subject: "user-1",
      given_name: "Ana",
      "org.id": "o1",
      "org.roles": ["admin"],
    });
  });

  test("keys may travel in a data URI: base64, percent-encoded or plain", async () => {
    const base = issuer.provider();
    const payloads = [
      `data:text/plain;charset=utf-8;base64,${Buffer.from(issuer.jwks()).toString("base64")}`,
      `data:application/json,${encodeURIComponent(issuer.jwks())}`,
      `data:application/json,${issuer.jwks()}`,
    ];
    for (const jwks of payloads) {
      await expect(
        verify(await sign(), { ...base, type: "customJwt", issuer: TEST_ISSUER, algorithm: "RS256", jwks }),
      ).resolves.toHaveProperty("identity");
    }
  });

  test("keys may lie at a URL", async () => {
    const provider: AuthProvider = {
      type: "customJwt",
      issuer: TEST_ISSUER,
      algorithm: "RS256",
      jwks: `${TEST_ISSUER}/keys`,
    };
    await expect(verify(await sign(), provider)).resolves.toHaveProperty("identity");
  });

  test("without an applicationID the audience is not looked at", async () => {
    const provider: AuthProvider = {
      type: "customJwt",
      issuer: TEST_ISSUER,
      algorithm: "RS256",
      jwks: `${TEST_ISSUER}/keys`,
    };
    await expect(verify(await sign({ aud: "anyone" }), provider)).resolves.toHaveProperty("identity");
    await expect(verify(await sign({ aud: null }), provider)).resolves.toHaveProperty("identity");
  });

  test("ES256 is accepted where it is configured, and only there", async () => {
    const elliptic = await createTestIssuer("ES256");
    const token = await elliptic.sign({}, NOW);
    await expect(verify(token, elliptic.provider())).resolves.toHaveProperty("identity");
    const jwks = `data:application/json,${elliptic.jwks()}`;
    await expect(
      verify(token, { type: "customJwt", issuer: TEST_ISSUER, algorithm: "RS256", jwks }),
    ).rejects.toMatchObject({
      code: "Unauthenticated",
    });
  });
});

describe("OpenID Connect", () => {
  test("standard claims get Convex's names, others keep theirs, nested objects stay whole", async () => {
    const claims = {
      given_name: "Ana",
      email_verified: true,
      picture: "p",
      locale: "pt-BR",
      o: { id: "o1", rol: "admin" },
    };
    const { identity } = await verify(await sign(claims), OIDC);
    expect(identity).toMatchObject({
      givenName: "Ana",
      emailVerified: true,
      pictureUrl: "p",
      language: "pt-BR",
      o: { id: "o1", rol: "admin" },
    });
    expect(identity).not.toHaveProperty("given_name");
  });

  test("the domain may lack its scheme and carry a slash, the issuer too", async () => {
    const domain = `${TEST_ISSUER.replace("https://", "")}/`;
    await expect(
      verify(await sign(), { ...OIDC, domain, type: "oidc", applicationID: TEST_AUDIENCE }),
    ).resolves.toHaveProperty("identity");
    const { identity } = await verify(await sign({ iss: `${TEST_ISSUER}/` }), OIDC);
    expect(identity.issuer).toBe(`${TEST_ISSUER}/`);
  });

  test("one of several audiences is enough", async () => {
    await expect(verify(await sign({ aud: ["other", TEST_AUDIENCE] }), OIDC)).resolves.toHaveProperty("identity");
  });
});

describe("refusals", () => {
  test.each(["", "word", "a.b", "a.b.c", `${btoa("{}")}.${btoa("[1]")}.x`])("%j is no token at all", async (token) => {
    await expect(verify(token, OIDC)).rejects.toMatchObject({ code: "InvalidAuthHeader" });
  });

  test.each([{ aud: "someone else" }, { aud: null }, { iss: "https://other.test" }, { iss: null }])(
    "%j matches no provider, and the message lists those there are",
    async (claims) => {
      await expect(verify(await sign(claims), OIDC)).rejects.toMatchObject({
        code: "NoAuthProvider",
        message:
          "No auth provider found matching the given token. Check that your JWT's issuer and audience match one of " +
          `your configured providers: [OIDC(domain=${TEST_ISSUER}, app_id=${TEST_AUDIENCE})]`,
      });
    },
  );

  const flawed = [
    { exp: NOW / 1000 },
    { exp: null },
    { sub: null },
    { exp: "soon" },
    { nbf: NOW / 1000 + 60 },
    { nbf: "now" },
  ];

  test.each([...flawed, { iat: null }])("%j does not verify as OpenID Connect", async (claims) => {
    await expect(verify(await sign(claims), OIDC)).rejects.toMatchObject({
      code: "Unauthenticated",
      message:
        "Could not verify OIDC token claim. Check that the token signature is valid and the token hasn't expired.",
    });
  });

  test.each(flawed)("%j does not verify as a custom JWT", async (claims) => {
    await expect(verify(await sign(claims), issuer.provider())).rejects.toMatchObject({ code: "Unauthenticated" });
  });

  test("a custom JWT needs not say when it was issued", async () => {
    await expect(verify(await sign({ iat: null }), issuer.provider())).resolves.toHaveProperty("identity");
  });

  test("an issuer's clock may be five seconds ahead; no token lives longer for it", async () => {
    const ahead = (seconds: number) => sign({ nbf: NOW / 1000 + seconds });
    await expect(verify(await ahead(5), OIDC)).resolves.toHaveProperty("identity");
    await expect(verify(await ahead(6), OIDC)).rejects.toMatchObject({ code: "Unauthenticated" });
    const ended = await sign({ exp: NOW / 1000 - 1 });
    await expect(verify(ended, OIDC)).rejects.toMatchObject({ code: "Unauthenticated" });
  });

  test("a token that someone else signed does not verify, nor one that nobody signed", async () => {
    const impostor = await createTestIssuer();
    await expect(verify(await impostor.sign({}, NOW), OIDC)).rejects.toMatchObject({ code: "Unauthenticated" });
    const [, payload] = (await sign()).split(".");
    const unsigned = `${Buffer.from(`{"alg":"none"}`).toString("base64url")}.${payload}.x`;
    for (const provider of [OIDC, issuer.provider()]) {
      await expect(verify(unsigned, provider)).rejects.toMatchObject({ code: "Unauthenticated" });
    }
  });

  test("the public key is no shared secret", async () => {
    const secret = new TextEncoder().encode(issuer.jwks());
    const claims = { iss: TEST_ISSUER, aud: TEST_AUDIENCE, sub: "user-1", iat: NOW / 1000, exp: NOW / 1000 + 60 };
    const forged = await new SignJWT(claims).setProtectedHeader({ alg: "HS256", kid: "key-1" }).sign(secret);
    for (const provider of [OIDC, issuer.provider()]) {
      await expect(verify(forged, provider)).rejects.toMatchObject({ code: "Unauthenticated" });
    }
  });
});

describe("keys", () => {
  test("are fetched once, also by callers who come at the same time", async () => {
    const own = await createTestIssuer();
    const { verifier } = setUp([OIDC], own);
    const token = await own.sign({}, NOW);
    await Promise.all([verifier.verify(token), verifier.verify(token)]);
    await verifier.verify(token);
    expect(own.requests).toEqual([`${TEST_ISSUER}/.well-known/openid-configuration`, `${TEST_ISSUER}/keys`]);
  });

  test("after a rotation the new key is found at once, also by callers who come at the same time", async () => {
    const own = await createTestIssuer();
    const { verifier } = setUp([OIDC], own);
    await verifier.verify(await own.sign({}, NOW));
    await own.rotate();
    const token = await own.sign({}, NOW);
    const verified = await Promise.all([verifier.verify(token), verifier.verify(token)]);
    expect(verified[0]).toEqual(verified[1]);
    expect(own.requests).toHaveLength(4);
  });

  test("invented key names make one request in ten seconds, whatever comes, and none is found", async () => {
    const own = await createTestIssuer();
    const { verifier, clock } = setUp([OIDC], own);
    await verifier.verify(await own.sign({}, NOW));
    const impostor = await createTestIssuer();
    await impostor.rotate();
    const invent = async () =>
      expect(verifier.verify(await impostor.sign({}, NOW))).rejects.toMatchObject({ code: "Unauthenticated" });
    for (let token = 0; token < 20; token++) await invent();
    expect(own.requests).toHaveLength(4);
    clock.time += 9_999;
    await invent();
    expect(own.requests).toHaveLength(4);
    clock.time += 1;
    await invent();
    expect(own.requests).toHaveLength(6);
    await expect(verifier.verify(await own.sign({}, NOW))).resolves.toHaveProperty("identity");
  });

  test("a key that the issuer withdrew is refused once the set is old", async () => {
    const own = await createTestIssuer();
    const { verifier, clock } = setUp([OIDC], own);
    const token = await own.sign({}, NOW);
    await verifier.verify(token);
    await own.rotate();
    clock.time += 600_000;
    await expect(verifier.verify(token)).rejects.toMatchObject({ code: "Unauthenticated" });
  });

  test("an issuer that is down gives a clear error, and is asked again a second later", async () => {
    const own = await createTestIssuer();
    const { verifier, clock } = setUp([OIDC], own);
    const token = await own.sign({}, NOW);
    own.setDown(true);
    for (let caller = 0; caller < 5; caller++) {
      await expect(verifier.verify(token)).rejects.toMatchObject({
        code: "AuthProviderDiscoveryFailed",
        message: `Auth provider discovery of ${TEST_ISSUER}/.well-known/openid-configuration failed: connect ECONNREFUSED`,
      });
    }
    expect(own.requests).toHaveLength(1);
    own.setDown(false);
    clock.time += 1_000;
    await expect(verifier.verify(token)).resolves.toHaveProperty("identity");
  });

  test("while an issuer is down, the keys that are known stay good", async () => {
    const own = await createTestIssuer();
    const { verifier, clock } = setUp([OIDC], own);
    const token = await own.sign({}, NOW);
    await verifier.verify(token);
    own.setDown(true);
    clock.time += 1_000_000;
    await expect(verifier.verify(token)).resolves.toHaveProperty("identity");
    await own.rotate();
    await expect(verifier.verify(await own.sign({}, NOW + 1_000_000))).rejects.toMatchObject({
      code: "AuthProviderDiscoveryFailed",
    });
    await expect(verifier.verify(token)).resolves.toHaveProperty("identity");
  });

  test("who answers at an issuer's address and says to be another one is not believed", async () => {
    const own = await createTestIssuer();
    own.claimToBe("https://other.test");
    await expect(setUp([OIDC], own).verifier.verify(await own.sign({}, NOW))).rejects.toMatchObject({
      code: "AuthProviderDiscoveryFailed",
      message: expect.stringContaining('it is the configuration of "https://other.test"'),
    });
    own.claimToBe(`${TEST_ISSUER}/`);
    await expect(setUp([OIDC], own).verifier.verify(await own.sign({}, NOW))).resolves.toHaveProperty("identity");
  });

  test("of another provider are no keys of this one", async () => {
    const other = await createTestIssuer("RS256", "https://second.test");
    await other.rotate();
    const { verifier } = setUp([issuer.provider(), other.provider()]);
    await expect(verifier.verify(await other.sign({}, NOW))).resolves.toHaveProperty("identity");
    const crossed = await other.sign({ iss: TEST_ISSUER }, NOW);
    await expect(verifier.verify(crossed)).rejects.toMatchObject({ code: "Unauthenticated" });
  });

  test.each([
    ["data:application/json,{", "it is not JSON"],
    ["data:application/json,{}", "it is not a JWKS"],
    [`${TEST_ISSUER}/nothing`, "it answers 404"],
  ])("a JWKS at %s is a clear error", async (jwks, reason) => {
    const provider: AuthProvider = { type: "customJwt", issuer: TEST_ISSUER, algorithm: "RS256", jwks };
    await expect(verify(await sign(), provider)).rejects.toMatchObject({
      code: "AuthProviderDiscoveryFailed",
      message: expect.stringContaining(reason),
    });
  });
});
