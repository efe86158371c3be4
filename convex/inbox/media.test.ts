import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { api, internal } from "../_generated/api";
import { type Backend, makeBackend, makeConnection, makeOrg, messageEvent, receive } from "../test.setup.ts";

const NOW = Date.UTC(2026, 0, 15, 12);

beforeEach(() => {
  // Jobs stay where they are scheduled: each step is taken by hand.
  vi.useFakeTimers({ now: NOW });
});
afterEach(() => {
  vi.useRealTimers();
});

/** A message whose bytes were never asked for yet. */
async function open() {
  const backend = makeBackend();
  const { orgId, as } = await makeOrg(backend, "acme");
  const connection = await makeConnection(backend, { orgId });
  const media = { ref: "the ref", mimeType: "image/png", voice: false, viewOnce: false };
  await receive(backend, connection, [messageEvent("m1", { kind: "image", media })]);
  const message = async () => {
    const [row] = await backend.run(async (ctx) => ctx.db.query("messages").collect());
    if (row?.media === undefined) throw new Error("There is a message with media");
    return { ...row, media: row.media };
  };
  const { _id: messageId } = await message();
  const of = (attempt: number) => ({ orgId, messageId, attempt });
  const begin = (attempt: number) => backend.mutation(internal.inbox.media.begin, of(attempt));
  const fail = (attempt: number, given: { final?: boolean; retryAfterMs?: number } = {}) =>
    backend.mutation(internal.inbox.media.failed, { ...of(attempt), reason: "Unreachable", final: false, ...given });
  const store = async (attempt: number) => {
    const storageId = await backend.run(async (ctx) => ctx.storage.store(new Blob(["bytes"])));
    const file = { storageId, mimeType: "image/webp", byteLength: 5 };
    return { storageId, isWanted: await backend.mutation(internal.inbox.media.stored, { ...of(attempt), ...file }) };
  };
  return { backend, as, connection, orgId, messageId, message, of, begin, fail, store };
}

/** Jobs that wait, as `name@seconds from now`. */
async function jobs(backend: Backend): Promise<string[]> {
  const all = await backend.run(async (ctx) => ctx.db.system.query("_scheduled_functions").collect());
  return all.map(({ name, scheduledTime }) => `${name.split(":")[1]}@${Math.round((scheduledTime - NOW) / 1_000)}`);
}

describe("the bytes of a message", () => {
  it("are asked for as soon as it is stored, and an attempt has an end in time", async () => {
    const { backend, message, begin } = await open();
    expect(await jobs(backend)).toEqual(["begin@0"]);
    await begin(0);
    expect((await message()).media).toMatchObject({ state: "pending", attempt: 1, running: true });
    expect(await jobs(backend)).toEqual(["begin@0", "fetch@0", "failed@120"]);
  });

  it("are kept once they came, and what comes later is not wanted", async () => {
    const { message, begin, fail, store } = await open();
    await begin(0);
    const { storageId, isWanted } = await store(1);
    expect([isWanted, (await store(1)).isWanted]).toEqual([true, false]);
    await fail(1);
    expect((await message()).media).toMatchObject({
      state: "stored",
      storageId,
      mimeType: "image/webp",
      byteLength: 5,
    });
  });

  it("are one attempt at a time: an older one that comes back, or begins twice, changes nothing", async () => {
    const { message, begin, fail, store } = await open();
    await begin(0);
    await begin(0);
    expect((await message()).media.attempt).toBe(1);
    await fail(1);
    await fail(1);
    await begin(1);
    expect((await store(1)).isWanted).toBe(false);
    expect((await message()).media).toMatchObject({ attempt: 2, running: true });
  });

  it("are asked for again, later and later, and given up on with a letter that a person can play again", async () => {
    const { backend, as, messageId, message, begin, fail } = await open();
    for (let attempt = 0; attempt < 6; attempt += 1) {
      await begin(attempt);
      await fail(attempt + 1);
    }
    const waits = (await jobs(backend))
      .filter((job) => job.startsWith("begin@"))
      .map((job) => Number(job.split("@")[1]));
    expect(waits).toHaveLength(6);
    expect(waits).toEqual(waits.toSorted((left, right) => left - right));
    expect((await message()).media.state).toBe("failed");
    const letters = await as.admin.query(api.ops.deadLetters.list, {});
    expect(letters).toMatchObject([{ kind: "media", ref: messageId, reason: "Unreachable" }]);
    const [letter] = letters;
    if (letter !== undefined) await as.admin.mutation(api.ops.deadLetters.replay, { deadLetterId: letter._id });
    expect((await message()).media).toMatchObject({ state: "pending", attempt: 0, running: false });
  });

  it("are not asked for again when the provider says never, and not before it allows", async () => {
    const first = await open();
    await first.begin(0);
    await first.fail(1, { final: true });
    expect((await first.message()).media.state).toBe("failed");
    const second = await open();
    await second.begin(0);
    await second.fail(1, { retryAfterMs: 3_600_000 });
    expect(await jobs(second.backend)).toContain("begin@3600");
  });

  it("go when the message is taken back", async () => {
    const { backend, connection, begin, store } = await open();
    await begin(0);
    const { storageId } = await store(1);
    const chat = { kind: "phone", value: "5511987654321" } as const;
    await receive(backend, connection, [
      { type: "delete", key: "del:m1", chat, aliases: [], fromMe: false, externalId: "m1" },
    ]);
    const [message] = await backend.run(async (ctx) => ctx.db.query("messages").collect());
    expect(message?.media).toBeUndefined();
    expect(await backend.run(async (ctx) => ctx.storage.get(storageId))).toBeNull();
  });

  it("cannot be asked of an account that is gone", async () => {
    const { backend, begin, of, connection } = await open();
    await begin(0);
    expect(await backend.query(internal.inbox.media.load, of(1))).toMatchObject({ account: "main", ref: "the ref" });
    await backend.run(async (ctx) => {
      for (const { _id } of await ctx.db.query("connectionSecrets").collect())
        await ctx.db.delete("connectionSecrets", _id);
    });
    expect(await backend.query(internal.inbox.media.load, of(1))).toBeNull();
    expect(connection.connectionId).toBeTruthy();
  });
});
