/** Whose message is a `fromMe`? */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { fingerprintMessage } from "../../lib/connectors/fingerprint.ts";
import type { Delivery } from "../../lib/domain/lane-state.ts";
import { makeBackend, makeConnection, makeOrg, messageEvent, receive, statusEvent } from "../test.setup.ts";

const NOW = Date.UTC(2026, 0, 15, 12);
const WORDS = "Claro! Qual é o tamanho do time?";

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
});
afterEach(() => {
  vi.useRealTimers();
});

/** A conversation in which we have sent `WORDS`, as far as `delivery` says. */
async function open(...deliveries: Partial<Delivery>[]) {
  const backend = makeBackend();
  const { orgId } = await makeOrg(backend, "acme");
  const connection = await makeConnection(backend, { orgId });
  await receive(backend, connection, [messageEvent("hello")]);
  await backend.run(async (ctx) => {
    const [conversation] = await ctx.db.query("conversations").collect();
    if (conversation === null || conversation === undefined) return;
    const { connectionId, _id: conversationId } = conversation;
    for (const [index, given] of deliveries.entries()) {
      const of = { orgId, connectionId, conversationId };
      const seq = 2 + index;
      const fields = {
        seq,
        sortAt: NOW,
        direction: "outbound" as const,
        author: { kind: "agent" as const },
        reactions: [],
      };
      const status = given.state === "unconfirmed" ? ("unknown" as const) : ("sending" as const);
      const messageId = await ctx.db.insert("messages", { ...of, ...fields, kind: "text", text: WORDS, status });
      await ctx.db.insert("deliveries", {
        ...of,
        messageId,
        seq,
        origin: "agent",
        state: "sending",
        token: 1,
        attempt: 1,
        nextAttemptAt: NOW,
        attemptedAt: NOW,
        fingerprint: fingerprintMessage({ kind: "text", text: WORDS }),
        ...given,
      });
    }
    await ctx.db.patch("conversations", conversationId, { nextSeq: 2 + deliveries.length });
  });
  const state = () =>
    backend.run(async (ctx) => ({
      messages: (await ctx.db.query("messages").collect()).slice(1),
      deliveries: await ctx.db.query("deliveries").collect(),
      handler: (await ctx.db.query("conversations").first())?.handler.kind,
      waiting: (await ctx.db.query("earlyStatuses").collect()).length,
    }));
  return { take: (...events: Parameters<typeof receive>[2]) => receive(backend, connection, events), state };
}

const echo = (given: Partial<Parameters<typeof messageEvent>[1]> = {}) =>
  messageEvent("e1", { fromMe: true, text: WORDS, providerAt: NOW, ...given });

describe("the echo of our own send", () => {
  it.each([true, false])(
    "before the provider's answer is ours and silences nobody (through the API: %s)",
    async (viaApi) => {
      const { take, state } = await open({ state: "sending" });
      await take(echo({ viaApi }));
      expect(await state()).toMatchObject({
        messages: [{ externalId: "e1" }],
        deliveries: [{ state: "sending", externalId: "e1" }],
        handler: "agent",
      });
    },
  );

  it.each(["unknown", "unconfirmed"] as const)("after a time-out (%s) proves that it was sent", async (doubt) => {
    const { take, state } = await open({ state: doubt });
    await take(echo());
    expect(await state()).toMatchObject({
      messages: [{ externalId: "e1", status: "sent" }],
      deliveries: [{ state: "sent", externalId: "e1" }],
      handler: "agent",
    });
  });

  it("by an id that is known already adds nothing", async () => {
    const { take, state } = await open({ state: "unknown" });
    await take(echo());
    const before = await state();
    await take(echo({ key: "another key" }));
    expect(await state()).toEqual(before);
  });

  it("gets the ticks that came before it", async () => {
    const { take, state } = await open({ state: "unknown" });
    await take(statusEvent("e1", "delivered"), echo());
    expect(await state()).toMatchObject({ messages: [{ status: "delivered" }], waiting: 0 });
  });

  it("of the same words twice goes to the one that is nearer in time", async () => {
    const { take, state } = await open({ state: "unknown", attemptedAt: NOW - 2_000 }, { state: "sending" });
    await take(echo({ providerAt: NOW - 2_000 }));
    expect((await state()).messages.map(({ externalId }) => externalId)).toEqual(["e1", undefined]);
    await take(echo({ externalId: "e2", key: "msg:e2" }));
    expect((await state()).messages.map(({ externalId }) => externalId)).toEqual(["e1", "e2"]);
  });
});

describe("words from our side that we did not send", () => {
  it.each([
    { name: "other words", given: { text: "Oi, aqui é o João" } },
    { name: "the same words, an hour later", given: { providerAt: NOW + 3_600_000 } },
  ])("$name on the phone are a person's, who takes over", async ({ given }) => {
    const { take, state } = await open({ state: "unknown" });
    await take(echo(given));
    const { messages, deliveries, handler } = await state();
    expect(messages[1]).toMatchObject({ author: { kind: "member" }, direction: "outbound", status: "sent" });
    expect([deliveries[0]?.state, handler]).toEqual(["unknown", "member"]);
  });

  it("by another program are automation, and silence nobody", async () => {
    const { take, state } = await open();
    await take(echo({ viaApi: true }));
    expect(await state()).toMatchObject({ messages: [{ author: { kind: "automation" } }], handler: "agent" });
  });

  it("are never the echo of what certainly did not leave", async () => {
    const { take, state } = await open({ state: "queued", origin: "agent" }, { state: "dead" }, { state: "cancelled" });
    await take(echo());
    expect(await state()).toMatchObject({ handler: "member", deliveries: [{ state: "cancelled" }, {}, {}] });
  });
});
