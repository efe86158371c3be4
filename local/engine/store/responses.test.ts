import { describe, expect, it } from "vitest";
import { Connection } from "./connection.ts";
import { Responses } from "./responses.ts";
import { ManualClock, NOON } from "./testing.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

function open() {
  const connection = Connection.open({ file: ":memory:", synchronous: "OFF" });
  const clock = new ManualClock(NOON);
  return { connection, clock, responses: new Responses(connection, clock) };
}

describe("a response", () => {
  it("is found by its session and its request, and by nothing else", () => {
    const { responses } = open();
    responses.remember({ sessionId: "s1", requestId: 0, response: "null" });
    responses.remember({ sessionId: "s1", requestId: 1, response: `"second"` });
    responses.remember({ sessionId: "s2", requestId: 0, response: `"other"` });
    const recalled = [
      ["s1", 0],
      ["s1", 1],
      ["s2", 0],
      ["s2", 1],
      ["S1", 0],
      ["", 0],
    ] as const;
    expect(recalled.map(([sessionId, requestId]) => responses.recall(sessionId, requestId))).toEqual([
      "null",
      `"second"`,
      `"other"`,
      null,
      null,
      null,
    ]);
  });

  it("is one for ever: the same request cannot be answered twice", () => {
    const { responses } = open();
    responses.remember({ sessionId: "s", requestId: 7, response: `"first"` });
    expect(() => responses.remember({ sessionId: "s", requestId: 7, response: `"second"` })).toThrow(/UNIQUE/);
    expect(responses.recall("s", 7)).toBe(`"first"`);
  });

  it("may be to the largest request id that a client can send", () => {
    const { responses } = open();
    responses.remember({ sessionId: "s", requestId: 0xffff_ffff, response: "1" });
    expect(responses.recall("s", 0xffff_ffff)).toBe("1");
  });

  it("keeps its text to the last character", () => {
    const { responses } = open();
    const response = JSON.stringify({ text: "añ\u0000🙂'--", long: "x".repeat(100_000) });
    responses.remember({ sessionId: "'; DROP TABLE responses; --", requestId: 1, response });
    expect(responses.recall("'; DROP TABLE responses; --", 1)).toBe(response);
  });
});

describe("forgetting", () => {
  it("comes with the next response, for what is more than a day old", () => {
    const { responses, clock } = open();
    responses.remember({ sessionId: "s", requestId: 1, response: "1" });
    clock.advance(1);
    responses.remember({ sessionId: "s", requestId: 2, response: "2" });
    clock.advance(DAY_MS);
    expect(responses.recall("s", 1)).toBe("1");
    responses.remember({ sessionId: "other", requestId: 1, response: "3" });
    expect([1, 2].map((requestId) => responses.recall("s", requestId))).toEqual([null, "2"]);
  });
});

describe("a transaction that fails", () => {
  it("takes its response with it, so that the mutation may run again", () => {
    const { connection, responses } = open();
    const failing = () =>
      connection.transaction(() => {
        responses.remember({ sessionId: "s", requestId: 1, response: "1" });
        throw new Error("no");
      });
    expect(failing).toThrow("no");
    expect(responses.recall("s", 1)).toBeNull();
  });
});
