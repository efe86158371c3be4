/** Mutations, actions, tokens, versions and silence on one socket. */
import { describe, expect, test } from "vitest";
import { encodeTimestamp } from "./protocol.ts";
import { ADMIN_KEY, connect, mutation, say, SHORT_LIVED, signIn, startSession, watch } from "./session-harness.ts";
import type { Session } from "./session.ts";

const list = watch(0, "messages:list", { channel: "a" });

describe("mutations", () => {
  test("run in the order they came, each answered before the next one starts", async () => {
    const { send, settle, frames } = startSession();
    send(connect(), ...Array.from({ length: 20 }, (_, n) => say(n, `m${n}`)));
    await settle();
    const responses = frames().filter(({ type }) => type === "MutationResponse");
    expect(responses.map(({ requestId, result }) => [requestId, result])).toEqual(
      Array.from({ length: 20 }, (_, n) => [n, n + 1]),
    );
  });

  test("one per turn of the event loop, so that other sockets get theirs", async () => {
    const { send, turns, another } = startSession();
    const neighbour = another();
    send(connect(), say(0, "x"), say(1, "y"), say(2, "z"));
    neighbour.send(connect({ sessionId: "other" }), say(0, "theirs"));
    expect(neighbour.types()).toEqual(["MutationResponse"]);
    expect(turns.length).toBeGreaterThan(0);
  });

  test("a second delivery of the same request gets the first one's answer and changes nothing", async () => {
    const { send, settle, another, frames, engine } = startSession();
    send(connect(), say(7, "once"));
    await settle();
    const latest = engine.latestTimestamp();
    const again = another();
    again.send(connect({ connectionCount: 1 }), say(7, "once"), list);
    await settle();
    expect(again.frames()[0]).toEqual(frames()[0]);
    expect(JSON.stringify(again.frames())).toContain(`"value":["once"]`);
    expect(engine.latestTimestamp()).toBe(latest);
  });

  test("the same request number of another session is another request", async () => {
    const { send, settle, another } = startSession();
    send(connect(), say(7, "mine"));
    await settle();
    const other = another();
    other.send(connect({ sessionId: "another" }), say(7, "theirs"));
    await settle();
    expect(other.frames()[0]).toMatchObject({ result: 2 });
  });

  test("a failure is answered with message and data", async () => {
    const { send, settle, frames } = startSession();
    send(connect(), mutation(0, "messages:refuse", {}));
    await settle();
    expect(frames()[0]).toMatchObject({
      success: false,
      result: expect.stringContaining("refused"),
      errorData: { code: "refused", count: { $integer: "BwAAAAAAAAA=" } },
    });
  });

  test("more than 1,000 waiting ones end the socket, and the client may try again", async () => {
    const { send, socket, settle } = startSession();
    send(connect(), signIn(0, "alice"), ...Array.from({ length: 1000 }, (_, n) => say(n, "x")));
    expect(socket.closedWith).toBeNull();
    send(say(1000, "one too many"));
    await settle();
    expect(socket.closedWith).toEqual({ code: 1013, reason: "TooManyConcurrentMutations" });
  });
});

describe("actions", () => {
  const relay = (requestId: number) => ({
    type: "Action",
    requestId,
    udfPath: "messages:relay",
    args: [{ channel: "a", body: "x" }],
  });

  test("are answered when they end, followed by what they changed", async () => {
    const { send, settle, frames } = startSession();
    send(connect(), list);
    await settle();
    send(relay(3));
    await settle();
    expect(frames().find(({ type }) => type === "ActionResponse")).toEqual({
      type: "ActionResponse",
      requestId: 3,
      success: true,
      result: "relayed",
      logLines: [],
    });
    expect(JSON.stringify(frames())).toContain(`"value":["x"]`);
  });

  test("do not hold up the frames behind them", async () => {
    let finish: () => void = () => undefined;
    const { send, settle, types } = startSession({
      "messages:slow": { kind: "action", run: () => new Promise((resolve) => (finish = () => resolve("done"))) },
    });
    send(connect(), { type: "Action", requestId: 0, udfPath: "messages:slow", args: [{}] }, say(1, "x"));
    await settle();
    expect(types()).toEqual(["MutationResponse", "Transition"]);
    finish();
    await settle();
    expect(types()).toContain("ActionResponse");
  });

  test("an action that ends after its socket closed is answered to nobody", async () => {
    let finish: () => void = () => undefined;
    const { send, settle, session, types, faults } = startSession({
      "messages:slow": { kind: "action", run: () => new Promise((resolve) => (finish = () => resolve("done"))) },
    });
    send(connect(), { type: "Action", requestId: 0, udfPath: "messages:slow", args: [{}] });
    session.close();
    finish();
    await settle();
    expect([types(), faults]).toEqual([[], []]);
  });
});

describe("tokens", () => {
  test("frames behind a token wait for it and run as the new caller", async () => {
    const { send, settle, frames } = startSession({
      "messages:sign": { kind: "mutation", run: (context) => context.identity()?.subject ?? null },
    });
    send(connect(), signIn(0, "alice"), mutation(0, "messages:sign", {}));
    await settle();
    expect(frames().find(({ type }) => type === "MutationResponse")).toMatchObject({ result: "alice" });
  });

  test("while a token is verified nothing more is read from the socket, and again when it is, whatever came of it", async () => {
    for (const token of ["alice", "bad token", "fault"]) {
      const { send, socket, settle } = startSession();
      send(connect(), signIn(0, token));
      expect([token, socket.isReadingPaused]).toEqual([token, true]);
      await settle();
      expect([token, socket.isReadingPaused]).toEqual([token, false]);
    }
  });

  test("a refused token is an AuthError that keeps the version, then a close", async () => {
    const { send, socket, settle, frames } = startSession();
    send(connect(), signIn(0, "alice"), signIn(1, "bad token"), say(0, "never"));
    await settle();
    expect(frames().at(-1)).toEqual({
      type: "AuthError",
      error: "bad token does not verify",
      baseVersion: 1,
      authUpdateAttempted: true,
    });
    expect(socket.closedWith).toEqual({ code: 1008, reason: "Unauthenticated" });
  });

  test("a fault while verifying is ours: the socket closes without blaming the token", async () => {
    const { send, socket, settle, faults, frames } = startSession();
    send(connect(), signIn(0, "fault"));
    await settle();
    expect(frames()).toEqual([]);
    expect(faults).toHaveLength(1);
    expect(socket.closedWith?.code).toBe(1011);
  });

  test("signing out is a new identity version with nobody in it", async () => {
    const { send, settle, frames } = startSession();
    send(connect(), signIn(0, "alice"), watch(0, "messages:whoami", {}));
    await settle();
    send({ type: "Authenticate", tokenType: "None", baseVersion: 1 });
    await settle();
    expect(frames().at(-1)).toMatchObject({ endVersion: { identity: 2 }, modifications: [{ value: null }] });
  });

  test.each([
    ["a mutation", say(0, "late")],
    ["an action", { type: "Action", requestId: 0, udfPath: "messages:relay", args: [{}] }],
    ["a new query", watch(0, "messages:list", { channel: "a" })],
  ])("after its token ran out, %s is refused and the socket closed", async (_what, frame) => {
    const { send, socket, settle, clock, frames } = startSession();
    send(connect(), signIn(0, SHORT_LIVED));
    await settle();
    clock.time += 60_000;
    send(frame);
    await settle();
    expect(frames().at(-1)).toEqual({
      type: "AuthError",
      error: "Convex token identity expired",
      baseVersion: 1,
      authUpdateAttempted: false,
    });
    expect(socket.closedWith?.code).toBe(1008);
  });

  test("what others write is not shown to someone whose token ran out", async () => {
    const { send, settle, clock, frames, another } = startSession();
    send(connect(), signIn(0, SHORT_LIVED), list);
    await settle();
    clock.time += 60_000;
    another().send(connect({ sessionId: "other" }), say(0, "secret"));
    await settle();
    expect(frames().at(-1)).toMatchObject({ type: "AuthError", authUpdateAttempted: false });
    expect(JSON.stringify(frames())).not.toContain("secret");
  });

  test.each([
    ["a tick", (session: Session) => session.tick()],
    ["a pong", (session: Session) => session.hear()],
  ])("a token that %s saw run out does not live again when the clock is set back", async (_what, see) => {
    const { send, session, settle, clock, frames } = startSession();
    send(connect(), signIn(0, SHORT_LIVED));
    await settle();
    clock.time += 60_000;
    see(session);
    clock.time -= 60_000;
    send(say(0, "late"));
    await settle();
    expect(frames().at(-1)).toMatchObject({ type: "AuthError", error: "Convex token identity expired" });
  });

  test("a token that was verified since the clock was set back is good", async () => {
    const { send, session, settle, clock, frames } = startSession();
    send(connect(), signIn(0, SHORT_LIVED));
    await settle();
    clock.time += 60_000;
    session.tick();
    clock.time -= 60_000;
    send(signIn(1, SHORT_LIVED), say(0, "in time"));
    await settle();
    expect(frames().at(-2)).toMatchObject({ type: "MutationResponse", success: true });
  });

  test("a fresh token in time replaces the one that runs out", async () => {
    const { send, settle, clock, frames } = startSession();
    send(connect(), signIn(0, SHORT_LIVED));
    await settle();
    send(signIn(1, "renewed"));
    await settle();
    clock.time += 60_000;
    send(say(0, "in time"));
    await settle();
    expect(frames().at(-2)).toMatchObject({ type: "MutationResponse", success: true });
  });

  test("an admin reaches internal functions and components, and may act as someone", async () => {
    const { send, settle, frames } = startSession({
      "inner:who": { kind: "query", component: "child", run: (context) => context.identity()?.subject ?? null },
    });
    const impersonating = { issuer: "i", subject: "carol" };
    send(connect(), watch(0, "messages:count", { channel: "a" }));
    await settle();
    expect(frames().at(-1)).toMatchObject({ modifications: [{ type: "QueryFailed" }] });
    send({ type: "Authenticate", tokenType: "Admin", value: ADMIN_KEY, baseVersion: 0, impersonating });
    send(watch(1, "inner:who", {}, { componentPath: "child" }));
    await settle();
    expect(frames().at(-1)).toMatchObject({
      modifications: [
        { queryId: 0, value: 0 },
        { queryId: 1, value: "carol" },
      ],
    });
  });

  test("a wrong admin key is an AuthError", async () => {
    const { send, settle, frames } = startSession();
    send(connect(), { type: "Authenticate", tokenType: "Admin", value: "guess", baseVersion: 0 });
    await settle();
    expect(frames()).toMatchObject([{ type: "AuthError", authUpdateAttempted: true }]);
  });
});

describe("versions", () => {
  test("every Transition starts where the one before it ended", async () => {
    const { send, settle, frames } = startSession();
    send(connect(), list);
    await settle();
    send(signIn(0, "alice"), say(0, "x"));
    await settle();
    send({ ...watch(1, "a:b", {}), modifications: [{ type: "Remove", queryId: 0 }] });
    await settle();
    const transitions = frames().filter(({ type }) => type === "Transition");
    let last: unknown = { querySet: 0, ts: encodeTimestamp(0n), identity: 0 };
    for (const { startVersion, endVersion } of transitions) {
      expect(startVersion).toEqual(last);
      last = endVersion;
    }
    expect(transitions.at(-1)).toMatchObject({ modifications: [{ type: "QueryRemoved", queryId: 0 }] });
  });

  test.each([
    ["query set", watch(3, "messages:list", {})],
    ["identity", signIn(3, "alice")],
  ])("a wrong base version of the %s is a FatalError in production's words", async (_what, frame) => {
    const { send, socket, settle, frames } = startSession();
    send(connect(), frame);
    await settle();
    expect(frames()).toEqual([
      { type: "FatalError", error: "Base version 3 passed up doesn't match the current version 0" },
    ]);
    expect(socket.closedWith?.code).toBe(1008);
  });

  test("a client that has seen a later timestamp is sent away, one that has seen the latest is not", async () => {
    const { send, socket, another, settle, engine } = startSession();
    const latest = engine.latestTimestamp();
    send(connect({ maxObservedTimestamp: encodeTimestamp(latest) }));
    const ahead = another();
    ahead.send(connect({ maxObservedTimestamp: encodeTimestamp(latest + 1n) }));
    await settle();
    expect([socket.closedWith, ahead.socket.closedWith]).toEqual([null, { code: 1011, reason: "InternalServerError" }]);
  });

  test("the client learns how far its clock is off", async () => {
    const { send, settle, frames } = startSession();
    send(connect({ clientTs: 1_000_250 }), say(0, "x"));
    await settle();
    expect(frames().at(-1)).toMatchObject({ clientClockSkew: 250 });
  });

  test("a Transition above 5 MB travels in pieces with nothing in between", async () => {
    const { send, settle, types } = startSession();
    send(connect(), watch(0, "messages:large", { channel: "a", characters: 12_000_000 }), say(0, "x"));
    await settle();
    expect(types()).toEqual(["MutationResponse", ...Array(4).fill("TransitionChunk")]);
  });
});

describe("silence", () => {
  test("a Ping after 15 s without a frame, not before", () => {
    const { session, clock, types, socket } = startSession();
    clock.time += 14_999;
    session.tick();
    expect(types()).toEqual([]);
    clock.time += 1;
    session.tick();
    session.tick();
    expect(types()).toEqual(["Ping"]);
    expect(socket.pings).toBe(3);
  });

  test("a clock that is set back an hour changes nothing of either", () => {
    const { session, clock, socket, types } = startSession();
    clock.time -= 3_600_000;
    session.tick();
    clock.time += 15_000;
    session.tick();
    expect(types()).toEqual(["Ping"]);
    clock.time += 105_001;
    session.tick();
    expect(socket.isTerminated).toBe(true);
  });

  test("a peer that shows no sign of life for 120 s is dropped; a pong is a sign", () => {
    const { session, clock, socket } = startSession();
    clock.time += 120_000;
    session.tick();
    session.hear();
    clock.time += 120_000;
    session.tick();
    expect(socket.isTerminated).toBe(false);
    clock.time += 1;
    session.tick();
    expect(socket.isTerminated).toBe(true);
  });

  test("a closed socket leaves nothing behind", async () => {
    const { send, session, settle, reactor, another, frames } = startSession();
    send(connect(), list);
    await settle();
    expect(reactor.size).toBe(1);
    session.close();
    expect(reactor.size).toBe(0);
    another().send(connect({ sessionId: "other" }), say(0, "x"));
    await settle();
    expect(frames()).toHaveLength(1);
  });
});
