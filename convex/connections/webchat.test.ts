import { describe, expect, it } from "vitest";
import { api } from "../_generated/api";
import { makeBackend, makeOrg } from "../test.setup.ts";

describe("the web chat of an organization", () => {
  it("is one connection, however often it is switched on and off", async () => {
    const backend = makeBackend();
    const { as } = await makeOrg(backend, "acme");
    const get = () => as.viewer.query(api.connections.webchat.get, {});
    expect(await get()).toEqual({ enabled: false, slug: "acme", connectionId: null });
    const connectionId = await as.admin.mutation(api.connections.webchat.enable, {});
    expect(await as.admin.mutation(api.connections.webchat.enable, {})).toBe(connectionId);
    expect(await get()).toEqual({ enabled: true, slug: "acme", connectionId });
    await as.admin.mutation(api.connections.webchat.disable, {});
    await as.admin.mutation(api.connections.webchat.disable, {});
    expect(await get()).toEqual({ enabled: false, slug: "acme", connectionId });
    expect(await as.admin.mutation(api.connections.webchat.enable, {})).toBe(connectionId);
    expect(await as.viewer.query(api.connections.connections.list, {})).toMatchObject([
      { _id: connectionId, connector: "webchat", channel: "webchat", name: "Chat do site", state: "connected" },
    ]);
    const audit = await backend.run(async (ctx) => ctx.db.query("audit").collect());
    const done = ["webchat.enabled", "webchat.disabled", "webchat.enabled"];
    expect(audit.map(({ action }) => action)).toEqual(done);
  });

  it("is for those who manage connections to switch", async () => {
    const { as } = await makeOrg(makeBackend(), "acme");
    for (const role of ["sdr", "viewer"] as const) {
      await expect(as[role].mutation(api.connections.webchat.enable, {})).rejects.toThrow("forbidden");
      await expect(as[role].mutation(api.connections.webchat.disable, {})).rejects.toThrow("forbidden");
    }
  });

  it("of one organization is not another's", async () => {
    const backend = makeBackend();
    const acme = await makeOrg(backend, "acme");
    const beta = await makeOrg(backend, "beta");
    await acme.as.owner.mutation(api.connections.webchat.enable, {});
    await beta.as.owner.mutation(api.connections.webchat.disable, {});
    expect(await acme.as.owner.query(api.connections.webchat.get, {})).toMatchObject({ enabled: true });
    expect(await beta.as.owner.query(api.connections.webchat.get, {})).toMatchObject({ connectionId: null });
  });

  it("has no account at a provider to pair, and is not made like one that has", async () => {
    const { as } = await makeOrg(makeBackend(), "acme");
    const connectionId = await as.owner.mutation(api.connections.webchat.enable, {});
    await expect(as.owner.action(api.connections.accounts.connect, { connectionId })).rejects.toThrow("no_accounts");
  });
});
