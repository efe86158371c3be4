import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startTestClerk, TestBrowser } from "../testing.ts";

let clerk: Awaited<ReturnType<typeof startTestClerk>>;
let browser: TestBrowser;

beforeEach(async () => {
  clerk = await startTestClerk();
  browser = new TestBrowser(clerk.url);
});
afterEach(() => clerk.close());

const PASSWORD = "carol-long-secret";

async function signUp(fields: Record<string, string>) {
  return browser.post("/v1/client/sign_ups", fields);
}

/** Invites carol as an SDR of Acme and returns the ticket of the mailed link. */
async function inviteCarol(email = "carol@acme.test"): Promise<string> {
  const owner = new TestBrowser(clerk.url);
  await owner.signIn("olga@acme.test", "olga-long-secret");
  await owner.post("/v1/organizations/org_acme/invitations", { email_address: email, role: "org:viewer" });
  const mail = clerk.emulator.store.state.emails.at(-1);
  expect(mail).toMatchObject({ to: email, url: expect.stringContaining("http://127.0.0.1:3000/sign-") });
  return new URL(mail?.url ?? "").searchParams.get("__clerk_ticket") ?? "";
}

describe("signing up", () => {
  it("asks for a code only after it was sent, refuses a wrong one and signs in with the right one", async () => {
    const begun = await signUp({ email_address: "Carol@Acme.test", password: PASSWORD, first_name: "Carol" });
    const { response } = begun.body;
    expect(response).toMatchObject({
      status: "missing_requirements",
      email_address: "carol@acme.test",
      missing_fields: [],
      unverified_fields: ["email_address"],
      verifications: { email_address: { status: "unverified", strategy: null, next_action: "needs_prepare" } },
    });
    const path = `/v1/client/sign_ups/${response.id}`;
    const prepared = await browser.post(`${path}/prepare_verification`, { strategy: "email_code" });
    expect(prepared.body.response.verifications.email_address).toMatchObject({
      strategy: "email_code",
      next_action: "needs_attempt",
    });
    expect(clerk.emulator.store.state.emails).toMatchObject([{ to: "carol@acme.test", code: "424242" }]);
    expect((await browser.post(`${path}/attempt_verification`, { code: "111111" })).code).toBe("form_code_incorrect");
    const done = await browser.post(`${path}/attempt_verification`, { strategy: "email_code", code: "424242" });
    expect(done.body.response).toMatchObject({
      status: "complete",
      created_user_id: expect.stringMatching(/^user_/),
    });
    expect(done.body.client.sessions[0].user).toMatchObject({ first_name: "Carol", organization_memberships: [] });
  });

  it("takes the password later, and changes of the address before it is verified", async () => {
    const { body } = await signUp({ email_address: "carl@acme.test" });
    expect(body.response.missing_fields).toEqual(["password"]);
    const path = `/v1/client/sign_ups/${body.response.id}`;
    const patched = await browser.patch(path, { email_address: "carol@acme.test", password: PASSWORD });
    expect(patched.body.response).toMatchObject({ email_address: "carol@acme.test", has_password: true });
    expect((await browser.get(path)).body.response.id).toBe(body.response.id);
  });

  it.each([
    ["a taken address", { email_address: "olga@acme.test" }, "form_identifier_exists", "email_address"],
    ["no address", { email_address: "carol" }, "form_param_format_invalid", "email_address"],
    ["a short password", { password: "1234567" }, "form_password_length_too_short", "password"],
    ["a long password", { password: "x".repeat(73) }, "form_password_length_too_long", "password"],
    ["a breached password", { password: "Password123" }, "form_password_pwned", "password"],
  ])("refuses %s", async (_name, fields, code, field) => {
    const refused = await signUp({ email_address: "carol@acme.test", password: PASSWORD, ...fields });
    expect([refused.status, refused.code, refused.body.errors[0].meta.param_name]).toEqual([422, code, field]);
  });

  it("serves only the sign-up that the browser is in", async () => {
    const { body } = await signUp({ email_address: "carol@acme.test" });
    const other = new TestBrowser(clerk.url);
    expect((await other.patch(`/v1/client/sign_ups/${body.response.id}`, { password: PASSWORD })).status).toBe(404);
  });
});

describe("a mailed invitation", () => {
  it("vouches for the address and makes the new user a member in the invited role", async () => {
    const ticket = await inviteCarol();
    const { body } = await signUp({ strategy: "ticket", ticket });
    expect(body.response).toMatchObject({
      email_address: "carol@acme.test",
      missing_fields: ["password"],
      unverified_fields: [],
    });
    const done = await browser.patch(`/v1/client/sign_ups/${body.response.id}`, { password: PASSWORD });
    expect(done.body.response.status).toBe("complete");
    expect(await browser.claims()).toMatchObject({ o: { id: "org_acme", rol: "viewer" } });
    expect((await new TestBrowser(clerk.url).post("/v1/client/sign_ups", { ticket })).code).toBe(
      "organization_invitation_already_accepted",
    );
  });

  it("signs an existing user in and makes the organization the active one", async () => {
    const ticket = await inviteCarol("gil@globex.test");
    expect((await signUp({ strategy: "ticket", ticket })).code).toBe(
      "organization_invitation_identification_already_exists",
    );
    const done = await browser.post("/v1/client/sign_ins", { strategy: "ticket", ticket });
    expect(done.body.response.status).toBe("complete");
    expect(await browser.claims()).toMatchObject({ sub: "user_gil", o: { id: "org_acme", rol: "viewer" } });
  });

  it("is refused when it is made up, revoked, expired, or its organization is gone", async () => {
    expect((await signUp({ ticket: "made-up" })).code).toBe("ticket_invalid_code");
    const ticket = await inviteCarol();
    expect((await browser.post("/v1/client/sign_ins", { ticket })).code).toBe(
      "organization_invitation_identification_not_exist",
    );
    const owner = new TestBrowser(clerk.url);
    await owner.signIn("olga@acme.test", "olga-long-secret");
    const [pending] = (await owner.get("/v1/organizations/org_acme/invitations?status=pending")).body.response.data;
    const revoke = `/v1/organizations/org_acme/invitations/${pending.id}/revoke`;
    expect((await owner.post(revoke)).body.response.status).toBe("revoked");
    expect((await owner.post(revoke)).code).toBe("organization_invitation_not_pending");
    expect((await signUp({ ticket })).code).toBe("organization_invitation_revoked_code");
    const late = await inviteCarol("late@acme.test");
    clerk.clock.advance(30 * 24 * 3_600_000);
    expect((await signUp({ ticket: late })).code).toBe("ticket_expired_code");
    const orphan = await inviteCarol("orphan@acme.test");
    const again = new TestBrowser(clerk.url);
    await again.signIn("olga@acme.test", "olga-long-secret");
    await again.delete("/v1/organizations/org_acme");
    expect((await signUp({ ticket: orphan })).code).toBe("organization_invitation_to_deleted_organization");
  });

  it("can be accepted by a signed-in user from the list, by the invited one only", async () => {
    await inviteCarol("gil@globex.test");
    await browser.signIn("gil@globex.test", "gil-long-secret");
    const { data } = (await browser.get("/v1/me/organization_invitations?status=pending")).body.response;
    expect(data).toMatchObject([{ role: "org:viewer", public_organization_data: { slug: "acme" } }]);
    const sara = new TestBrowser(clerk.url);
    await sara.signIn("sara@acme.test", "sara-long-secret");
    const accept = `/v1/me/organization_invitations/${data[0].id}/accept`;
    expect((await sara.post(accept)).status).toBe(404);
    expect((await browser.post(accept)).body.response.status).toBe("accepted");
    const { total_count } = (await browser.get("/v1/me/organization_memberships")).body.response;
    expect(total_count).toBe(2);
  });
});
