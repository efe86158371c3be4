/** What only real sockets show: paths, hostile bytes, peers that do not read, connections that break. */
import { once } from "node:events";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { WebSocket } from "ws";
import { startTestServer } from "../http/test-server.ts";
import { encodeTimestamp } from "./protocol.ts";
import { RawClient } from "./raw-client.ts";

async function open(url: string, path?: string): Promise<RawClient> {
  const client = await RawClient.open(url, path);
  onTestFinished(() => client.close());
  return client;
}

describe("paths", () => {
  test.each(["/api/sync", "/api/1.48.0/sync", "/api/1.45.0-alpha.1/sync?x=1"])(
    "%s speaks the protocol",
    async (path) => {
      const { url } = await startTestServer();
      const client = await open(url, path);
      client.connect();
      client.mutate(0, "messages:send", { channel: "a", body: "x" });
      await expect(client.next()).resolves.toMatchObject({ type: "MutationResponse", success: true });
    },
  );

  test.each(["/", "/sync", "/api/1/2/sync", "/api/synchronize"])("%s does not", async (path) => {
    const { url } = await startTestServer();
    const socket = new WebSocket(`${url.replace("http", "ws")}${path}`);
    const [error] = await once(socket, "error");
    expect(String(error)).toContain("404");
  });
});

describe("hostile peers", () => {
  test.each<[string, string | Buffer]>([
    ["text that is not JSON", "{{{"],
    ["an empty frame", ""],
    ["bytes instead of text", Buffer.from([0, 255, 1])],
    ["JSON nested ten thousand deep", `{"type":"Mutation","args":${"[".repeat(10_000)}${"]".repeat(10_000)}}`],
    ["a broken timestamp", `{"type":"Connect","sessionId":"s","maxObservedTimestamp":"%%%"}`],
  ])("%s: told, disconnected, and nobody else notices", async (_what, frame) => {
    const { url, faults } = await startTestServer();
    const [hostile, neighbour] = [await open(url), await open(url)];
    hostile.socket.send(frame);
    await expect(hostile.next()).resolves.toMatchObject({ type: "FatalError" });
    await expect(hostile.closed).resolves.toMatchObject({ code: 1008 });
    neighbour.connect();
    neighbour.mutate(0, "messages:send", { channel: "a", body: "x" });
    await expect(neighbour.next()).resolves.toMatchObject({ success: true });
    expect(faults).toEqual([]);
  });

  test("a frame above 20 MiB ends its socket alone", async () => {
    const { url } = await startTestServer();
    const [hostile, neighbour] = [await open(url), await open(url)];
    hostile.socket.on("error", () => undefined);
    hostile.socket.send("x".repeat(21 * 1024 * 1024));
    const { code } = await hostile.closed;
    expect([1006, 1009]).toContain(code);
    neighbour.connect();
    neighbour.watch(0, "messages:list", { channel: "a" });
    await expect(neighbour.next()).resolves.toMatchObject({ type: "Transition" });
  });

  test("a connection that breaks leaves nothing watched", async () => {
    const { url, engine } = await startTestServer();
    const [client, other] = [await open(url), await open(url)];
    client.connect();
    client.watch(0, "messages:list", { channel: "a" });
    await client.next();
    client.socket.terminate();
    await client.closed;
    other.connect();
    await fetch(`${url}/version`);
    other.mutate(0, "messages:send", { channel: "a", body: "x" });
    await other.next();
    await other.next();
    expect(engine.executions.get("messages:list")).toBe(1);
  });
});

describe("a peer that is gone without a word", () => {
  test("is dropped after two minutes without a sign of life, and nothing is run for it any more", async () => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    onTestFinished(() => void vi.useRealTimers());
    const clock = { time: Date.now(), now: () => clock.time };
    const { url, engine } = await startTestServer({ clock });
    const [gone, other] = [await open(url), await open(url)];
    gone.connect();
    gone.watch(0, "messages:list", { channel: "a" });
    await gone.next();
    // Its machine still takes what is sent; nobody there answers.
    gone.socket.pause();
    other.connect();
    for (let minute = 0; minute < 2; minute++) {
      clock.time += 60_001;
      other.mutate(minute, "messages:send", { channel: "b", body: "here" });
      await other.next();
      await other.next();
      vi.advanceTimersByTime(5_000);
    }
    other.mutate(2, "messages:send", { channel: "a", body: "news" });
    await expect(other.next()).resolves.toMatchObject({ type: "MutationResponse", success: true });
    await other.next();
    expect(engine.executions.get("messages:list")).toBe(1);
    gone.socket.resume();
    expect((await gone.closed).code).toBe(1006);
  });
});

test("a peer that stops reading gets one Transition at a time, and stalls nobody", { timeout: 20_000 }, async () => {
  const { url, engine } = await startTestServer();
  const [slow, quick] = [await open(url), await open(url)];
  const characters = 2_000_000;
  slow.connect();
  slow.watch(0, "messages:large", { channel: "a", characters });
  await slow.next();
  slow.socket.pause();
  quick.connect();
  quick.watch(0, "messages:list", { channel: "a" });
  await quick.next();
  const writes = 60;
  for (let n = 0; n < writes; n += 1) {
    quick.mutate(n, "messages:send", { channel: "a", body: `m${n}` });
    await expect(quick.next()).resolves.toMatchObject({ type: "MutationResponse" });
    await expect(quick.next()).resolves.toMatchObject({ type: "Transition" });
  }
  // 60 results of 2 MB would be 120 MB; the kernel takes a few, then the rest is never made.
  expect(engine.executions.get("messages:large")).toBeLessThan(writes / 2);
  slow.socket.resume();
  for (;;) {
    const frame = await slow.next();
    if (JSON.stringify(frame).includes(`"last":"m${writes - 1}"`)) break;
  }
});

test("a client from the future is closed with a reason that makes it come back", async () => {
  const { url, engine } = await startTestServer();
  const client = await open(url);
  const maxObservedTimestamp = encodeTimestamp(engine.latestTimestamp() + 1n);
  client.connect(crypto.randomUUID(), { maxObservedTimestamp });
  await expect(client.closed).resolves.toEqual({ code: 1011, reason: "InternalServerError" });
});
