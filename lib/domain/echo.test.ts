import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Echo, matchEcho } from "./echo.ts";
import { settleSend } from "./lane-outcome.ts";
import type { Delivery, Lane } from "./lane-state.ts";

const sentAt = 1_000_000;
const echo: Echo = { externalId: "X1", fingerprint: "hello", viaApi: false, providerAt: sentAt + 400 };
const lane: Lane = { state: "busy", token: 4, leaseUntil: sentAt + 30_000 };

function makeDelivery(change: Partial<Delivery> = {}): Delivery {
  return {
    seq: 1,
    origin: "agent",
    state: "sending",
    token: 1,
    attempt: 1,
    nextAttemptAt: sentAt,
    fingerprint: "hello",
    attemptedAt: sentAt,
    ...change,
  };
}

describe("I3: the echo of our own send is ours", () => {
  test("before the answer: the id is noted, and the answer is still awaited", () => {
    const delivery = makeDelivery();
    expect(matchEcho(echo, [delivery])).toEqual({ kind: "ours", delivery: { ...delivery, externalId: "X1" } });
  });

  test.each<Delivery["state"]>(["unknown", "unconfirmed", "sent"])("it settles a request that is %s", (state) => {
    const delivery = makeDelivery({ state, confirmBy: sentAt + 60_000 });
    expect(matchEcho(echo, [delivery])).toMatchObject({
      kind: "ours",
      delivery: { state: "sent", externalId: "X1", confirmBy: undefined },
    });
  });

  test.each<Delivery["state"]>(["sent", "dead", "cancelled"])("an id that is known changes nothing: %s", (state) => {
    const delivery = makeDelivery({ state, externalId: "X1", fingerprint: "other words" });
    expect(matchEcho(echo, [delivery])).toEqual({ kind: "ours", delivery });
  });

  test("a message that waits to be sent again has arrived the first time: the second request is spared", () => {
    const again = makeDelivery({ state: "queued", origin: "resend", doubtedSince: sentAt });
    expect(matchEcho(echo, [again])).toMatchObject({ kind: "ours", delivery: { state: "sent", externalId: "X1" } });
  });

  test("the request before a resend may have arrived although the resend itself was refused", () => {
    const refused = makeDelivery({
      state: "dead",
      origin: "resend",
      doubtedSince: sentAt,
      attemptedAt: sentAt + 60_000,
    });
    expect(matchEcho(echo, [refused])).toMatchObject({ kind: "ours", delivery: { state: "sent", externalId: "X1" } });
    expect(matchEcho(echo, [makeDelivery({ state: "dead" })]).kind).toBe("person");
  });

  test("the first request's echo is known although a second one has begun", () => {
    const again = makeDelivery({ origin: "resend", doubtedSince: sentAt, attemptedAt: sentAt + 3_600_000 });
    expect(matchEcho(echo, [again])).toMatchObject({ kind: "ours", delivery: { externalId: "X1" } });
  });

  test.each([
    [1, sentAt + 1_000],
    [2, sentAt + 71_000],
  ])(
    "of two equal messages it is number %i when that is nearer in time, in whatever order they are given",
    (seq, providerAt) => {
      const first = makeDelivery({ seq: 1, state: "unconfirmed" });
      const second = makeDelivery({ seq: 2, attemptedAt: sentAt + 70_000 });
      for (const rows of [
        [first, second],
        [second, first],
      ]) {
        expect(matchEcho({ ...echo, providerAt }, rows)).toMatchObject({ kind: "ours", delivery: { seq } });
      }
    },
  );
});

describe("I6: a person on the phone is a person", () => {
  test.each<[string, Partial<Delivery>]>([
    ["our message says something else", { fingerprint: "bye" }],
    ["our message has its id already", { state: "sent", externalId: "X0" }],
    ["ours is still in the queue", { state: "queued", attemptedAt: undefined }],
    ["ours had no effect and waits for a retry", { state: "queued" }],
    ["ours was refused", { state: "dead" }],
    ["ours was cancelled", { state: "cancelled" }],
    ["ours was sent long before", { state: "unconfirmed", attemptedAt: sentAt - 600_000 }],
    ["ours was sent long after", { attemptedAt: sentAt + 600_000 }],
  ])("when %s", (_why, change) => {
    expect(matchEcho(echo, [makeDelivery(change)])).toEqual({ kind: "person" });
  });

  test("without a time, an old send that was not confirmed does not swallow their words", () => {
    const { providerAt: _, ...timeless } = echo;
    expect(matchEcho(timeless, [makeDelivery({ state: "unconfirmed" })])).toEqual({ kind: "person" });
    expect(matchEcho(timeless, [makeDelivery()])).toMatchObject({ kind: "ours" });
  });

  test("what a program sent is never a person's", () => {
    expect(matchEcho({ ...echo, viaApi: true }, [])).toEqual({ kind: "program" });
  });
});

describe("I3: when the answer disagrees with the echo, the answer wins", () => {
  const claimed = makeDelivery({ externalId: "X1" });
  const settle = (row: Delivery, result: Parameters<typeof settleSend>[2]["result"]) =>
    settleSend(lane, row, { token: 1, result, now: sentAt + 500, jitter: 0 });

  test("another id: ours is that one, and the echo was a person's", () => {
    expect(settle(claimed, { kind: "sent", externalId: "Y9" })).toMatchObject({
      kind: "sent",
      disowned: "X1",
      delivery: { state: "sent", externalId: "Y9" },
    });
  });

  test("also when the echo has settled it meanwhile", () => {
    expect(settle({ ...claimed, state: "sent" }, { kind: "sent", externalId: "Y9" })).toMatchObject({
      disowned: "X1",
      delivery: { externalId: "Y9" },
      lane: null,
    });
  });

  test("the same id: nobody is disowned", () => {
    expect(settle(claimed, { kind: "sent", externalId: "X1" })).toMatchObject({ kind: "sent", disowned: undefined });
  });

  test.each(["retry", "parked", "dead"] as const)("certainly no effect (%s): the echo was a person's", (kind) => {
    const failure = {
      retry: { class: "rate_limited", retryAfterMs: 1 },
      parked: { class: "auth_expired" },
      dead: { class: "rejected", reason: "not_on_whatsapp" },
    } as const;
    expect(settle(claimed, { kind: "failed", failure: failure[kind] })).toMatchObject({
      kind,
      disowned: "X1",
      delivery: { externalId: undefined },
    });
  });
});

test("law: exactly one owner, and an echo takes an id from nobody", () => {
  const states = fc.constantFrom<Delivery["state"]>("queued", "sending", "unknown", "unconfirmed", "sent", "dead");
  const rows = fc.array(
    fc.record({ state: states, id: fc.constantFrom(undefined, "X1", "X2"), words: fc.constantFrom("hello", "bye") }),
  );
  fc.assert(
    fc.property(rows, (drawn) => {
      const deliveries = drawn.map(({ state, id, words }, seq) =>
        makeDelivery({ seq, state, externalId: id, fingerprint: words }),
      );
      const owner = matchEcho(echo, deliveries);
      const before = owner.kind === "ours" ? deliveries[owner.delivery.seq] : undefined;
      expect(owner.kind === "ours").toBe(before !== undefined);
      const hasOwner = deliveries.some(({ externalId }) => externalId === "X1");
      expect(hasOwner ? ["X1"] : [undefined]).toContain(before?.externalId);
    }),
  );
});
