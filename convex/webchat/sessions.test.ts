import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { api } from "../_generated/api";
import { asService, makeBackend, makeOrg } from "../test.setup.ts";

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
});
afterEach(() => {
  vi.useRealTimers();
});

async function setUp() {
  const backend = makeBackend();
  const org = await makeOrg(backend, "acme");
  await org.as.owner.mutation(api.connections.webchat.enable, {});
  const server = asService(backend, "webchat");
  const page = (slug = "acme") => server.query(api.webchat.sessions.page, { slug });
  const open = (address: string | null = "a", slug = "acme") =>
    server.mutation(api.webchat.sessions.open, { slug, address });
  return { backend, org, page, open };
}

describe("the page of an organization", () => {
  it("is there while its chat is on, and has no name while it is off", async () => {
    const { org, page } = await setUp();
    expect(await page()).toEqual({ isOpen: true, name: "acme" });
    await org.as.owner.mutation(api.connections.webchat.disable, {});
    expect(await page()).toEqual({ isOpen: false });
  });

  it("is closed when the organization has ended, unless another one has its address now", async () => {
    const { backend, org, page, open } = await setUp();
    await backend.run(async (ctx) => ctx.db.patch("organizations", org.orgId, { status: "deleted" }));
    expect(await page()).toEqual({ isOpen: false });
    expect(await open()).toEqual({ kind: "closed" });
    const heir = await makeOrg(backend, "heir");
    await backend.run(async (ctx) => ctx.db.patch("organizations", heir.orgId, { slug: "acme" }));
    await heir.as.owner.mutation(api.connections.webchat.enable, {});
    expect(await page()).toMatchObject({ isOpen: true, name: "heir" });
    expect(await open()).toEqual({ kind: "open", orgId: heir.orgId });
  });

  it.each(["", "nobody"])("is unknown at the address %o", async (slug) => {
    const { page, open } = await setUp();
    expect(await page(slug)).toBeNull();
    expect(await open("a", slug)).toEqual({ kind: "closed" });
  });
});

describe("tokens for visitors", () => {
  it("are given to one address up to a limit, which another address or organization does not feel", async () => {
    const { backend, org, open } = await setUp();
    for (let count = 0; count < 30; count += 1) expect(await open()).toEqual({ kind: "open", orgId: org.orgId });
    expect(await open()).toEqual({ kind: "limited", retryAfterMs: 2_000 });
    expect(await open("b")).toMatchObject({ kind: "open" });
    const beta = await makeOrg(backend, "beta");
    await beta.as.owner.mutation(api.connections.webchat.enable, {});
    expect(await open("a", "beta")).toMatchObject({ kind: "open" });
    vi.setSystemTime(1_002_000);
    expect(await open()).toMatchObject({ kind: "open" });
  });

  it("have a wider limit, for all together, where nobody knows who asks", async () => {
    const { open } = await setUp();
    for (let count = 0; count < 300; count += 1) expect(await open(null)).toMatchObject({ kind: "open" });
    expect(await open(null)).toMatchObject({ kind: "limited" });
    expect(await open("a")).toMatchObject({ kind: "open" });
  });
});
