import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { internal } from "./_generated/api";
import { fillTenant, makeBackend, makeConnection, makeOrg } from "./test.setup.ts";

const NOW = Date.UTC(2026, 0, 15, 12);
const DAY_MS = 86_400_000;

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
});
afterEach(() => {
  vi.useRealTimers();
});

describe("what is kept for a time", () => {
  it.each([
    { table: "inboundKeys", days: 30 },
    { table: "earlyStatuses", days: 7 },
    { table: "earlyChanges", days: 7 },
    { table: "receipts", days: 7 },
    { table: "rawEvents", days: 7 },
    { table: "typing", days: 1 },
    { table: "events", days: 30 },
  ] as const)("$table is kept $days days, and no longer", async ({ table, days }) => {
    const backend = makeBackend();
    await fillTenant(backend, "acme");
    const left = async (at: number) => {
      vi.setSystemTime(at);
      await backend.mutation(internal.ops.jobs.retire, { table });
      return backend.run(async (ctx) => (await ctx.db.query(table).collect()).length);
    };
    expect(await left(NOW + days * DAY_MS - 1_000)).toBe(1);
    expect(await left(NOW + days * DAY_MS + 1_000)).toBe(0);
  });

  it("more than one transaction can take is left to the next, which follows", async () => {
    const backend = makeBackend();
    const { orgId } = await makeOrg(backend, "acme");
    const { connectionId } = await makeConnection(backend, { orgId });
    await backend.run(async (ctx) => {
      for (let key = 0; key < 501; key += 1)
        await ctx.db.insert("inboundKeys", { orgId, connectionId, key: String(key) });
    });
    vi.setSystemTime(NOW + 31 * DAY_MS);
    await backend.mutation(internal.ops.jobs.retire, { table: "inboundKeys" });
    const state = await backend.run(async (ctx) => [
      (await ctx.db.query("inboundKeys").collect()).length,
      (await ctx.db.system.query("_scheduled_functions").collect()).length,
    ]);
    expect(state).toEqual([1, 1]);
  });

  it("a secret whose overlap is over is deleted, and no other", async () => {
    const backend = makeBackend();
    const { orgId } = await makeOrg(backend, "acme");
    const { secretId } = await makeConnection(backend, { orgId });
    await backend.run(async (ctx) => ctx.db.patch("connectionSecrets", secretId, { validUntil: NOW + 1_000 }));
    const left = async (at: number) => {
      vi.setSystemTime(at);
      await backend.mutation(internal.connections.jobs.retireSecrets, {});
      return backend.run(async (ctx) => (await ctx.db.query("connectionSecrets").collect()).map(({ kind }) => kind));
    };
    expect(await left(NOW + 500)).toEqual(["token", "webhook"]);
    expect(await left(NOW + 2_000)).toEqual(["token"]);
  });
});
