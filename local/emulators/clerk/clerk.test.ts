import { readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { describeInstance } from "./instance.ts";
import { startTestClerk, TEST_SEED, TestBrowser } from "./testing.ts";

let clerk: Awaited<ReturnType<typeof startTestClerk>>;

beforeEach(async () => {
  clerk = await startTestClerk();
});
afterEach(() => clerk.close());

describe("the emulator", () => {
  it("has exactly the routes that its README lists", () => {
    const readme = readFileSync(new URL("./README.md", import.meta.url), "utf8");
    const documented = [...readme.matchAll(/^\| `(GET|POST|PUT|PATCH|DELETE) (\S+)` +\|/gm)].map(
      ([, method, path]) => `${method} ${path}`,
    );
    const served = clerk.emulator.routes().map(({ method, pattern }) => `${method} ${pattern}`);
    expect(documented.toSorted()).toEqual(served.toSorted());
  });

  it("says which routes it does not have, and remembers who asked", async () => {
    const unknown = await fetch(`${clerk.url}/v1/me/email_addresses?_method=PUT`, { method: "POST" });
    expect([unknown.status, (await unknown.json()).errors[0].code]).toEqual([404, "emulator_unknown_route"]);
    const { unknownRoutes } = await (await fetch(`${clerk.url}/_inspect`)).json();
    expect(unknownRoutes).toMatchObject([{ method: "PUT", path: "/v1/me/email_addresses" }]);
  });

  it("is itself again after a restart: people, sessions, keys", async () => {
    const browser = new TestBrowser(clerk.url);
    await browser.signIn("sara@acme.test", "sara-long-secret");
    const { jwtPublicKeyPem, directory, clock } = clerk;
    const port = Number(new URL(clerk.url).port);
    await clerk.close();
    clerk = await startTestClerk({ directory, clock, port });
    expect(clerk.jwtPublicKeyPem).toBe(jwtPublicKeyPem);
    expect((await browser.get("/v1/me")).body.response.id).toBe("user_sara");
    expect(clerk.emulator.store.state.users).toHaveLength(TEST_SEED.users.length);
  });

  it("starts over on request, with what was seeded", async () => {
    const browser = new TestBrowser(clerk.url);
    await browser.signIn("sara@acme.test", "sara-long-secret");
    await browser.post("/v1/organizations", { name: "Short-lived" });
    await fetch(`${clerk.url}/_reset`, { method: "POST" });
    expect((await browser.get("/v1/me")).status).toBe(401);
    const { organizations, sessions } = await (await fetch(`${clerk.url}/_inspect`)).json();
    expect([organizations.map(({ id }: { id: string }) => id), sessions]).toEqual([["org_acme", "org_globex"], []]);
  });

  it("shows the mails it would have sent, but no password and no secret of a session", async () => {
    const browser = new TestBrowser(clerk.url);
    const { body } = await browser.post("/v1/client/sign_ups", { email_address: "new@acme.test" });
    await browser.post(`/v1/client/sign_ups/${body.response.id}/prepare_verification`, { strategy: "email_code" });
    const text = await (await fetch(`${clerk.url}/_inspect`)).text();
    expect(JSON.parse(text).emails).toMatchObject([{ to: "new@acme.test", code: "424242" }]);
    const { users, clients } = clerk.emulator.store.state;
    for (const secret of [users[0]?.password?.hash ?? "", clients[0]?.token ?? ""]) {
      expect(secret).not.toBe("");
      expect(text).not.toContain(secret);
    }
  });

  it("fails as Clerk fails when it is told to", async () => {
    const fault = { kind: "status", status: 429, retryAfterSeconds: 3, path: "/v1/client" };
    await fetch(`${clerk.url}/_fail`, { method: "POST", body: JSON.stringify(fault) });
    const limited = await fetch(`${clerk.url}/v1/client`);
    expect([limited.status, limited.headers.get("retry-after")]).toEqual([429, "3"]);
    expect((await limited.json()).errors[0].code).toBe("too_many_requests");
  });

  it("serves the installed browser bundles under any version, and nothing outside their folder", async () => {
    for (const file of ["clerk-js@6/dist/clerk.browser.js", "ui@1.2.3/dist/ui.browser.js"]) {
      const bundle = await fetch(`${clerk.url}/npm/@clerk/${file}`);
      expect([bundle.status, bundle.headers.get("content-type")]).toEqual([200, "text/javascript; charset=utf-8"]);
      expect((await bundle.text()).length).toBeGreaterThan(10_000);
    }
    for (const file of ["clerk-js@6/dist/..%2Fpackage.json", "clerk-js@6/dist/none.js", "backend@1/dist/index.js"]) {
      expect((await fetch(`${clerk.url}/npm/@clerk/${file}`)).status).toBe(404);
    }
    const picture = await fetch(`${clerk.url}/img/user_olga.svg?l=%3Cscript`);
    expect([picture.headers.get("content-type"), (await picture.text()).includes("<script")]).toEqual([
      "image/svg+xml",
      false,
    ]);
  });

  it("answers JSON with the exact content type that Clerk's SDK looks for", async () => {
    expect((await fetch(`${clerk.url}/v1/environment`)).headers.get("content-type")).toBe("application/json");
  });
});

describe("an instance", () => {
  it("follows from its address alone", () => {
    const { publishableKey, issuer, clientCookie } = describeInstance("http://127.0.0.1:3220");
    expect(Buffer.from(publishableKey.slice("pk_test_".length), "base64").toString()).toBe("127.0.0.1:3220$");
    expect([publishableKey.includes("="), issuer, clientCookie]).toEqual([
      false,
      "http://127.0.0.1:3220",
      "__client_3220",
    ]);
  });
});
