import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  decodeTimestamp,
  encodeActionResponse,
  encodeAuthError,
  encodeMutationResponse,
  encodeTimestamp,
  encodeTransition,
  parseClientFrame,
  ProtocolError,
  splitTransition,
} from "./protocol.ts";

const parse = (frame: unknown) => parseClientFrame(JSON.stringify(frame));

function outcomeOf(text: string): string {
  try {
    return typeof parseClientFrame(text).type === "string" ? "frame" : "no frame";
  } catch (error) {
    return error instanceof Error ? error.name : "no error";
  }
}

describe("timestamps", () => {
  test("every u64 comes back from its text", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), (timestamp) => {
        expect(decodeTimestamp(encodeTimestamp(timestamp))).toBe(timestamp);
      }),
    );
  });

  test("the bytes are little-endian, as the clients read them", () => {
    expect(encodeTimestamp(258n)).toBe("AgEAAAAAAAA=");
  });

  test.each(["", "AgEAAAAAAA==", "AgEAAAAAAAAAAA==", "!!!!", "AgEAAAAAAAA"])("%j is refused", (text) => {
    expect(() => decodeTimestamp(text)).toThrow(ProtocolError);
  });
});

describe("frames from clients", () => {
  test("Connect: session, observed timestamp and the client's clock", () => {
    const frame = { type: "Connect", sessionId: "s", connectionCount: 2, lastCloseReason: null, clientTs: 12.6 };
    expect(parse(frame)).toEqual({ type: "Connect", sessionId: "s", maxObservedTimestamp: null, clientTimeMs: 13 });
    expect(parse({ ...frame, maxObservedTimestamp: encodeTimestamp(7n) })).toMatchObject({ maxObservedTimestamp: 7n });
  });

  test("Authenticate: each kind of token, and both names for whom an admin acts as", () => {
    const authenticate = (more: object) => parse({ type: "Authenticate", baseVersion: 3, ...more });
    expect(authenticate({ tokenType: "None" })).toEqual({
      type: "Authenticate",
      baseVersion: 3,
      token: { kind: "None" },
    });
    expect(authenticate({ tokenType: "User", value: "jwt" })).toMatchObject({ token: { kind: "User", value: "jwt" } });
    const admin = { tokenType: "Admin", value: "key" };
    expect(authenticate(admin)).toMatchObject({ token: { kind: "Admin", actingAs: null } });
    expect(authenticate({ ...admin, impersonating: { subject: "a" } })).toMatchObject({
      token: { actingAs: { subject: "a" } },
    });
    expect(authenticate({ ...admin, actingAs: { subject: "b" } })).toMatchObject({
      token: { actingAs: { subject: "b" } },
    });
  });

  test("ModifyQuerySet: paths lose their file ending, missing arguments are an empty object", () => {
    const modifications = [
      { type: "Add", queryId: 1, udfPath: "inbox/messages.js:list", args: [], journal: "j" },
      { type: "Add", queryId: 2, udfPath: "stats", args: [{ a: 1 }], componentPath: "a/b", journal: null },
      { type: "Remove", queryId: 0 },
    ];
    expect(parse({ type: "ModifyQuerySet", baseVersion: 0, newVersion: 1, modifications })).toEqual({
      type: "ModifyQuerySet",
      baseVersion: 0,
      newVersion: 1,
      modifications: [
        { type: "Add", queryId: 1, target: { component: "", path: "inbox/messages:list", args: {} }, journal: "j" },
        { type: "Add", queryId: 2, target: { component: "a/b", path: "stats:default", args: { a: 1 } }, journal: null },
        { type: "Remove", queryId: 0 },
      ],
    });
  });

  test("Mutation, Action and Event", () => {
    const call = { requestId: 4, udfPath: "m:f", args: [{}] };
    const target = { component: "", path: "m:f", args: {} };
    expect(parse({ type: "Mutation", ...call })).toEqual({ type: "Mutation", requestId: 4, target });
    expect(parse({ type: "Action", ...call })).toEqual({ type: "Action", requestId: 4, target });
    expect(parse({ type: "Event", eventType: "ClientConnect", event: [1] })).toEqual({ type: "Event" });
  });

  test.each([
    ["not JSON", "{"],
    ["an array", "[]"],
    ["no type", "{}"],
    ["an unknown type", `{"type":"Shutdown"}`],
    ["a negative version", `{"type":"Authenticate","tokenType":"None","baseVersion":-1}`],
    ["a fractional request", `{"type":"Mutation","requestId":1.5,"udfPath":"m:f","args":[{}]}`],
    ["a request beyond u32", `{"type":"Mutation","requestId":4294967296,"udfPath":"m:f","args":[{}]}`],
    ["arguments that are no array", `{"type":"Mutation","requestId":1,"udfPath":"m:f","args":{}}`],
    ["two arguments", `{"type":"Mutation","requestId":1,"udfPath":"m:f","args":[{},{}]}`],
    ["an argument that is no object", `{"type":"Action","requestId":1,"udfPath":"m:f","args":[3]}`],
    ["a path that is no string", `{"type":"Action","requestId":1,"udfPath":null,"args":[{}]}`],
    ["an unknown token", `{"type":"Authenticate","tokenType":"Root","baseVersion":0}`],
    [
      "an acting identity that is no object",
      `{"type":"Authenticate","tokenType":"Admin","value":"","baseVersion":0,"actingAs":1}`,
    ],
    [
      "an unknown modification",
      `{"type":"ModifyQuerySet","baseVersion":0,"newVersion":1,"modifications":[{"type":"Put","queryId":1}]}`,
    ],
    ["modifications that are no array", `{"type":"ModifyQuerySet","baseVersion":0,"newVersion":1,"modifications":{}}`],
    ["a timestamp that is no base64", `{"type":"Connect","sessionId":"s","maxObservedTimestamp":"now"}`],
  ])("%s is refused as invalid JSON", (_case, text) => {
    expect(() => parseClientFrame(text)).toThrow(/^Received Invalid JSON on websocket: /);
  });

  test("whatever arrives is a frame or a protocol error, never another crash", () => {
    const types = fc.constantFrom("Connect", "Authenticate", "ModifyQuerySet", "Mutation", "Action", "Event", "?");
    const hostile = fc.record({
      type: types,
      sessionId: fc.jsonValue(),
      baseVersion: fc.jsonValue(),
      newVersion: fc.jsonValue(),
      tokenType: fc.constantFrom("None", "User", "Admin", 1, null),
      value: fc.jsonValue(),
      maxObservedTimestamp: fc.jsonValue(),
      modifications: fc.jsonValue(),
      requestId: fc.jsonValue(),
      udfPath: fc.jsonValue(),
      args: fc.jsonValue(),
    });
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          hostile.map((frame) => JSON.stringify(frame)),
        ),
        (text) => {
          expect(["frame", "ProtocolError"]).toContain(outcomeOf(text));
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

describe("frames to clients", () => {
  const version = (timestamp: bigint) => ({ querySet: 1, timestamp, identity: 2 });

  test("a Transition embeds its modifications as they are", () => {
    const text = encodeTransition({
      start: version(1n),
      end: version(2n),
      modifications: [`{"type":"QueryRemoved","queryId":3}`],
      clockSkewMs: -5,
    });
    expect(JSON.parse(text)).toEqual({
      type: "Transition",
      startVersion: { querySet: 1, ts: encodeTimestamp(1n), identity: 2 },
      endVersion: { querySet: 1, ts: encodeTimestamp(2n), identity: 2 },
      modifications: [{ type: "QueryRemoved", queryId: 3 }],
      clientClockSkew: -5,
    });
  });

  test("a skew that nobody measured is left out", () => {
    const text = encodeTransition({ start: version(1n), end: version(1n), modifications: [], clockSkewMs: null });
    expect(JSON.parse(text)).not.toHaveProperty("clientClockSkew");
  });

  test("responses: success carries the value and, for mutations only, the timestamp", () => {
    const ok = { ok: true as const, value: `{"a":[1]}`, logLines: ["l"] };
    expect(JSON.parse(encodeMutationResponse(1, { ...ok, timestamp: 9n }))).toEqual({
      type: "MutationResponse",
      requestId: 1,
      success: true,
      result: { a: [1] },
      ts: encodeTimestamp(9n),
      logLines: ["l"],
    });
    expect(JSON.parse(encodeActionResponse(1, ok))).not.toHaveProperty("ts");
  });

  test("responses: failure carries the message, and data only when there is some", () => {
    const failed = { ok: false as const, errorMessage: "no", logLines: [] };
    expect(JSON.parse(encodeMutationResponse(1, failed))).toEqual({
      type: "MutationResponse",
      requestId: 1,
      success: false,
      result: "no",
      logLines: [],
    });
    expect(JSON.parse(encodeActionResponse(2, { ...failed, errorData: null }))).toMatchObject({ errorData: null });
  });

  test("an AuthError says which version it leaves in place", () => {
    expect(JSON.parse(encodeAuthError("expired", 4, false))).toEqual({
      type: "AuthError",
      error: "expired",
      baseVersion: 4,
      authUpdateAttempted: false,
    });
  });

  test("a Transition of up to 5 MB travels whole", () => {
    expect(splitTransition("x".repeat(5_000_000), "1")).toHaveLength(1);
  });

  test("the pieces of a larger one add up to it, numbered in order", () => {
    const text = `{"value":"${'é"'.repeat(4_000_000)}"}`;
    const parts = splitTransition(text, "7").map((part) => JSON.parse(part));
    expect(parts.length).toBeGreaterThan(1);
    parts.forEach((part, partNumber) =>
      expect(part).toMatchObject({ type: "TransitionChunk", partNumber, totalParts: parts.length, transitionId: "7" }),
    );
    expect(parts.map((part) => part.chunk).join("") === text).toBe(true);
  });
});
