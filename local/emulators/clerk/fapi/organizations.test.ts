import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startTestClerk, TestBrowser } from "../testing.ts";

let clerk: Awaited<ReturnType<typeof startTestClerk>>;

beforeEach(async () => {
  clerk = await startTestClerk();
});
afterEach(() => clerk.close());

async function signedIn(name: "olga" | "adam" | "sara" | "vera" | "gil"): Promise<TestBrowser> {
  const browser = new TestBrowser(clerk.url);
  const domain = name === "gil" ? "globex.test" : "acme.test";
  expect((await browser.signIn(`${name}@${domain}`, `${name}-long-secret`)).status).toBe(200);
  return browser;
}

const ACME = "/v1/organizations/org_acme";

describe("an organization", () => {
  it("is founded by anyone, who becomes its owner; a taken or odd slug is refused", async () => {
    const sara = await signedIn("sara");
    const founded = await sara.post("/v1/organizations", { name: "São Paulo Vendas" });
    expect(founded.body.response).toMatchObject({
      slug: "sao-paulo-vendas",
      members_count: 1,
      created_by: "user_sara",
    });
    const { data } = (await sara.get("/v1/me/organization_memberships")).body.response;
    expect(data.at(-1)).toMatchObject({ role: "org:owner", organization: { name: "São Paulo Vendas" } });
    expect((await sara.post("/v1/organizations", { name: "Other", slug: "acme" })).code).toBe("form_identifier_exists");
    expect((await sara.post("/v1/organizations", { name: "Other", slug: "No Spaces" })).code).toBe(
      "form_param_format_invalid",
    );
    expect((await sara.post("/v1/organizations", { name: "Acme" })).body.response.slug).toBe("acme-2");
    expect((await sara.post("/v1/organizations", { name: " " })).code).toBe("form_param_missing");
  });

  it("is not there for strangers and for nobody", async () => {
    const gil = await signedIn("gil");
    for (const path of [ACME, "/v1/organizations/org_none", `${ACME}/memberships`, `${ACME}/roles`]) {
      const refused = await gil.get(path);
      expect([refused.status, refused.code]).toEqual([404, "organization_not_found_or_unauthorized"]);
    }
    expect((await new TestBrowser(clerk.url).get(ACME)).code).toBe("authentication_invalid");
  });

  it.each(["sara", "vera"] as const)("shows its members to %s, who may change nothing", async (name) => {
    const browser = await signedIn(name);
    expect((await browser.get(`${ACME}/memberships`)).body.response.total_count).toBe(4);
    const attempts = [
      browser.patch(ACME, { name: "Mine" }),
      browser.delete(ACME),
      browser.get(`${ACME}/invitations`),
      browser.post(`${ACME}/invitations`, { email_address: "x@acme.test", role: "org:sdr" }),
      browser.post(`${ACME}/invitations/bulk`, { email_address: "x@acme.test", role: "org:sdr" }),
      browser.patch(`${ACME}/memberships/user_adam`, { role: "org:viewer" }),
      browser.delete(`${ACME}/memberships/user_adam`),
    ];
    for (const attempt of attempts) {
      const { status, code } = await attempt;
      expect([status, code]).toEqual([403, "missing_organization_permission"]);
    }
  });

  it("can be renamed by an admin but deleted by an owner only", async () => {
    const adam = await signedIn("adam");
    expect((await adam.patch(ACME, { name: "Acme Brasil" })).body.response.name).toBe("Acme Brasil");
    expect((await adam.delete(ACME)).code).toBe("missing_organization_permission");
    const olga = await signedIn("olga");
    expect((await olga.delete(ACME)).body.response).toMatchObject({ id: "org_acme", deleted: true });
    expect((await adam.get(ACME)).status).toBe(404);
    expect(await adam.claims()).not.toHaveProperty("o");
  });

  it("lists its members by role and by text, in pages", async () => {
    const olga = await signedIn("olga");
    const listed = async (query: string) => {
      const { data, total_count } = (await olga.get(`${ACME}/memberships?${query}`)).body.response;
      return [data.map((row: { public_user_data: { user_id: string } }) => row.public_user_data.user_id), total_count];
    };
    expect(await listed("role=org:sdr&role=org:viewer")).toEqual([["user_sara", "user_vera"], 2]);
    expect(await listed("query=DIAS")).toEqual([["user_olga"], 1]);
    expect(await listed("limit=2&offset=2")).toEqual([["user_sara", "user_vera"], 4]);
  });

  it("offers its four roles, and no domains, requests or suggestions", async () => {
    const sara = await signedIn("sara");
    const { data } = (await sara.get(`${ACME}/roles?limit=20`)).body.response;
    expect(data.map((role: { key: string }) => role.key)).toEqual(["org:owner", "org:admin", "org:sdr", "org:viewer"]);
    for (const path of [`${ACME}/domains`, `${ACME}/membership_requests`, "/v1/me/organization_suggestions"]) {
      expect((await sara.get(path)).body.response).toEqual({ data: [], total_count: 0 });
    }
  });
});

describe("a member", () => {
  it("gets another role from an admin, seen in the next token", async () => {
    const adam = await signedIn("adam");
    const sara = await signedIn("sara");
    const changed = await adam.patch(`${ACME}/memberships/user_sara`, { role: "org:admin" });
    expect(changed.body.response).toMatchObject({
      role: "org:admin",
      role_name: "Admin",
      permissions: expect.arrayContaining(["org:sys_memberships:manage"]),
    });
    expect(await sara.claims()).toMatchObject({ o: { rol: "admin" } });
    expect((await adam.patch(`${ACME}/memberships/user_sara`, { role: "org:member" })).status).toBe(404);
    expect((await adam.patch(`${ACME}/memberships/user_gil`, { role: "org:sdr" })).status).toBe(404);
  });

  it("who is the last owner can neither be demoted, removed, nor leave", async () => {
    const olga = await signedIn("olga");
    const attempts = [
      olga.patch(`${ACME}/memberships/user_olga`, { role: "org:admin" }),
      olga.delete(`${ACME}/memberships/user_olga`),
      olga.delete("/v1/me/organization_memberships/org_acme"),
    ];
    for (const attempt of attempts) {
      const { status, code } = await attempt;
      expect([status, code]).toEqual([400, "organization_minimum_permissions_needed"]);
    }
    await olga.patch(`${ACME}/memberships/user_adam`, { role: "org:owner" });
    expect((await olga.delete("/v1/me/organization_memberships/org_acme")).body.response.deleted).toBe(true);
    expect((await olga.get(ACME)).status).toBe(404);
  });

  it("who was removed keeps the session but loses the organization", async () => {
    const sara = await signedIn("sara");
    const adam = await signedIn("adam");
    await adam.delete(`${ACME}/memberships/user_sara`);
    expect(await sara.claims()).not.toHaveProperty("o");
    expect((await sara.get("/v1/client")).body.response.sessions[0].last_active_organization_id).toBeNull();
  });
});

describe("inviting", () => {
  it("refuses members, second invitations, unknown roles and malformed addresses", async () => {
    const adam = await signedIn("adam");
    const invite = (email_address: string, role = "org:sdr") =>
      adam.post(`${ACME}/invitations`, { email_address, role });
    expect((await invite("sara@acme.test")).code).toBe("already_a_member_in_organization");
    expect((await invite("new@acme.test")).body.response).toMatchObject({ status: "pending", role_name: "SDR" });
    expect((await invite("NEW@acme.test")).code).toBe("organization_invitation_not_unique");
    expect((await invite("x@acme.test", "org:boss")).status).toBe(404);
    expect((await invite("x")).code).toBe("form_param_format_invalid");
  });

  it("invites many at once, or none when one of them cannot be", async () => {
    const adam = await signedIn("adam");
    const bulk = (...email_address: string[]) =>
      adam.post(`${ACME}/invitations/bulk`, { email_address, role: "org:sdr" });
    expect((await bulk("a@acme.test", "sara@acme.test")).status).toBe(400);
    expect((await adam.get(`${ACME}/invitations`)).body.response.total_count).toBe(0);
    expect((await bulk("a@acme.test", "b@acme.test")).body.response).toHaveLength(2);
    expect((await adam.get(`${ACME}/invitations?status=revoked`)).body.response.total_count).toBe(0);
  });
});
