import { verifyWebhook } from "@clerk/backend/webhooks";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ManualClock } from "../kit/clock.ts";
import { Router } from "../kit/router.ts";
import { startEmulatorServer, type EmulatorServer } from "../kit/server.ts";
import { startTestClerk, TEST_SIGNING_SECRET, TestBrowser } from "./testing.ts";

/** A receiver that verifies every delivery with Clerk's own code, as the application does. */
let receiver: EmulatorServer;
let clerk: Awaited<ReturnType<typeof startTestClerk>>;
let events: Awaited<ReturnType<typeof verifyWebhook>>[];
let ids: (string | null)[];
let statuses: number[];

beforeEach(async () => {
  events = [];
  ids = [];
  statuses = [];
  receiver = await startEmulatorServer({ port: 0 });
  const router = new Router();
  router.on("POST", "/:endpoint", async (call) => {
    const request = new Request(receiver.url, { method: "POST", headers: call.headers, body: call.body });
    events.push(await verifyWebhook(request, { signingSecret: TEST_SIGNING_SECRET }));
    ids.push(call.headers.get("svix-id"));
    return new Response(null, { status: statuses.shift() ?? 204 });
  });
  receiver.mount("/", {
    routes: () => [],
    respond: (incoming) => router.dispatch(incoming) ?? Promise.resolve(new Response(null, { status: 404 })),
  });
  clerk = await startTestClerk({ webhookUrls: [`${receiver.url}/a`] });
});
afterEach(async () => {
  await clerk.close();
  await receiver.close();
});

async function signedIn(name: string): Promise<TestBrowser> {
  const browser = new TestBrowser(clerk.url);
  await browser.signIn(`${name}@acme.test`, `${name}-long-secret`);
  await clerk.emulator.settled();
  return browser;
}

function types(): string[] {
  return events.map(({ type }) => type);
}

describe("webhooks", () => {
  it("tell of everything that happens to people and organizations, signed so that Clerk's own code accepts them", async () => {
    const olga = await signedIn("olga");
    const steps: [() => Promise<{ body: { response: { id: string } } }>, string[]][] = [
      [() => olga.patch("/v1/me", { first_name: "O" }), ["user.updated"]],
      [
        () => olga.post("/v1/organizations", { name: "New" }),
        ["organization.created", "organizationMembership.created"],
      ],
      [() => olga.patch("/v1/organizations/new", { name: "Newer" }), ["organization.updated"]],
      [
        () => olga.patch("/v1/organizations/org_acme/memberships/user_sara", { role: "org:admin" }),
        ["organizationMembership.updated"],
      ],
      [() => olga.delete("/v1/organizations/org_acme/memberships/user_sara"), ["organizationMembership.deleted"]],
      [
        () => olga.post("/v1/organizations/new/invitations", { email_address: "gil@globex.test", role: "org:sdr" }),
        ["organizationInvitation.created"],
      ],
      [() => olga.delete("/v1/organizations/new"), ["organization.deleted"]],
      [() => olga.delete("/v1/client/sessions"), ["session.removed"]],
    ];
    expect(types()).toEqual(["session.created"]);
    for (const [step, expected] of steps) {
      events = [];
      await step();
      await clerk.emulator.settled();
      expect(types().toSorted()).toEqual(expected.toSorted());
    }
  });

  it("tell who accepted an invitation, in which role", async () => {
    const olga = await signedIn("olga");
    await olga.post("/v1/organizations/org_acme/invitations", { email_address: "n@acme.test", role: "org:viewer" });
    const ticket = clerk.emulator.store.state.invitations[0]?.ticket ?? "";
    await clerk.emulator.settled();
    events = [];
    const invited = new TestBrowser(clerk.url);
    await invited.post("/v1/client/sign_ups", { strategy: "ticket", ticket, password: "new-long-secret" });
    await clerk.emulator.settled();
    expect(types().toSorted()).toEqual([
      "organizationInvitation.accepted",
      "organizationMembership.created",
      "session.created",
      "user.created",
    ]);
    const membership = events.find(({ type }) => type === "organizationMembership.created");
    expect(membership?.data).toMatchObject({
      role: "org:viewer",
      organization: { id: "org_acme", slug: "acme" },
      public_user_data: { identifier: "n@acme.test" },
    });
  });

  it("are silent about what was seeded", () => {
    expect(clerk.emulator.store.state.deliveries).toEqual([]);
  });

  it("are repeated with the same id after 5 s and 5 min, signed anew, until the receiver accepts", async () => {
    await clerk.close();
    // Clerk's verification allows five minutes either way of the real time; the three attempts must fit into that.
    const clock = new ManualClock(Date.now() - 240_000);
    clerk = await startTestClerk({ clock, webhookUrls: [`${receiver.url}/a`] });
    statuses = [500, 503];
    await signedIn("olga");
    for (const wait of [5_000, 299_999, 1]) {
      clock.advance(wait);
      await clerk.emulator.settled();
    }
    expect([ids.length, new Set(ids).size]).toEqual([3, 1]);
    expect(clerk.emulator.store.state.deliveries).toMatchObject([
      { type: "session.created", state: "delivered", attempts: [{ status: 500 }, { status: 503 }, { status: 204 }] },
    ]);
    const [first, second, third] = (clerk.emulator.store.state.deliveries[0]?.attempts ?? []).map(({ at }) => at);
    expect([Number(second) - Number(first), Number(third) - Number(second)]).toEqual([5_000, 300_000]);
  });

  it("go to every endpoint under one id, and survive a restart of the emulator", async () => {
    await clerk.close();
    const { directory, clock } = clerk;
    clerk = await startTestClerk({ directory, clock, webhookUrls: [`${receiver.url}/a`, `${receiver.url}/b`] });
    statuses = [500, 500];
    await signedIn("olga");
    expect([ids.length, new Set(ids).size]).toEqual([2, 1]);
    await clerk.close();
    clerk = await startTestClerk({ directory, clock, webhookUrls: [] });
    clock.advance(5_000);
    await clerk.emulator.settled();
    expect([ids.length, new Set(ids).size]).toEqual([4, 1]);
    expect(clerk.emulator.store.state.deliveries.map(({ state }) => state)).toEqual(["delivered", "delivered"]);
  });

  it("are sent twice, out of order or not at first when a test asks for it", async () => {
    const fail = (kind: string, type: string) =>
      fetch(`${clerk.url}/_fail`, { method: "POST", body: JSON.stringify({ kind, type }) });
    await fail("duplicate", "session.created");
    const olga = await signedIn("olga");
    expect([ids.length, new Set(ids).size]).toEqual([2, 1]);
    events = [];
    await fail("reorder", "organization.created");
    await olga.post("/v1/organizations", { name: "New" });
    await clerk.emulator.settled();
    expect(types()).toEqual(["organizationMembership.created", "organization.created"]);
  });
});
