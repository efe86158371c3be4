// Whatever arrives, the engine goes on serving who behaves.
import { once } from "node:events";
import { connect } from "node:net";
import { ConvexClient } from "convex/browser";
import { makeFunctionReference } from "convex/server";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { RawClient } from "./sync/raw-client.ts";
import { startTestWorld, type TestWorld } from "./testing/world.ts";
import type { Json, JsonObject } from "./types.ts";

const ROUNDS = 200;
const LIST = makeFunctionReference<"query">("notes:list");
const ADD = makeFunctionReference<"mutation">("notes:add");
const SLOW = { timeout: 30_000 };

let world: TestWorld;
beforeAll(async () => {
  world = await startTestWorld("calls");
});
afterAll(() => world.close());

const post = (path: string, body: string, headers: Record<string, string> = {}) =>
  fetch(`${world.running.url}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body,
  });

/** A client that subscribed before the attack: gives a check that it still sees what it writes, on the same connection. */
function openGoodClient(): () => Promise<void> {
  const client = new ConvexClient(world.running.url, { logger: false });
  onTestFinished(() => client.close());
  let latest: unknown = [];
  client.onUpdate(LIST, {}, (value: unknown) => (latest = value));
  return async () => {
    const text = crypto.randomUUID();
    await client.mutation(ADD, { text });
    expect(latest).toContain(text);
    expect(client.client.connectionState().connectionCount).toBe(1);
  };
}

const anyJson = fc.jsonValue({ maxDepth: 3 });
const frameType = fc.constantFrom(
  "Connect",
  "Authenticate",
  "ModifyQuerySet",
  "Mutation",
  "Action",
  "Event",
  "Ping",
  "x",
);
/** Frames that look right in some places. */
const nearFrame = fc.record(
  {
    type: frameType,
    sessionId: fc.oneof(fc.uuid(), anyJson),
    maxObservedTimestamp: fc.oneof(fc.base64String(), anyJson),
    baseVersion: fc.oneof(fc.constant(0), anyJson),
    newVersion: fc.oneof(fc.constant(1), anyJson),
    tokenType: fc.oneof(fc.constantFrom("Admin", "User", "None"), anyJson),
    value: anyJson,
    requestId: fc.oneof(fc.nat(), anyJson),
    udfPath: fc.oneof(fc.constantFrom("notes:list", "notes:add", "constructor", ":", "__proto__:x"), anyJson),
    args: fc.oneof(fc.array(anyJson, { maxLength: 2 }), anyJson),
    modifications: fc.oneof(
      fc.array(
        fc.record({
          type: fc.constantFrom("Add", "Remove", "y"),
          queryId: fc.oneof(fc.nat(), anyJson),
          udfPath: anyJson,
          args: anyJson,
        }),
      ),
      anyJson,
    ),
  },
  { requiredKeys: ["type"] },
);
const anyText = fc.oneof(
  nearFrame.map((frame) => JSON.stringify(frame)),
  anyJson.map((value) => JSON.stringify(value)),
  fc.string(),
);

describe("malformed input", () => {
  it("200 frames on sockets of their own end those sockets at most", SLOW, async () => {
    const check = openGoodClient();
    await check();
    await fc.assert(
      fc.asyncProperty(fc.array(anyText, { minLength: 1, maxLength: 3 }), fc.boolean(), async (frames, isConnected) => {
        const client = await RawClient.open(world.running.url);
        if (isConnected) client.connect();
        for (const frame of frames) client.socket.send(frame);
        client.socket.send(Buffer.from([0xff, 0x00]));
        // A binary frame is never valid: the engine's last word on this socket.
        await client.closed;
      }),
      { numRuns: ROUNDS },
    );
    await check();
    expect(world.faults).toEqual([]);
  });

  it("200 bodies get an answer that says what is wrong, and never 500", SLOW, async () => {
    const check = openGoodClient();
    const door = fc.constantFrom(
      "query",
      "mutation",
      "action",
      "function",
      "query_batch",
      "query_at_ts",
      "run/notes/list",
      "storage/upload",
      "zzz",
    );
    await fc.assert(
      fc.asyncProperty(door, anyText, async (path, body) => {
        const response = await post(`/api/${path}`, body);
        expect([200, 400, 401, 403, 404]).toContain(response.status);
        await expect(response.json()).resolves.toBeTypeOf("object");
      }),
      { numRuns: ROUNDS },
    );
    await check();
    expect(world.faults).toEqual([]);
  });

  const RAW_REQUESTS = [
    "GET // HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
    "GET /api/sync HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
    "GET /elsewhere HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
    "GET // HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    "GET /%ff%fe/api HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    "GET /http/x HTTP/1.1\r\nHost: a b:c\r\nConnection: close\r\n\r\n",
    "GET http://[/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    "TRACE /http/x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    "CONNECT x:1 HTTP/1.1\r\nHost: x\r\n\r\n",
    "POST /api/query HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\n\r\n{",
    "POST /api/query HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\nzz\r\n",
    "BLAH\r\n\r\n",
  ];

  it.each(RAW_REQUESTS)("raw bytes are answered or hung up on: %j", SLOW, async (text) => {
    const check = openGoodClient();
    const socket = connect(Number(new URL(world.running.url).port), "127.0.0.1");
    onTestFinished(() => void socket.destroy());
    await once(socket, "connect");
    let answer = "";
    socket.on("data", (bytes) => (answer += String(bytes)));
    socket.write(text);
    const hungUp = new Promise((resolve) => socket.on("close", resolve).on("error", resolve));
    const answered = new Promise((resolve) => socket.on("data", resolve));
    await Promise.race([hungUp, answered]);
    expect(answer).not.toMatch(/^HTTP\/1.1 5/);
    await check();
    expect(world.faults).toEqual([]);
  });

  it("a peer that leaves in the middle of its upgrade or its body harms nobody", SLOW, async () => {
    const check = openGoodClient();
    for (const text of RAW_REQUESTS) {
      const socket = connect(Number(new URL(world.running.url).port), "127.0.0.1");
      await once(socket, "connect");
      socket.on("error", () => undefined);
      socket.write(text);
      socket.resetAndDestroy();
    }
    await check();
    expect(world.faults).toEqual([]);
  });
});

describe("frames that are right but for one place", () => {
  /** As official clients send them. */
  const FRAMES: readonly JsonObject[] = [
    {
      type: "Connect",
      sessionId: "s",
      connectionCount: 1,
      lastCloseReason: null,
      maxObservedTimestamp: null,
      clientTs: 1,
    },
    { type: "Authenticate", tokenType: "None", baseVersion: 0 },
    { type: "Authenticate", tokenType: "Admin", value: "no key", baseVersion: 0, impersonating: { issuer: "i" } },
    {
      type: "ModifyQuerySet",
      baseVersion: 0,
      newVersion: 1,
      modifications: [
        { type: "Add", queryId: 0, udfPath: "notes:list", args: [{}], journal: null },
        { type: "Remove", queryId: 0 },
      ],
    },
    { type: "Mutation", requestId: 1, udfPath: "notes:add", args: [{ text: "x" }] },
    { type: "Action", requestId: 2, udfPath: "notes:nothing", args: [{}] },
    { type: "Event", eventType: "ClientConnect", event: { sessionId: "s" } },
  ];
  const wrong = fc.oneof(
    fc.constantFrom<Json>(null, -1, 1.5, 2 ** 53, "", "x", "9".repeat(400), [], {}, [[]], true),
    anyJson.map((value): Json => JSON.parse(JSON.stringify(value))),
  );
  const TOLD_AND_CLOSED = {
    outcome: { code: 1008, reason: expect.stringMatching(/^[A-Za-z]+$/) },
    told: [expect.objectContaining({ error: expect.stringMatching(/./) })],
  };
  const spoiled = fc.constantFrom(...FRAMES.flatMap((frame) => placesIn(frame).map((place) => ({ frame, place }))));

  it("are taken, or end their socket with words: never the process, nor anything of another client", SLOW, async () => {
    const check = openGoodClient();
    await check();
    await fc.assert(
      fc.asyncProperty(spoiled, fc.option(wrong), async ({ frame, place }, value) => {
        const client = await RawClient.open(world.running.url);
        client.connect();
        client.send(replaceAt(frame, place, value));
        client.mutate(7, "notes:speak", { lines: 0 });
        const answered = async () => {
          for (;;) if ((await client.next())["requestId"] === 7) return "answered";
        };
        const outcome = await Promise.race([client.closed, answered()]);
        const told = client.frames.filter(({ type }) => type === "FatalError" || type === "AuthError");
        expect(outcome === "answered" ? TOLD_AND_CLOSED : { outcome, told }).toEqual(TOLD_AND_CLOSED);
        client.close();
      }),
      { numRuns: 300 },
    );
    await check();
    expect(world.faults).toEqual([]);
  });
});

describe("input beyond all measure", () => {
  const deep = (levels: number) => `${"[".repeat(levels)}${"]".repeat(levels)}`;

  it.each([65, 1_000, 100_000])("nested %d levels deep is refused to both doors", SLOW, async (levels) => {
    const check = openGoodClient();
    const body = `{"path":"notes:add","args":{"text":${deep(levels)}}}`;
    const response = await post("/api/mutation", body);
    const answer: unknown = await response.json();
    expect(JSON.stringify(answer)).toMatch(/nested|ArgumentValidationError/);
    const client = await RawClient.open(world.running.url);
    client.connect();
    client.socket.send(`{"type":"Mutation","requestId":0,"udfPath":"notes:add","args":[{"text":${deep(levels)}}]}`);
    const reply = await client.next();
    client.close();
    expect(JSON.stringify(reply)).toMatch(/nested|ArgumentValidationError/);
    await check();
    expect(world.faults).toEqual([]);
  });

  it("a frame above 20 MiB ends its socket alone", SLOW, async () => {
    const check = openGoodClient();
    const client = await RawClient.open(world.running.url);
    client.socket.on("error", () => undefined);
    client.socket.send("x".repeat(21 * 1024 * 1024));
    expect((await client.closed).code).toBe(1009);
    await check();
    expect(world.faults).toEqual([]);
  });

  it("arguments that would become prototypes become nothing", async () => {
    const body = `{"path":"notes:add","args":{"text":"x","__proto__":{"polluted":true},"constructor":1}}`;
    const answer: unknown = await (await post("/api/mutation", body)).json();
    expect(JSON.stringify(answer)).toContain("ArgumentValidationError");
    expect("polluted" in {}).toBe(false);
  });
});

type Place = readonly (string | number)[];

/** Every value inside another one, by the way to it. */
function placesIn(value: Json, way: Place = []): Place[] {
  if (value === null || typeof value !== "object") return way.length === 0 ? [] : [way];
  const inner = Object.entries(value).flatMap(([name, one]) =>
    placesIn(one, [...way, Array.isArray(value) ? Number(name) : name]),
  );
  return way.length === 0 ? inner : [way, ...inner];
}

/** A copy with another value at one place; without that place for null. */
function replaceAt(value: Json, [name, ...rest]: Place, replacement: Json | null): Json {
  if (name === undefined || value === null || typeof value !== "object") return replacement;
  const entries = Object.entries(value).flatMap(([key, one]): [string, Json][] => {
    if (key !== String(name)) return [[key, one]];
    return rest.length === 0 && replacement === null ? [] : [[key, replaceAt(one, rest, replacement)]];
  });
  return Array.isArray(value) ? entries.map(([, one]) => one) : Object.fromEntries(entries);
}
