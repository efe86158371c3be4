/**
 * What the unmodified Convex clients expect of an engine, whichever engine that is. The engine under test serves the
 * functions that test-functions.ts describes, verifies tokens with the providers it is given, and keeps its contents
 * while servers in front of it come and go.
 */
import { ConvexClient, ConvexHttpClient } from "convex/browser";
import { makeFunctionReference } from "convex/server";
import { describe, expect, onTestFinished, test } from "vitest";
import { createTestIssuer, TEST_ISSUER, type TestIssuer } from "../auth/test-issuer.ts";
import { type RunningServer, startServer } from "../http/server.ts";
import type { AuthProvider, EngineCalls } from "../types.ts";
import { RawClient } from "./raw-client.ts";

/** Starts an empty engine; `close` is called when the test is over. */
export type StartEngine = (options: {
  authProviders: readonly AuthProvider[];
}) => Promise<{ engine: EngineCalls; close: () => void }>;

const messages = {
  list: makeFunctionReference<"query">("messages:list"),
  large: makeFunctionReference<"query">("messages:large"),
  echo: makeFunctionReference<"query">("messages:echo"),
  whoami: makeFunctionReference<"query">("messages:whoami"),
  identity: makeFunctionReference<"query">("messages:identity"),
  count: makeFunctionReference<"query">("messages:count"),
  send: makeFunctionReference<"mutation">("messages:send"),
  refuse: makeFunctionReference<"mutation">("messages:refuse"),
  relay: makeFunctionReference<"action">("messages:relay"),
};

const ADMIN_KEY = "local|suite";
const SLOW = { timeout: 20_000 };

export function describeClients(name: string, startEngine: StartEngine): void {
  describe(`${name} and the official clients`, () => {
    describeSubscriptions(startEngine);
    describeCalls(startEngine);
    describeReconnects(startEngine);
    describeTokens(startEngine);
  });
}

type Fixture = RunningServer & {
  issuer: TestIssuer;
  client: () => ConvexClient;
  http: () => ConvexHttpClient;
  raw: () => Promise<RawClient>;
  /** Closes the server, and opens another one on the same ports in front of the same engine. */
  restart: () => Promise<void>;
};

async function setUp(startEngine: StartEngine): Promise<Fixture> {
  const issuer = await createTestIssuer("ES256");
  const { engine, close } = await startEngine({ authProviders: [issuer.provider()] });
  const start = (port: number, sitePort: number) =>
    startServer({ engine, port, sitePort, adminKey: ADMIN_KEY, clock: Date });
  const first = await start(0, 0);
  let running = first;
  onTestFinished(async () => {
    await running.close();
    close();
  });
  return {
    ...first,
    issuer,
    client: () => {
      const client = new ConvexClient(first.url, { logger: false });
      onTestFinished(() => client.close());
      return client;
    },
    http: () => new ConvexHttpClient(first.url, { logger: false }),
    raw: async () => {
      const raw = await RawClient.open(first.url);
      onTestFinished(() => raw.close());
      return raw;
    },
    restart: async () => {
      await running.close();
      running = await start(first.port, first.sitePort);
    },
  };
}

/** Every value a subscription showed, and a wait for the first one that is as expected. */
function follow(client: ConvexClient, query: typeof messages.list, args: Record<string, unknown>) {
  const seen: unknown[] = [];
  const waiting: { isWanted: (value: unknown) => boolean; resolve: (value: unknown) => void }[] = [];
  client.onUpdate(query, args, (value: unknown) => {
    seen.push(value);
    for (const { isWanted, resolve } of waiting) if (isWanted(value)) resolve(value);
  });
  const until = (isWanted: (value: unknown) => boolean): Promise<unknown> => {
    const shown = seen.find(isWanted);
    return shown === undefined ? new Promise((resolve) => waiting.push({ isWanted, resolve })) : Promise.resolve(shown);
  };
  return { seen, until };
}

const equals = (expected: unknown) => (value: unknown) => JSON.stringify(value) === JSON.stringify(expected);

function describeSubscriptions(startEngine: StartEngine): void {
  test("a subscription shows what another client writes", async () => {
    const { client } = await setUp(startEngine);
    const list = follow(client(), messages.list, { channel: "a" });
    await list.until(equals([]));
    const writer = client();
    await writer.mutation(messages.send, { channel: "a", body: "one" });
    await list.until(equals(["one"]));
    await writer.mutation(messages.send, { channel: "b", body: "elsewhere" });
    await writer.mutation(messages.send, { channel: "a", body: "two" });
    await list.until(equals(["one", "two"]));
    expect(list.seen).toEqual([[], ["one"], ["one", "two"]]);
  });

  test("when a mutation's promise resolves, the writer's own subscription shows it", async () => {
    const { client } = await setUp(startEngine);
    const writer = client();
    const list = follow(writer, messages.list, { channel: "a" });
    await list.until(equals([]));
    for (let n = 1; n <= 20; n += 1) {
      await expect(writer.mutation(messages.send, { channel: "a", body: n })).resolves.toBe(n);
      expect(list.seen.at(-1)).toHaveLength(n);
    }
  });

  test("mutations sent at once run in the order they were sent", async () => {
    const { client } = await setUp(startEngine);
    const writer = client();
    const bodies = Array.from({ length: 50 }, (_, n) => n);
    await Promise.all(bodies.map((body) => writer.mutation(messages.send, { channel: "a", body })));
    await expect(writer.query(messages.list, { channel: "a" })).resolves.toEqual(bodies);
  });

  test("a result of 12 MB arrives whole, and its next version too", SLOW, async () => {
    const { client } = await setUp(startEngine);
    const reader = client();
    const characters = 12_000_000;
    const large = follow(reader, messages.large, { channel: "a", characters });
    const isLarge = (last: string | null) => (value: unknown) =>
      JSON.stringify(value).startsWith(`{"last":${JSON.stringify(last)}`) && JSON.stringify(value).length > characters;
    await large.until(isLarge(null));
    await reader.mutation(messages.send, { channel: "a", body: "next" });
    await expect(large.until(isLarge("next"))).resolves.toBeDefined();
  });
}

function describeCalls(startEngine: StartEngine): void {
  test("both clients carry values that plain JSON cannot say", async () => {
    const { client, http } = await setUp(startEngine);
    const value = { big: 2n ** 62n, bytes: new Uint8Array([1, 2, 3]).buffer, nan: NaN, list: [null, -0.5, "é"] };
    await expect(client().query(messages.echo, { value })).resolves.toEqual(value);
    await expect(http().query(messages.echo, { value })).resolves.toEqual(value);
  });

  test("a ConvexError arrives with its data, over both, and nothing of it was written", async () => {
    const { client, http } = await setUp(startEngine);
    const expected = { data: { code: "refused", count: 7n } };
    await expect(client().mutation(messages.refuse, {})).rejects.toMatchObject(expected);
    await expect(http().mutation(messages.refuse, {})).rejects.toMatchObject(expected);
    await expect(http().query(messages.list, { channel: "refused" })).resolves.toEqual([]);
  });

  test("an action runs, and what it wrote is shown", async () => {
    const { client, http } = await setUp(startEngine);
    const reader = client();
    const list = follow(reader, messages.list, { channel: "a" });
    await expect(reader.action(messages.relay, { channel: "a", body: "1" })).resolves.toBe("relayed");
    await expect(http().action(messages.relay, { channel: "a", body: "2" })).resolves.toBe("relayed");
    await list.until(equals(["1", "2"]));
  });

  test("consistent queries are answered while nothing is written", async () => {
    const { http } = await setUp(startEngine);
    const reader = http();
    await http().mutation(messages.send, { channel: "a", body: "x" });
    await expect(reader.consistentQuery(messages.list, { channel: "a" })).resolves.toEqual(["x"]);
  });

  test("an internal function is hidden from everyone", async () => {
    const { client, http } = await setUp(startEngine);
    await expect(client().query(messages.count, { channel: "a" })).rejects.toThrow("Could not find public function");
    await expect(http().query(messages.count, { channel: "a" })).rejects.toThrow("Could not find public function");
  });
}

function describeReconnects(startEngine: StartEngine): void {
  test("after a restart of the server, subscriptions go on and mutations arrive", SLOW, async () => {
    const { client, restart } = await setUp(startEngine);
    const reader = client();
    const list = follow(reader, messages.list, { channel: "a" });
    await reader.mutation(messages.send, { channel: "a", body: "before" });
    await restart();
    await reader.mutation(messages.send, { channel: "a", body: "after" });
    await expect(list.until(equals(["before", "after"]))).resolves.toEqual(["before", "after"]);
  });

  test("a mutation that is sent again after a reconnect ran once", async () => {
    const { raw } = await setUp(startEngine);
    const sessionId = crypto.randomUUID();
    const first = await raw();
    first.connect(sessionId);
    first.mutate(7, "messages:send", { channel: "a", body: "once" });
    const response = await first.next();
    first.close();
    const second = await raw();
    second.connect(sessionId, { connectionCount: 1 });
    second.mutate(7, "messages:send", { channel: "a", body: "once" });
    await expect(second.next()).resolves.toMatchObject({ requestId: 7, success: true, result: 1, ts: response["ts"] });
    await expect(second.next()).resolves.toMatchObject({ type: "Transition" });
    second.watch(0, "messages:list", { channel: "a" });
    await expect(second.next()).resolves.toMatchObject({ modifications: [{ value: ["once"] }] });
  });
}

function describeTokens(startEngine: StartEngine): void {
  test("signing in re-runs what asks who calls; the client learns that it is signed in", async () => {
    const { client, issuer } = await setUp(startEngine);
    const user = client();
    const who = follow(user, messages.whoami, {});
    await who.until(equals(null));
    const isSignedIn = new Promise<boolean>((resolve) => {
      user.setAuth(() => issuer.sign({ sub: "ana" }), resolve);
    });
    await expect(isSignedIn).resolves.toBe(true);
    await who.until(equals("ana"));
    expect(who.seen).toEqual([null, "ana"]);
  });

  test("a token for another audience leaves the user signed out", SLOW, async () => {
    const { client, http, issuer } = await setUp(startEngine);
    const token = await issuer.sign({ aud: "another app" });
    const user = client();
    const isSignedIn = new Promise<boolean>((resolve) => user.setAuth(async () => token, resolve));
    await expect(isSignedIn).resolves.toBe(false);
    const caller = http();
    caller.setAuth(token);
    await expect(caller.query(messages.whoami, {})).rejects.toThrow("NoAuthProvider");
  });

  test("an expired token is replaced by the client and the user stays signed in", SLOW, async () => {
    const { client, issuer } = await setUp(startEngine);
    const expired = await issuer.sign({ sub: "ana" }, Date.now() - 7_200_000);
    const user = client();
    const who = follow(user, messages.whoami, {});
    user.setAuth(({ forceRefreshToken }) =>
      forceRefreshToken ? issuer.sign({ sub: "ana" }) : Promise.resolve(expired),
    );
    await expect(who.until(equals("ana"))).resolves.toBe("ana");
  });

  test("the identity has the token's claims, and the HTTP client's calls have it too", async () => {
    const { http, issuer } = await setUp(startEngine);
    const caller = http();
    caller.setAuth(await issuer.sign({ sub: "ana", org: { id: "o1" } }));
    await expect(caller.query(messages.identity, {})).resolves.toEqual({
      tokenIdentifier: `${TEST_ISSUER}|ana`,
      issuer: TEST_ISSUER,
      subject: "ana",
      "org.id": "o1",
    });
  });
}
