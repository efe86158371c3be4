import type { FunctionArgs } from "convex/server";
import { describe, expect, it } from "vitest";
import { api } from "../_generated/api";
import { asPerson, asService, type Backend, makeBackend, makeOrg } from "../test.setup.ts";

type News = FunctionArgs<typeof api.organizations.clerk.apply>["news"];

const ADA = { clerkUserId: "user_ada", clerkOrgId: "org_acme", role: "admin" };
const organization = { clerkOrgId: "org_acme", name: "Acme", slug: "acme", updatedAt: 10 };
const joined: News = {
  type: "membership",
  organization,
  clerkUserId: "user_ada",
  clerkRole: "org:admin",
  status: "active",
  name: "Ada",
  email: "ada@acme.test",
  updatedAt: 20,
};
const removed: News = { ...joined, status: "removed", updatedAt: 30 };

async function tell(backend: Backend, ...news: News[]): Promise<void> {
  for (const one of news) await asService(backend, "clerk").mutation(api.organizations.clerk.apply, { news: one });
}

const enter = (backend: Backend) => asPerson(backend, ADA).mutation(api.organizations.members.ensureMember, {});
const viewer = (backend: Backend) => asPerson(backend, ADA).query(api.organizations.members.viewer, {});

/** Organizations, members and audit rows as they are, without what the clock gave them. */
async function rows(backend: Backend) {
  return backend.run(async (ctx) => {
    const all = {
      organizations: ctx.db.query("organizations"),
      members: ctx.db.query("members"),
      audit: ctx.db.query("audit"),
    };
    return JSON.stringify([await all.organizations.collect(), await all.members.collect(), await all.audit.collect()]);
  });
}

describe("a membership, whichever comes first", () => {
  const webhook = (backend: Backend) => tell(backend, joined);

  it.each([
    { order: "the webhook, then the token", steps: [webhook, enter] },
    { order: "the token, then the webhook", steps: [enter, webhook] },
    { order: "each of them twice", steps: [enter, webhook, enter, webhook] },
  ])("is the same after $order", async ({ steps }) => {
    const backend = makeBackend();
    for (const step of steps) await step(backend);
    expect(await viewer(backend)).toMatchObject({
      status: "active",
      role: "admin",
      name: "Ada",
      organization: { name: "Acme" },
    });
    const counts = await backend.run(async (ctx) => [
      (await ctx.db.query("organizations").collect()).length,
      (await ctx.db.query("members").collect()).length,
    ]);
    expect(counts).toEqual([1, 1]);
  });

  it("is unknown until one of them comes", async () => {
    const backend = makeBackend();
    expect(await viewer(backend)).toBeNull();
    const list = asPerson(backend, ADA).query(api.organizations.members.list, {});
    await expect(list).rejects.toThrow("not_a_member");
  });

  it("comes from the token with the token's role, the least one when it is unknown", async () => {
    const backend = makeBackend();
    await asPerson(backend, { ...ADA, role: "janitor" }).mutation(api.organizations.members.ensureMember, {});
    expect(await viewer(backend)).toMatchObject({ role: "viewer", organization: { slug: "acme" } });
  });

  it("is refused to somebody who chose no organization", async () => {
    const nowhere = asPerson(makeBackend(), { clerkUserId: "user_ada" });
    await expect(nowhere.mutation(api.organizations.members.ensureMember, {})).rejects.toThrow("no_organization");
    await expect(nowhere.query(api.organizations.members.viewer, {})).rejects.toThrow("no_organization");
  });
});

describe("news from Clerk", () => {
  it("that come again change nothing", async () => {
    const backend = makeBackend();
    const all: News[] = [joined, { ...joined, clerkRole: "org:sdr", updatedAt: 25 }, removed];
    await tell(backend, ...all);
    const before = await rows(backend);
    await tell(backend, ...all, ...all.toReversed());
    expect(await rows(backend)).toBe(before);
  });

  it("lead to the same, in every order", async () => {
    const all: News[] = [
      { type: "organization", ...organization, name: "Acme Ltd", updatedAt: 40 },
      joined,
      { ...joined, clerkRole: "org:sdr", updatedAt: 35 },
      removed,
      { type: "person", clerkUserId: "user_ada", name: "Ada L.", email: "ada@acme.test", updatedAt: 50 },
    ];
    const [last, ...memberships] = [all[4], all[1], all[2], all[3], all[0]];
    for (const order of permutations(memberships)) {
      const backend = makeBackend();
      for (const one of [...order, last]) if (one !== undefined) await tell(backend, one);
      expect(await viewer(backend)).toMatchObject({ role: "sdr", name: "Ada L.", organization: { name: "Acme Ltd" } });
    }
  });

  it("of an older role do not undo a newer one", async () => {
    const backend = makeBackend();
    await tell(backend, { ...joined, clerkRole: "org:viewer", updatedAt: 30 }, joined);
    expect(await viewer(backend)).toMatchObject({ role: "viewer" });
  });

  it("of a person reach all their organizations, and never undo newer ones", async () => {
    const backend = makeBackend();
    const person = { type: "person" as const, clerkUserId: "user_ada", email: "ada@new.test" };
    await tell(backend, joined, { ...joined, organization: { ...organization, clerkOrgId: "org_beta" } });
    await tell(backend, { ...person, name: "Ada Lovelace", imageUrl: "https://img.test/a", updatedAt: 50 });
    await tell(
      backend,
      { ...person, name: "Ada Byron", updatedAt: 40 },
      { ...joined, clerkRole: "org:sdr", updatedAt: 45 },
    );
    const members = await backend.run(async (ctx) => ctx.db.query("members").collect());
    expect(members.map(({ name, email, imageUrl }) => [name, email, imageUrl])).toEqual(
      Array.from({ length: 2 }, () => ["Ada Lovelace", "ada@new.test", "https://img.test/a"]),
    );
  });

  it("of a deleted person end all their memberships", async () => {
    const backend = makeBackend();
    await tell(backend, joined, { type: "personDeleted", clerkUserId: "user_ada", updatedAt: 60 });
    expect(await viewer(backend)).toEqual({ status: "removed" });
  });
});

describe("a removed member", () => {
  it("is not revived by a token that is still good", async () => {
    const backend = makeBackend();
    await tell(backend, joined, removed);
    await enter(backend);
    expect(await viewer(backend)).toEqual({ status: "removed" });
    const list = asPerson(backend, ADA).query(api.organizations.members.list, {});
    await expect(list).rejects.toThrow("not_a_member");
  });

  it("stays removed when the removal comes before the joining", async () => {
    const backend = makeBackend();
    await tell(backend, removed, joined);
    await enter(backend);
    expect(await viewer(backend)).toEqual({ status: "removed" });
  });

  it("stays removed when removal and joining carry one time", async () => {
    for (const order of [
      [joined, { ...removed, updatedAt: 20 }],
      [{ ...removed, updatedAt: 20 }, joined],
    ]) {
      const backend = makeBackend();
      await tell(backend, ...order);
      expect(await viewer(backend)).toEqual({ status: "removed" });
    }
  });

  it("is back after a new invitation", async () => {
    const backend = makeBackend();
    await tell(backend, joined, removed, { ...joined, clerkRole: "org:sdr", updatedAt: 40 });
    expect(await viewer(backend)).toMatchObject({ status: "active", role: "sdr" });
  });

  it("is no longer listed", async () => {
    const backend = makeBackend();
    const { as } = await makeOrg(backend, "acme");
    await tell(backend, joined, removed);
    const names = (await as.viewer.query(api.organizations.members.list, {})).map(({ clerkUserId }) => clerkUserId);
    expect(names).toEqual(["owner_acme", "admin_acme", "sdr_acme", "viewer_acme"]);
  });
});

describe("an ended organization", () => {
  const ended: News = { type: "organizationDeleted", clerkOrgId: "org_acme" };

  it.each([
    { when: "after its making", news: [joined, ended] },
    { when: "before its making", news: [ended, joined] },
  ])("lets nobody in when its end comes $when", async ({ news }) => {
    const backend = makeBackend();
    await tell(backend, ...news);
    await enter(backend);
    expect(await viewer(backend)).toEqual({ status: "removed" });
    const list = asPerson(backend, ADA).query(api.organizations.members.list, {});
    await expect(list).rejects.toThrow("not_a_member");
    const before = await rows(backend);
    await tell(backend, ended);
    expect(await rows(backend)).toBe(before);
  });
});

describe("what people change", () => {
  const firstRun = { company: "Acme", sells: "Pumps", tone: "warm", locale: "en", timezone: "Europe/Lisbon" } as const;

  it("is written down with who did it", async () => {
    const backend = makeBackend();
    const { as, members } = await makeOrg(backend, "acme");
    await as.owner.mutation(api.organizations.settings.completeFirstRun, firstRun);
    await as.admin.mutation(api.organizations.settings.update, { timezone: "America/Recife" });
    await tell(backend, { ...joined, clerkUserId: "sdr_acme", updatedAt: 40 });
    const audit = await backend.run(async (ctx) => ctx.db.query("audit").collect());
    expect(audit.map(({ action, actor }) => [action, actor.kind === "member" ? actor.memberId : actor.name])).toEqual([
      ["organization.first_run_completed", members.owner],
      ["organization.updated", members.admin],
      ["member.role_changed", "clerk"],
    ]);
  });

  it("becomes the first playbook once", async () => {
    const backend = makeBackend();
    const { as } = await makeOrg(backend, "acme");
    const onboarding = () => as.viewer.query(api.organizations.settings.onboarding, {});
    expect(await onboarding()).toEqual({ firstRun: false, connectedChannel: false, invitedColleague: true });
    await as.owner.mutation(api.organizations.settings.completeFirstRun, firstRun);
    await as.admin.mutation(api.organizations.settings.completeFirstRun, { ...firstRun, company: "Other" });
    expect(await onboarding()).toEqual({ firstRun: true, connectedChannel: false, invitedColleague: true });
    const playbooks = await backend.run(async (ctx) => ctx.db.query("playbooks").collect());
    expect(playbooks.map(({ version, content }) => [version, content.company.name])).toEqual([[1, "Acme"]]);
  });

  it.each([
    { field: "company", value: "  " },
    { field: "company", value: "x".repeat(121) },
    { field: "sells", value: "" },
    { field: "sells", value: "x".repeat(2_001) },
    { field: "timezone", value: "Mars/Olympus" },
  ])("is refused when $field is not right", async ({ field, value }) => {
    const { as } = await makeOrg(makeBackend(), "acme");
    const run = as.owner.mutation(api.organizations.settings.completeFirstRun, { ...firstRun, [field]: value });
    await expect(run).rejects.toThrow(`"field":"${field}"`);
  });

  it("of their own language is theirs alone", async () => {
    const backend = makeBackend();
    const { as } = await makeOrg(backend, "acme");
    await as.viewer.mutation(api.organizations.members.chooseLocale, { locale: "es" });
    expect(await as.viewer.query(api.organizations.members.viewer, {})).toMatchObject({ locale: "es" });
    expect(await as.owner.query(api.organizations.members.viewer, {})).toMatchObject({ locale: null });
  });
});

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length < 2) return [[...items]];
  return items.flatMap((item, index) => permutations(items.toSpliced(index, 1)).map((rest) => [item, ...rest]));
}
