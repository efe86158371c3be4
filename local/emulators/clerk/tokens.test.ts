import { createClerkClient, verifyToken } from "@clerk/backend";
import { createRemoteJWKSet, jwtVerify } from "jose";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { describeInstance } from "./instance.ts";
import { startTestClerk, TEST_SECRET_KEY, TestBrowser } from "./testing.ts";

let clerk: Awaited<ReturnType<typeof startTestClerk>>;
let browser: TestBrowser;

beforeEach(async () => {
  clerk = await startTestClerk();
  browser = new TestBrowser(clerk.url);
  await browser.signIn("olga@acme.test", "olga-long-secret");
});
afterEach(() => clerk.close());

async function sessionToken(template = ""): Promise<string> {
  const { body } = await browser.get("/v1/client");
  const path = `/v1/client/sessions/${body.response.last_active_session_id}/tokens${template}`;
  return (await browser.post(path)).body.jwt;
}

describe("a token", () => {
  it("is verified by an OIDC client that knows nothing but the issuer", async () => {
    const discovery = await (await fetch(`${clerk.issuer}/.well-known/openid-configuration`)).json();
    expect(discovery.issuer).toBe(clerk.issuer);
    const keys = createRemoteJWKSet(new URL(discovery.jwks_uri));
    for (const template of ["", "/convex"]) {
      const { payload } = await jwtVerify(await sessionToken(template), keys, {
        issuer: clerk.issuer,
        audience: "convex",
        algorithms: ["RS256"],
        currentDate: new Date(clerk.clock.now()),
      });
      expect(payload.sub).toBe("user_olga");
    }
  });

  it("is verified by Clerk's SDK, over the network and with the public key alone", async () => {
    const token = await sessionToken();
    const byKey = await verifyToken(token, { jwtKey: clerk.jwtPublicKeyPem });
    const byNetwork = await verifyToken(token, { secretKey: TEST_SECRET_KEY, apiUrl: `${clerk.url}/bapi` });
    expect(byKey).toEqual(byNetwork);
    expect(byKey).toMatchObject({ sub: "user_olga", o: { id: "org_acme", rol: "owner" } });
  });
});

describe("Clerk's request authentication", () => {
  function authenticate(cookie: string) {
    const sdk = createClerkClient({
      secretKey: TEST_SECRET_KEY,
      publishableKey: clerk.publishableKey,
      apiUrl: `${clerk.url}/bapi`,
      jwtKey: clerk.jwtPublicKeyPem,
      telemetry: { disabled: true },
    });
    const headers = { cookie, accept: "text/html", "sec-fetch-dest": "document" };
    return sdk.authenticateRequest(new Request("http://127.0.0.1:3000/inbox", { headers }), {
      proxyUrl: "http://127.0.0.1:3000/__clerk",
    });
  }

  it("accepts the session cookie and reads the role from it", async () => {
    const suffix = describeInstance(clerk.url).cookieSuffix;
    const seconds = Math.floor(clerk.clock.now() / 1000);
    const token = await sessionToken();
    const state = await authenticate(
      [`__session_${suffix}=${token}`, `__client_uat_${suffix}=${seconds}`, `__clerk_db_jwt_${suffix}=dvb_x`].join(
        "; ",
      ),
    );
    expect(state.status).toBe("signed-in");
    expect(state.toAuth()).toMatchObject({ userId: "user_olga", orgId: "org_acme", orgRole: "org:owner" });
  });

  it("gets its cookies through the handshake, whose nonce works once", async () => {
    const path = `/v1/client/handshake?redirect_url=${encodeURIComponent("http://127.0.0.1:3000/inbox?a=1")}&format=nonce`;
    const { status, headers } = await browser.get(path);
    const back = new URL(headers.get("location") ?? "");
    expect([status, back.origin, back.searchParams.get("a")]).toEqual([307, "http://127.0.0.1:3000", "1"]);
    const nonce = back.searchParams.get("__clerk_handshake_nonce") ?? "";
    const first = await authenticate(`__clerk_handshake_nonce=${nonce}`);
    expect(first.headers.getSetCookie().some((line) => line.startsWith("__session=ey"))).toBe(true);
    const redeem = `${clerk.url}/bapi/v1/clients/handshake_payload?nonce=${nonce}`;
    const second = await fetch(redeem, { headers: { authorization: `Bearer ${TEST_SECRET_KEY}` } });
    expect(second.status).toBe(404);
  });

  it("does not shake hands with an address that is none", async () => {
    expect((await browser.get("/v1/client/handshake?redirect_url=nowhere")).code).toBe("invalid_redirect_url");
  });
});
