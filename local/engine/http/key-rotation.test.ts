// An issuer on this machine that changes its keys while clients are connected.
import { once } from "node:events";
import { createServer } from "node:http";
import { ConvexClient, ConvexHttpClient } from "convex/browser";
import { makeFunctionReference } from "convex/server";
import { expect, onTestFinished, test, vi } from "vitest";
import { createTestIssuer, TEST_AUDIENCE, type TestIssuer } from "../auth/test-issuer.ts";
import { TestEngine } from "../sync/test-engine.ts";
import { TEST_FUNCTIONS } from "../sync/test-functions.ts";
import { startServer } from "./server.ts";

const WHO_AM_I = makeFunctionReference<"query">("messages:whoami");

/** An issuer with a website of its own; while it is down, connections end without an answer. */
async function serveIssuer(): Promise<{ issuer: TestIssuer; domain: string }> {
  const web = createServer();
  web.listen(0, "127.0.0.1");
  await once(web, "listening");
  onTestFinished(() => void web.close());
  const address = web.address();
  const domain = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
  const issuer = await createTestIssuer("RS256", domain);
  web.on("request", ({ url }, response) => {
    issuer
      .fetch(`${domain}${url}`)
      .then(async (answer) => response.writeHead(answer.status).end(await answer.text()))
      .catch(() => response.destroy());
  });
  return { issuer, domain };
}

/** An engine that accepts the issuer's tokens and finds its keys by discovery. */
async function start() {
  const { issuer, domain } = await serveIssuer();
  const provider = { type: "oidc", domain, applicationID: TEST_AUDIENCE } as const;
  const faults: unknown[] = [];
  const server = await startServer({
    engine: new TestEngine(TEST_FUNCTIONS, { authProviders: [provider] }),
    port: 0,
    sitePort: 0,

    adminKey: "local|key",
    clock: Date,
    report: (fault) => void faults.push(fault),
  });
  onTestFinished(() => server.close());
  return { issuer, url: server.url, faults };
}

test("a client whose next token is signed with the new key stays signed in on its socket", async () => {
  const { issuer, url, faults } = await start();
  const client = new ConvexClient(url, { logger: false });
  onTestFinished(() => client.close());
  const seen: unknown[] = [];
  const authenticated = vi.fn<(isAuthenticated: boolean) => void>();
  client.onUpdate(WHO_AM_I, {}, (value: unknown) => void seen.push(value));
  client.setAuth(() => issuer.sign({ sub: "ana" }), authenticated);
  await vi.waitFor(() => expect(seen.at(-1)).toBe("ana"));

  await issuer.rotate();
  client.setAuth(() => issuer.sign({ sub: "ana after" }), authenticated);
  await vi.waitFor(() => expect(seen.at(-1)).toBe("ana after"));
  expect(authenticated.mock.calls.flat()).not.toContain(false);
  expect(client.client.connectionState().connectionCount).toBe(1);
  expect(faults).toEqual([]);
});

test("who is connected stays so while the issuer is down, and known keys admit others", async () => {
  const { issuer, url } = await start();
  const asPerson = async (subject: string) => {
    const http = new ConvexHttpClient(url, { logger: false, auth: await issuer.sign({ sub: subject }) });
    return http.query(WHO_AM_I);
  };
  expect(await asPerson("ana")).toBe("ana");
  issuer.setDown(true);
  expect(await asPerson("bia")).toBe("bia");
  await issuer.rotate();
  await expect(asPerson("cai")).rejects.toThrow(/AuthProviderDiscoveryFailed.*openid-configuration/);
});
