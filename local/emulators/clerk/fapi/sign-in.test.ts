import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startTestClerk, TestBrowser } from "../testing.ts";

let clerk: Awaited<ReturnType<typeof startTestClerk>>;
let browser: TestBrowser;

beforeEach(async () => {
  clerk = await startTestClerk();
  browser = new TestBrowser(clerk.url);
});
afterEach(() => clerk.close());

async function identify(email = "olga@acme.test"): Promise<string> {
  const { body } = await browser.post("/v1/client/sign_ins", { identifier: email });
  return `/v1/client/sign_ins/${body.response.id}`;
}

describe("signing in", () => {
  it("takes the address, refuses a wrong password and lets the right one in", async () => {
    const signIn = await identify();
    const wrong = await browser.post(`${signIn}/attempt_first_factor`, { strategy: "password", password: "nope-nope" });
    expect([wrong.status, wrong.code, wrong.body.errors[0].meta]).toEqual([
      422,
      "form_password_incorrect",
      { param_name: "password" },
    ]);
    const right = await browser.post(`${signIn}/attempt_first_factor`, {
      strategy: "password",
      password: "olga-long-secret",
    });
    expect(right.body.response).toMatchObject({
      status: "complete",
      created_session_id: expect.stringMatching(/^sess_/),
    });
    expect(right.body.client.sessions[0]).toMatchObject({
      last_active_organization_id: "org_acme",
      user: { id: "user_olga", organization_memberships: [{ role: "org:owner" }, { role: "org:sdr" }] },
    });
  });

  it("refuses an unknown address, and a second person while one is signed in", async () => {
    expect((await browser.post("/v1/client/sign_ins", { identifier: "nobody@acme.test" })).code).toBe(
      "form_identifier_not_found",
    );
    await browser.signIn("olga@acme.test", "olga-long-secret");
    const second = await browser.signIn("adam@acme.test", "adam-long-secret");
    expect([second.status, second.code]).toEqual([400, "session_exists"]);
  });

  it("works with a mailed code, which dies after three wrong tries and after ten minutes", async () => {
    const signIn = await identify();
    const attempt = (code: string) => browser.post(`${signIn}/attempt_first_factor`, { strategy: "email_code", code });
    expect((await attempt("424242")).code).toBe("verification_missing");
    await browser.post(`${signIn}/prepare_first_factor`, { strategy: "email_code" });
    expect([(await attempt("1")).code, (await attempt("2")).code, (await attempt("3")).code]).toEqual([
      "form_code_incorrect",
      "form_code_incorrect",
      "verification_failed",
    ]);
    expect((await attempt("424242")).code).toBe("verification_failed");
    await browser.post(`${signIn}/prepare_first_factor`, { strategy: "email_code" });
    clerk.clock.advance(10 * 60_000);
    expect((await attempt("424242")).code).toBe("verification_expired");
    await browser.post(`${signIn}/prepare_first_factor`, { strategy: "email_code" });
    expect((await attempt("424242")).body.response.status).toBe("complete");
    expect(clerk.emulator.store.state.emails).toHaveLength(3);
  });

  it("replaces a forgotten password, and then only the new one works", async () => {
    const signIn = await identify();
    const strategy = "reset_password_email_code";
    expect((await browser.post(`${signIn}/reset_password`, { password: "brand-new-secret" })).status).toBe(400);
    await browser.post(`${signIn}/prepare_first_factor`, { strategy });
    const verified = await browser.post(`${signIn}/attempt_first_factor`, { strategy, code: "424242" });
    expect(verified.body.response.status).toBe("needs_new_password");
    expect((await browser.post(`${signIn}/reset_password`, { password: "short" })).code).toBe(
      "form_password_length_too_short",
    );
    const done = await browser.post(`${signIn}/reset_password`, { password: "brand-new-secret" });
    expect(done.body.response.status).toBe("complete");
    const elsewhere = new TestBrowser(clerk.url);
    expect((await elsewhere.signIn("olga@acme.test", "olga-long-secret")).code).toBe("form_password_incorrect");
    expect((await elsewhere.signIn("olga@acme.test", "brand-new-secret")).status).toBe(200);
  });
});

describe("a session", () => {
  beforeEach(() => browser.signIn("olga@acme.test", "olga-long-secret"));

  async function sessionPath(): Promise<string> {
    const { body } = await browser.get("/v1/client");
    return `/v1/client/sessions/${body.response.last_active_session_id}`;
  }

  it("gives tokens of one minute with the native audience and the organization in the second version's form", async () => {
    const claims = await browser.claims();
    expect(claims).toMatchObject({
      aud: "convex",
      azp: "http://127.0.0.1:3000",
      iss: clerk.issuer,
      sub: "user_olga",
      o: { id: "org_acme", rol: "owner", slg: "acme" },
      v: 2,
      sts: "active",
    });
    expect(Number(claims["exp"]) - Number(claims["iat"])).toBe(60);
  });

  it("has the one JWT template that Convex may ask for", async () => {
    const path = await sessionPath();
    const template = await browser.post(`${path}/tokens/convex`);
    const claims = JSON.parse(Buffer.from(template.body.jwt.split(".")[1], "base64url").toString());
    expect(claims).toMatchObject({ aud: "convex", org_id: "org_acme", org_role: "org:owner", email: "olga@acme.test" });
    expect((await browser.post(`${path}/tokens/other`)).status).toBe(404);
  });

  it("switches to another organization of the user, to none, and never to a foreign one", async () => {
    const path = await sessionPath();
    await browser.post(`${path}/touch`, { active_organization_id: "org_globex", intent: "select_org" });
    expect(await browser.claims()).toMatchObject({ o: { id: "org_globex", rol: "sdr" } });
    await browser.post(`${path}/touch`, { active_organization_id: "" });
    expect(await browser.claims()).not.toHaveProperty("o");
    const sara = new TestBrowser(clerk.url);
    const { body } = await sara.signIn("sara@acme.test", "sara-long-secret");
    const foreign = await sara.post(`/v1/client/sessions/${body.response.created_session_id}/touch`, {
      active_organization_id: "org_globex",
    });
    expect(foreign.status).toBe(404);
    const token = await sara.post(`/v1/client/sessions/${body.response.created_session_id}/tokens`, {
      organization_id: "org_globex",
    });
    expect(Buffer.from(token.body.jwt.split(".")[1], "base64url").toString()).not.toContain("org_globex");
  });

  it("is over after signing out, in each of the ways to do so, and after a week", async () => {
    for (const leave of ["end", "remove"]) {
      const path = await sessionPath();
      expect((await browser.post(`${path}/${leave}`)).body.client.sessions).toEqual([]);
      expect((await browser.post(`${path}/tokens`)).code).toBe("authentication_invalid");
      await browser.signIn("olga@acme.test", "olga-long-secret");
    }
    const path = await sessionPath();
    expect((await browser.delete("/v1/client/sessions")).body.client.sessions).toEqual([]);
    expect((await browser.post(`${path}/tokens`)).status).toBe(401);
    await browser.signIn("olga@acme.test", "olga-long-secret");
    clerk.clock.advance(7 * 24 * 3_600_000);
    expect((await browser.get("/v1/client")).body.response.sessions).toEqual([]);
    expect((await browser.get("/v1/me")).status).toBe(401);
  });

  it("belongs to one browser: another one cannot use its id", async () => {
    const path = await sessionPath();
    const thief = new TestBrowser(clerk.url);
    expect((await thief.post(`${path}/tokens`)).status).toBe(401);
    expect((await thief.get(path)).status).toBe(404);
  });

  it("keeps its cookie under a name of the port, so that two local worlds live beside each other", () => {
    expect(browser.cookieNames).toEqual([`__client_${new URL(clerk.url).port}`]);
  });
});

describe("the signed-in person", () => {
  beforeEach(() => browser.signIn("olga@acme.test", "olga-long-secret"));

  it("changes the profile and the password, knowing the present one, and ends the other sessions", async () => {
    const renamed = await browser.patch("/v1/me", { first_name: "Olga Maria", unsafe_metadata: '{"theme":"dark"}' });
    expect(renamed.body.response).toMatchObject({ first_name: "Olga Maria", unsafe_metadata: { theme: "dark" } });
    const phone = new TestBrowser(clerk.url);
    await phone.signIn("olga@acme.test", "olga-long-secret");
    expect((await browser.get("/v1/me/sessions/active")).body).toHaveLength(2);
    const change = (current_password: string, new_password: string) =>
      browser.post("/v1/me/change_password", {
        current_password,
        new_password,
        sign_out_of_other_sessions: "true",
      });
    expect((await change("wrong-password", "next-long-secret")).code).toBe("form_password_incorrect");
    expect((await change("olga-long-secret", "password123")).code).toBe("form_password_pwned");
    expect((await change("olga-long-secret", "next-long-secret")).status).toBe(200);
    expect((await phone.get("/v1/me")).status).toBe(401);
    expect((await browser.get("/v1/me")).status).toBe(200);
  });

  it("can end a session of another device, but nobody else's", async () => {
    const phone = new TestBrowser(clerk.url);
    const { body } = await phone.signIn("olga@acme.test", "olga-long-secret");
    const stranger = new TestBrowser(clerk.url);
    await stranger.signIn("gil@globex.test", "gil-long-secret");
    const revoke = `/v1/me/sessions/${body.response.created_session_id}/revoke`;
    expect((await stranger.post(revoke)).status).toBe(404);
    expect((await browser.post(revoke)).body.response.status).toBe("revoked");
    expect((await phone.get("/v1/me")).status).toBe(401);
  });

  it("can delete the account, with all that hangs on it", async () => {
    expect((await browser.delete("/v1/me")).body.response).toMatchObject({ id: "user_olga", deleted: true });
    expect((await browser.signIn("olga@acme.test", "olga-long-secret")).code).toBe("form_identifier_not_found");
    expect(clerk.emulator.store.membershipsOfUser("user_olga")).toEqual([]);
  });
});
