/** The rules of the sync protocol, one socket and one event-loop turn at a time. */
import { describe, expect, test } from "vitest";
import { decodeTimestamp, encodeTimestamp } from "./protocol.ts";
import { connect, mutation, say, signIn, startSession, watch } from "./session-harness.ts";

const updated = (queryId: number, value: unknown) => expect.objectContaining({ type: "QueryUpdated", queryId, value });

function endTimestamp(frame: unknown): bigint {
  expect(frame).toMatchObject({ endVersion: { ts: expect.any(String) } });
  return decodeTimestamp(/"endVersion":\{"querySet":\d+,"ts":"([^"]+)"/.exec(JSON.stringify(frame))?.[1] ?? "");
}

describe("the nine rules", () => {
  test("rule 1: a Transition follows every mutation response, even when nothing is watched", async () => {
    const { send, settle, types } = startSession();
    send(connect(), say(0, "x"));
    await settle();
    send(mutation(1, "messages:refuse", {}));
    await settle();
    expect(types()).toEqual(["MutationResponse", "Transition", "MutationResponse", "Transition"]);
  });

  test("rule 2: the response is sent before the Transition that covers it", async () => {
    const { send, settle, frames, engine } = startSession();
    send(connect(), watch(0, "messages:list", { channel: "a" }));
    await settle();
    send(say(0, "x"));
    await settle();
    const [, response, transition] = frames();
    expect(response).toMatchObject({ type: "MutationResponse", ts: encodeTimestamp(engine.latestTimestamp()) });
    expect(endTimestamp(transition)).toBe(engine.latestTimestamp());
    expect(transition).toMatchObject({ modifications: [updated(0, ["x"])] });
  });

  test("rule 3: no Transition shows a commit of this socket whose response is still unsent", async () => {
    const { send, settle, frames } = startSession();
    send(connect(), watch(0, "messages:list", { channel: "a" }), say(0, "x"), say(1, "y"), say(2, "z"));
    await settle();
    const covered = frames().map((frame, position) => {
      const earlier = frames().slice(0, position + 1);
      const { ts } = earlier.findLast(({ type }) => type === "MutationResponse") ?? {};
      return frame["type"] !== "Transition" || endTimestamp(frame) <= decodeTimestamp(typeof ts === "string" ? ts : "");
    });
    expect(covered).toHaveLength(4);
    expect(covered).not.toContain(false);
  });

  test("rule 4: all queries of a Transition hold at its one timestamp", async () => {
    const { send, settle, frames } = startSession({
      "pair:write": {
        kind: "mutation",
        run: (context, { value = null }) => {
          context.put("left", value);
          context.put("right", value);
          return null;
        },
      },
      "pair:left": { kind: "query", run: (context) => context.get("left") },
      "pair:right": { kind: "query", run: (context) => context.get("right") },
    });
    send(connect(), watch(0, "pair:left", {}), watch(1, "pair:right", {}));
    for (let value = 1; value <= 5; value += 1) {
      send(mutation(value, "pair:write", { value }));
      await settle();
    }
    const pairs = frames()
      .filter(({ type }) => type === "Transition")
      .map(({ modifications }) => JSON.stringify(modifications).match(/"value":(\d+|null)/g));
    expect(pairs.length).toBeGreaterThanOrEqual(5);
    for (const pair of pairs) expect(new Set(pair).size).toBe(1);
  });

  test("rule 5: a result that came out the same is not sent again", async () => {
    const { send, settle, frames, engine } = startSession({
      "messages:any": { kind: "query", run: (context) => context.list("a/").length > 0 },
    });
    send(connect(), say(0, "x"), watch(0, "messages:any", {}));
    await settle();
    send(say(1, "y"));
    await settle();
    expect(engine.executions.get("messages:any")).toBe(2);
    expect(frames().at(-1)).toMatchObject({ type: "Transition", modifications: [] });
  });

  test("rule 5: an error that differs only in its Request ID is not sent again", async () => {
    const { send, settle, frames, engine } = startSession({
      "messages:broken": {
        kind: "query",
        run: (context) => {
          throw new Error(context.list("a/").length > 2 ? "broken in another way" : "broken");
        },
      },
    });
    send(connect(), watch(0, "messages:broken", {}));
    await settle();
    expect(frames().at(-1)).toMatchObject({ modifications: [{ type: "QueryFailed", queryId: 0, journal: null }] });
    send(say(0, "x"), say(1, "y"));
    await settle();
    expect(engine.executions.get("messages:broken")).toBeGreaterThan(1);
    expect(frames().at(-1)).toMatchObject({ modifications: [] });
    send(say(2, "z"));
    await settle();
    expect(JSON.stringify(frames().at(-1))).toContain("broken in another way");
  });

  test("rule 6: a query runs again with the journal of its last success", async () => {
    const seen: (string | null)[] = [];
    const { send, settle, frames } = startSession({
      "messages:page": {
        kind: "query",
        run: (context) => {
          seen.push(context.journal);
          const { length } = context.list("a/");
          if (length === 1) throw new Error("for once");
          context.journal ??= `ends at ${length}`;
          return length;
        },
      },
    });
    send(connect(), watch(0, "messages:page", {}));
    await settle();
    expect(frames().at(-1)).toMatchObject({ modifications: [{ type: "QueryUpdated", journal: "ends at 0" }] });
    send(say(0, "x"));
    await settle();
    send(say(1, "y"));
    await settle();
    expect(seen).toEqual([null, "ends at 0", "ends at 0"]);
  });

  test("rule 6: a journal that the client brings from an earlier connection is used", async () => {
    const { send, settle, frames } = startSession({
      "messages:page": { kind: "query", run: (context) => context.journal },
    });
    send(connect(), watch(0, "messages:page", {}, { journal: "kept" }));
    await settle();
    expect(frames().at(-1)).toMatchObject({ modifications: [updated(0, "kept")] });
  });

  test("rule 7: a new identity runs the queries that read it, and no others", async () => {
    const { send, settle, frames, engine } = startSession();
    send(connect(), watch(0, "messages:whoami", {}), watch(1, "messages:list", { channel: "a" }));
    await settle();
    send(signIn(0, "alice"));
    await settle();
    expect(frames().at(-1)).toMatchObject({ endVersion: { identity: 1 }, modifications: [updated(0, "alice")] });
    expect(engine.executions.get("messages:list")).toBe(1);
  });

  test("rule 7: a fresh token for the same person is confirmed without running anything", async () => {
    const { send, settle, frames, engine } = startSession();
    send(connect(), signIn(0, "alice"), watch(0, "messages:whoami", {}));
    await settle();
    send(signIn(1, "alice"));
    await settle();
    expect(frames().at(-1)).toMatchObject({
      startVersion: { identity: 1 },
      endVersion: { identity: 2 },
      modifications: [],
    });
    expect(engine.executions.get("messages:whoami")).toBe(1);
  });

  test("rule 8: what happens before the event loop turns becomes one Transition", async () => {
    const { send, settle, types, frames } = startSession();
    send(connect(), watch(0, "messages:list", { channel: "a" }), watch(1, "messages:list", { channel: "b" }));
    await settle();
    expect(types()).toEqual(["Transition"]);
    expect(frames()[0]).toMatchObject({ endVersion: { querySet: 2 }, modifications: [updated(0, []), updated(1, [])] });
  });

  test("rule 8: a peer that does not read gets one Transition at a time, and then the latest state", async () => {
    const { send, socket, settle, frames, another, engine } = startSession();
    const writer = another();
    send(connect(), watch(0, "messages:list", { channel: "a" }));
    socket.isSlow = true;
    await settle();
    writer.send(connect({ sessionId: "writer" }));
    for (let n = 0; n < 500; n += 1) {
      writer.send(say(n, `m${n}`));
      await settle();
    }
    expect(frames()).toHaveLength(1);
    expect(engine.executions.get("messages:list")).toBe(1);
    socket.isSlow = false;
    await settle();
    expect(frames()).toHaveLength(2);
    expect(JSON.stringify(frames()[1])).toContain(`"m499"`);
    expect(endTimestamp(frames()[1])).toBe(engine.latestTimestamp());
  });

  test("rule 8: a peer that writes without reading is not listened to beyond its backlog", async () => {
    const { send, socket, settle, engine, types } = startSession();
    send(connect());
    socket.isSlow = true;
    const call = (n: number) => mutation(n, "messages:send", { channel: "a", body: "x".repeat(1000) });
    socket.unreadBytes = 2 * 1024 * 1024;
    send(call(0), call(1));
    await settle();
    expect(socket.isReadingPaused).toBe(true);
    expect(engine.executions.size).toBe(0);
    expect(types()).toEqual([]);
  });

  test("rule 8: once it has read, its waiting frames are taken up again", async () => {
    const { send, socket, settle, types } = startSession({
      "messages:huge": { kind: "mutation", run: () => "x".repeat(2 * 1024 * 1024) },
    });
    send(connect());
    socket.isSlow = true;
    send(mutation(0, "messages:huge", {}), say(1, "after"));
    await settle();
    expect(types()).toEqual(["MutationResponse"]);
    expect(socket.isReadingPaused).toBe(true);
    socket.isSlow = false;
    await settle();
    expect(socket.isReadingPaused).toBe(false);
    expect(types()).toEqual(["MutationResponse", "MutationResponse", "Transition"]);
  });

  test.each([
    ["text that is not JSON", "{"],
    ["a frame with a broken timestamp", JSON.stringify(connect({ maxObservedTimestamp: "now" }))],
    [
      "a query removed that never was",
      JSON.stringify({ ...watch(0, "a:b", {}), modifications: [{ type: "Remove", queryId: 9 }] }),
    ],
    [
      "a query added twice",
      JSON.stringify({
        ...watch(0, "a:b", {}),
        modifications: [...Array(2)].map(() => ({ type: "Add", queryId: 1, udfPath: "a:b", args: [] })),
      }),
    ],
    ["a component named by someone who is no admin", JSON.stringify({ ...say(0, "x"), componentPath: "child" })],
  ])("rule 9: %s ends this socket with a FatalError, and nothing else", async (_case, text) => {
    const { session, socket, settle, frames, faults, another } = startSession();
    session.receive(text);
    await settle();
    expect(frames()).toMatchObject([{ type: "FatalError" }]);
    expect(socket.closedWith).toEqual({ code: 1008, reason: "BadRequest" });
    expect(faults).toEqual([]);
    const neighbour = another();
    neighbour.send(connect(), say(0, "x"));
    await settle();
    expect(neighbour.types()).toEqual(["MutationResponse", "Transition"]);
  });

  test("rule 9: a fault of the engine is reported and closes the socket, so that the client comes back", async () => {
    const { send, socket, settle, frames, faults, engine } = startSession();
    engine.runMutation = () => {
      throw new TypeError("engine bug");
    };
    send(connect(), say(0, "x"));
    await settle();
    expect(frames()).toEqual([]);
    expect(faults).toMatchObject([{ message: "engine bug" }]);
    expect(socket.closedWith).toEqual({ code: 1011, reason: "InternalServerError" });
  });

  test("rule 9: a query or an action that makes the engine fail does the same", async () => {
    const query = startSession();
    query.engine.runQuery = () => {
      throw new TypeError("query bug");
    };
    query.send(connect(), watch(0, "messages:list", {}));
    await query.settle();
    const action = startSession();
    action.engine.runAction = () => Promise.reject(new TypeError("action bug"));
    action.send(connect(), { type: "Action", requestId: 0, udfPath: "messages:relay", args: [{}] });
    await action.settle();
    expect([...query.faults, ...action.faults]).toMatchObject([{ message: "query bug" }, { message: "action bug" }]);
    expect([query.socket.closedWith, action.socket.closedWith]).toMatchObject([{ code: 1011 }, { code: 1011 }]);
  });
});
