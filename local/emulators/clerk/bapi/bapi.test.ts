import { createClerkClient } from "@clerk/backend";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startTestClerk, TEST_SECRET_KEY, TestBrowser } from "../testing.ts";

/** Clerk's own server SDK is the client here: what it reads and what it throws is what the application sees. */

let clerk: Awaited<ReturnType<typeof startTestClerk>>;
let sdk: ReturnType<typeof createClerkClient>;

beforeEach(async () => {
  clerk = await startTestClerk();
  sdk = createClerkClient({ secretKey: TEST_SECRET_KEY, apiUrl: `${clerk.url}/bapi` });
});
afterEach(() => clerk.close());

function failure(status: number, code: string) {
  return { status, errors: [{ code }] };
}

describe("the secret key", () => {
  it("must be there and must be right", async () => {
    const impostor = createClerkClient({ secretKey: "sk_test_other", apiUrl: `${clerk.url}/bapi` });
    await expect(impostor.users.getUser("user_olga")).rejects.toMatchObject(failure(401, "clerk_key_invalid"));
    const anonymous = await fetch(`${clerk.url}/bapi/v1/users`);
    expect([anonymous.status, (await anonymous.json()).errors[0].code]).toEqual([
      401,
      "authorization_header_format_invalid",
    ]);
    const proxied = await fetch(`${clerk.url}/v1/client`, { headers: { "clerk-secret-key": "sk_test_other" } });
    expect([proxied.status, (await proxied.json()).errors[0].code]).toEqual([401, "proxy_request_invalid_secret_key"]);
  });
});

describe("users", () => {
  it("are created, found, changed and deleted", async () => {
    const created = await sdk.users.createUser({
      emailAddress: ["New@Acme.test"],
      password: "new-long-secret",
      firstName: "Nina",
      privateMetadata: { plan: "pro" },
    });
    expect(created).toMatchObject({ firstName: "Nina", passwordEnabled: true, privateMetadata: { plan: "pro" } });
    expect(created.primaryEmailAddress?.emailAddress).toBe("new@acme.test");
    const found = await sdk.users.getUserList({ emailAddress: ["new@acme.test"] });
    expect([found.totalCount, found.data[0]?.id]).toEqual([1, created.id]);
    expect(await sdk.users.updateUser(created.id, { lastName: "Costa" })).toMatchObject({ fullName: "Nina Costa" });
    const merged = await sdk.users.updateUserMetadata(created.id, {
      privateMetadata: { plan: null, flags: { beta: true } },
      publicMetadata: { locale: "pt-BR" },
    });
    expect(merged).toMatchObject({ privateMetadata: { flags: { beta: true } }, publicMetadata: { locale: "pt-BR" } });
    expect(await sdk.users.verifyPassword({ userId: created.id, password: "new-long-secret" })).toEqual({
      verified: true,
    });
    await expect(sdk.users.verifyPassword({ userId: created.id, password: "other" })).rejects.toMatchObject(
      failure(422, "incorrect_password"),
    );
    await sdk.users.deleteUser(created.id);
    await expect(sdk.users.getUser(created.id)).rejects.toMatchObject(failure(404, "resource_not_found"));
  });

  it("need a free address and a decent password", async () => {
    const create = (emailAddress: string[], password = "new-long-secret") =>
      sdk.users.createUser({ emailAddress, password });
    await expect(create(["olga@acme.test"])).rejects.toMatchObject(failure(422, "form_identifier_exists"));
    await expect(create(["x@acme.test"], "short")).rejects.toMatchObject(
      failure(422, "form_password_length_too_short"),
    );
    await expect(create([])).rejects.toMatchObject(failure(422, "form_param_missing"));
  });

  it("know their memberships and are found by organization and by text", async () => {
    const { data } = await sdk.users.getOrganizationMembershipList({ userId: "user_olga" });
    expect(data.map(({ organization, role }) => [organization.slug, role])).toEqual([
      ["acme", "org:owner"],
      ["globex", "org:sdr"],
    ]);
    const globex = await sdk.users.getUserList({ organizationId: ["org_globex"] });
    expect(globex.data.map(({ id }) => id).toSorted()).toEqual(["user_gil", "user_olga"]);
    expect((await sdk.users.getUserList({ query: "dias" })).totalCount).toBe(1);
    expect((await sdk.users.getUserList({ userId: ["user_vera"] })).data).toHaveLength(1);
  });
});

describe("organizations", () => {
  it("are created with their first owner, found by id and slug, changed and deleted", async () => {
    const created = await sdk.organizations.createOrganization({ name: "Initech", createdBy: "user_gil" });
    expect(created).toMatchObject({ slug: "initech", membersCount: 1, createdBy: "user_gil" });
    expect(await sdk.organizations.getOrganization({ slug: "initech" })).toMatchObject({ id: created.id });
    expect(await sdk.organizations.updateOrganization(created.id, { name: "Initech SA" })).toMatchObject({
      name: "Initech SA",
      slug: "initech",
    });
    const merged = await sdk.organizations.updateOrganizationMetadata(created.id, { privateMetadata: { a: 1 } });
    expect(merged.privateMetadata).toEqual({ a: 1 });
    expect((await sdk.organizations.getOrganizationList({ query: "init" })).totalCount).toBe(1);
    await sdk.organizations.deleteOrganization(created.id);
    await expect(sdk.organizations.getOrganization({ organizationId: created.id })).rejects.toMatchObject(
      failure(404, "resource_not_found"),
    );
    await expect(sdk.organizations.createOrganization({ name: "Acme", slug: "acme" })).rejects.toMatchObject(
      failure(422, "form_identifier_exists"),
    );
    await expect(sdk.organizations.createOrganization({ name: "X", createdBy: "user_none" })).rejects.toMatchObject(
      failure(404, "resource_not_found"),
    );
  });

  it("have members that are added, given a role, described and removed", async () => {
    const organizationId = "org_acme";
    const userId = "user_gil";
    const added = await sdk.organizations.createOrganizationMembership({ organizationId, userId, role: "org:sdr" });
    expect(added).toMatchObject({ role: "org:sdr", publicUserData: { userId, identifier: "gil@globex.test" } });
    await expect(
      sdk.organizations.createOrganizationMembership({ organizationId, userId, role: "org:sdr" }),
    ).rejects.toMatchObject(failure(400, "already_a_member_in_organization"));
    await expect(
      sdk.organizations.updateOrganizationMembership({ organizationId, userId, role: "org:boss" }),
    ).rejects.toMatchObject(failure(404, "resource_not_found"));
    const promoted = await sdk.organizations.updateOrganizationMembership({
      organizationId,
      userId,
      role: "org:admin",
    });
    expect(promoted.role).toBe("org:admin");
    const described = await sdk.organizations.updateOrganizationMembershipMetadata({
      organizationId,
      userId,
      publicMetadata: { team: "south" },
    });
    expect(described.publicMetadata).toEqual({ team: "south" });
    const listed = await sdk.organizations.getOrganizationMembershipList({ organizationId, role: ["org:admin"] });
    expect(listed.totalCount).toBe(2);
    await sdk.organizations.deleteOrganizationMembership({ organizationId, userId });
    await expect(sdk.organizations.deleteOrganizationMembership({ organizationId, userId })).rejects.toMatchObject(
      failure(404, "resource_not_found"),
    );
  });

  it("never lose their last owner", async () => {
    const owner = { organizationId: "org_acme", userId: "user_olga" };
    const refusal = failure(400, "organization_minimum_permissions_needed");
    await expect(sdk.organizations.updateOrganizationMembership({ ...owner, role: "org:sdr" })).rejects.toMatchObject(
      refusal,
    );
    await expect(sdk.organizations.deleteOrganizationMembership(owner)).rejects.toMatchObject(refusal);
  });

  it("invite, list and revoke, one or many", async () => {
    const organizationId = "org_acme";
    const invited = await sdk.organizations.createOrganizationInvitation({
      organizationId,
      emailAddress: "x@acme.test",
      role: "org:viewer",
      inviterUserId: "user_olga",
      redirectUrl: "http://127.0.0.1:3000/join?from=mail",
      expiresInDays: 2,
    });
    expect(invited).toMatchObject({ status: "pending", role: "org:viewer" });
    expect(invited.url).toMatch(
      /^http:\/\/127\.0\.0\.1:3000\/join\?from=mail&__clerk_ticket=\w+&__clerk_status=sign_up$/,
    );
    const again = { organizationId, emailAddress: "x@acme.test", role: "org:viewer" };
    await expect(sdk.organizations.createOrganizationInvitation(again)).rejects.toMatchObject(
      failure(400, "organization_invitation_not_unique"),
    );
    const many = await sdk.organizations.createOrganizationInvitationBulk(organizationId, [
      { emailAddress: "y@acme.test", role: "org:sdr" },
      { emailAddress: "z@acme.test", role: "org:sdr" },
    ]);
    expect(many.totalCount).toBe(2);
    const one = { organizationId, invitationId: invited.id };
    expect(await sdk.organizations.getOrganizationInvitation(one)).toMatchObject({ emailAddress: "x@acme.test" });
    expect(await sdk.organizations.revokeOrganizationInvitation(one)).toMatchObject({ status: "revoked" });
    await expect(sdk.organizations.revokeOrganizationInvitation(one)).rejects.toMatchObject(
      failure(404, "organization_invitation_not_pending"),
    );
    clerk.clock.advance(30 * 24 * 3_600_000);
    const expired = await sdk.organizations.getOrganizationInvitationList({ organizationId, status: ["expired"] });
    expect(expired.totalCount).toBe(2);
  });
});

describe("sessions", () => {
  it("are listed and revoked by the application, and signed out in the browser", async () => {
    const browser = new TestBrowser(clerk.url);
    await browser.signIn("sara@acme.test", "sara-long-secret");
    const { data } = await sdk.sessions.getSessionList({ userId: "user_sara", status: "active" });
    const sessionId = data[0]?.id ?? "";
    expect((await sdk.sessions.getSession(sessionId)).lastActiveOrganizationId).toBe("org_acme");
    expect((await sdk.sessions.getToken(sessionId, "convex")).jwt).toMatch(/^ey/);
    expect((await sdk.sessions.getToken(sessionId)).jwt).toMatch(/^ey/);
    expect((await sdk.sessions.revokeSession(sessionId)).status).toBe("revoked");
    expect((await browser.get("/v1/me")).status).toBe(401);
    await expect(sdk.sessions.getToken(sessionId)).rejects.toMatchObject(failure(404, "resource_not_found"));
    await expect(sdk.sessions.revokeSession(sessionId)).rejects.toMatchObject(
      failure(400, "invalid_action_for_session"),
    );
  });
});
