import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { defaultPlaybook } from "../../lib/domain/playbook-default.ts";
import type { PlaybookContent } from "../../lib/domain/playbook.ts";
import { api, internal } from "../_generated/api";
import { makeWorld, theConversation } from "../inbox/test.setup.ts";
import { type Backend, dump, makeBackend, makeOrg, type TestOrg } from "../test.setup.ts";

const { get, load, save, versions } = api.agent.playbooks;
const TABLES = ["playbooks", "audit", "organizations"] as const;
const first = defaultPlaybook({
  company: "Acme",
  sells: "Software",
  tone: "warm",
  locale: "pt-BR",
  timezone: "America/Sao_Paulo",
});

async function makeTaught(): Promise<{ backend: Backend; org: TestOrg }> {
  const backend = makeBackend();
  const org = await makeOrg(backend, "acme");
  await org.as.owner.mutation(save, { content: first, baseVersion: 0 });
  return { backend, org };
}

describe("saving a playbook", () => {
  it("publishes the next version, archives the one before and says by whom", async () => {
    const { org } = await makeTaught();
    const content = { ...first, agentName: "Lia" };
    expect(await org.as.admin.mutation(save, { content, baseVersion: 1 })).toEqual({ version: 2 });
    expect(await org.as.viewer.query(get, {})).toEqual({
      version: 2,
      content,
      authorName: "admin of acme",
      savedAt: expect.any(Number),
    });
    expect(await org.as.viewer.query(versions, {})).toMatchObject([
      { version: 2, authorName: "admin of acme", state: "published" },
      { version: 1, authorName: "owner of acme", state: "archived" },
    ]);
  });

  it("leaves a line in the audit", async () => {
    const { backend, org } = await makeTaught();
    const audit = await backend.run(async (ctx) => ctx.db.query("audit").collect());
    expect(audit).toMatchObject([
      {
        orgId: org.orgId,
        actor: { kind: "member", memberId: org.members.owner },
        action: "playbook.published",
        target: "version 1",
      },
    ]);
  });

  it.each(["sdr", "viewer"] as const)("is refused to a member who is %s, and nothing changes", async (role) => {
    const { backend, org } = await makeTaught();
    const before = await dump(backend, TABLES);
    await expect(org.as[role].mutation(save, { content: first, baseVersion: 1 })).rejects.toThrow("forbidden");
    expect(await dump(backend, TABLES)).toBe(before);
  });

  it("of two who started from the same version, the second is told of the first and overwrites nothing", async () => {
    const { org } = await makeTaught();
    await org.as.owner.mutation(save, { content: { ...first, agentName: "Lia" }, baseVersion: 1 });
    const late = org.as.admin.mutation(save, { content: { ...first, agentName: "Ana" }, baseVersion: 1 });
    await expect(late).rejects.toMatchObject({ data: { code: "conflict", what: "playbook", version: 2 } });
    expect(await org.as.admin.query(get, {})).toMatchObject({ version: 2, content: { agentName: "Lia" } });
  });

  it.each<[string, Partial<PlaybookContent>, { field: string; reason: string }]>([
    ["no name for the agent", { agentName: " " }, { field: "agentName", reason: "empty" }],
    [
      "a wait that is too long",
      { pacing: { ...first.pacing, maxWaitMs: 600_001 } },
      { field: "pacing.maxWaitMs", reason: "out_of_range" },
    ],
    [
      "a link that is none",
      { offer: { ...first.offer, links: ["x y"] } },
      { field: "offer.links.0", reason: "not_link" },
    ],
  ])("with %s is refused by field, and nothing changes", async (_, changes, { field, reason }) => {
    const { backend, org } = await makeTaught();
    const before = await dump(backend, TABLES);
    const saving = org.as.owner.mutation(save, { content: { ...first, ...changes }, baseVersion: 1 });
    const problems = [{ path: field, problem: reason }];
    await expect(saving).rejects.toMatchObject({ data: { code: "invalid", field, reason, problems } });
    expect(await dump(backend, TABLES)).toBe(before);
  });

  it("names every field that has to be put right", async () => {
    const { org } = await makeTaught();
    const content = { ...first, agentName: "", company: { name: "" } };
    const saving = org.as.owner.mutation(save, { content, baseVersion: 1 });
    const problems = ["company.name", "agentName"].map((path) => ({ path, problem: "empty" }));
    await expect(saving).rejects.toMatchObject({ data: { code: "invalid", field: "company.name", problems } });
  });
});

describe("the history of a playbook", () => {
  it("gives an old version back to be saved as a new one", async () => {
    const { org } = await makeTaught();
    await org.as.owner.mutation(save, { content: { ...first, agentName: "Lia" }, baseVersion: 1 });
    const { content } = await org.as.owner.query(load, { version: 1 });
    await org.as.owner.mutation(save, { content, baseVersion: 2 });
    expect(await org.as.owner.query(get, {})).toMatchObject({ version: 3, content: { agentName: first.agentName } });
    expect((await org.as.owner.query(versions, {})).map(({ state }) => state)).toEqual([
      "published",
      "archived",
      "archived",
    ]);
  });

  it("has no version that was never saved", async () => {
    const { org } = await makeTaught();
    for (const version of [0, 2, 1.5]) {
      await expect(org.as.owner.query(load, { version })).rejects.toThrow("not_found");
    }
  });

  it("is empty before the first run", async () => {
    const { as } = await makeOrg(makeBackend(), "acme");
    expect(await as.viewer.query(get, {})).toBeNull();
    expect(await as.viewer.query(versions, {})).toEqual([]);
  });

  it("of another organization is neither seen nor counted", async () => {
    const { backend, org } = await makeTaught();
    const other = await makeOrg(backend, "bravo");
    expect(await other.as.owner.query(get, {})).toBeNull();
    expect(await other.as.owner.query(versions, {})).toEqual([]);
    await expect(other.as.owner.query(load, { version: 1 })).rejects.toThrow("not_found");
    const content = { ...first, agentName: "Lia" };
    expect(await other.as.owner.mutation(save, { content, baseVersion: 0 })).toEqual({ version: 1 });
    expect(await org.as.owner.query(get, {})).toMatchObject({ version: 1, content: { agentName: first.agentName } });
  });
});

describe("the agent", () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["Date", "setTimeout", "clearTimeout"] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("speaks from what was saved last, also in a turn that was waiting when it was saved", async () => {
    const world = await makeWorld();
    await world.hear("one", { text: "Oi" });
    const { content } = (await world.org.as.owner.query(get, {})) ?? { content: first };
    await world.org.as.owner.mutation(save, { content: { ...content, agentName: "Lia" }, baseVersion: 1 });
    const seen: unknown[] = [];
    world.jobs.thinks = async () => {
      const { _id: conversationId, orgId } = await theConversation(world);
      const turn = await world.backend.run(async (ctx) => ctx.db.query("turns").first());
      const held = { orgId, conversationId, token: turn?.turn.token ?? 0, now: Date.now() };
      const snapshot = await world.backend.query(internal.agent.turns.snapshot, held);
      seen.push(snapshot?.input);
      return true;
    };
    await world.jobs.run(60_000);
    expect(seen).toMatchObject([{ playbookVersion: 2, playbook: { agentName: "Lia" } }]);
    const trace = await world.backend.run(async (ctx) => ctx.db.query("traces").first());
    expect(trace?.trace.playbookVersion).toBe(2);
  });
});

describe("the switch that stops the agent", () => {
  const { get: read, setEnabled } = api.agent.control;

  it("says who used it last, and when", async () => {
    const { as } = await makeOrg(makeBackend(), "acme");
    expect(await as.viewer.query(read, {})).toEqual({ enabled: true, switched: null });
    const before = Date.now();
    await as.admin.mutation(setEnabled, { enabled: false });
    const { enabled, switched } = await as.viewer.query(read, {});
    expect({ enabled, by: switched?.by }).toEqual({ enabled: false, by: "admin of acme" });
    expect(switched?.at).toBeGreaterThanOrEqual(before);
    await as.owner.mutation(setEnabled, { enabled: true });
    expect(await as.viewer.query(read, {})).toMatchObject({ enabled: true, switched: { by: "owner of acme" } });
  });

  it("keeps who stopped it when somebody else asks for the same", async () => {
    const { as } = await makeOrg(makeBackend(), "acme");
    await as.admin.mutation(setEnabled, { enabled: false });
    await as.owner.mutation(setEnabled, { enabled: false });
    expect(await as.viewer.query(read, {})).toMatchObject({ switched: { by: "admin of acme" } });
  });

  it("of another organization stays as it is", async () => {
    const backend = makeBackend();
    const [acme, bravo] = [await makeOrg(backend, "acme"), await makeOrg(backend, "bravo")];
    await acme.as.owner.mutation(setEnabled, { enabled: false });
    expect(await bravo.as.owner.query(read, {})).toEqual({ enabled: true, switched: null });
  });
});
