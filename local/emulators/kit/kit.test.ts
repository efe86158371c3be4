import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ManualClock } from "./clock.ts";
import { createEmulator } from "./emulator.ts";
import { FaultPlan } from "./faults.ts";
import { JsonFile } from "./json-file.ts";
import { Router } from "./router.ts";
import { startEmulatorServer, type EmulatorServer } from "./server.ts";
import { WebhookSender } from "./webhook-sender.ts";

let server: EmulatorServer;
let clock: ManualClock;
let faults: FaultPlan;
let stored: string[];

beforeEach(async () => {
  clock = new ManualClock();
  faults = new FaultPlan();
  stored = [];
  server = await startEmulatorServer({ port: 0, bodyLimit: 100 });
  const router = new Router();
  router.on("POST", "/things/:name", (call) => {
    stored.push(`${call.param("name")}=${call.text()}`);
    const response = Response.json({ ok: true });
    response.headers.append("set-cookie", "a=1");
    response.headers.append("set-cookie", "b=2");
    return response;
  });
  router.on("GET", "/files/*path", (call) => new Response(call.param("path")));
  router.on("GET", "/refused", () => {
    throw new RangeError("refused on purpose");
  });
  router.on("GET", "/broken", () => {
    throw new Error("broken on purpose");
  });
  const emulator = createEmulator({
    router,
    clock,
    faults,
    inspect: () => ({ stored }),
    reset: () => void stored.splice(0),
    renderFault: (status) => Response.json({ injected: status }, { status }),
    renderUnknownRoute: () => Response.json({ code: "emulator_unknown_route" }, { status: 404 }),
    renderError(error) {
      if (error instanceof RangeError) return Response.json({ message: error.message }, { status: 422 });
      throw error;
    },
  });
  server.mount("/provider", emulator);
});

afterEach(() => server.close());

function post(path: string, body: unknown) {
  return fetch(`${server.url}/provider${path}`, {
    method: "POST",
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
}
async function inspect(): Promise<unknown> {
  return (await fetch(`${server.url}/provider/_inspect`)).json();
}

describe("an emulator on the shared server", () => {
  it("serves its routes below its mount path, with decoded parameters and every cookie", async () => {
    const response = await post("/things/caf%C3%A9", "x");
    expect(response.headers.getSetCookie()).toEqual(["a=1", "b=2"]);
    expect(response.headers.get("content-type")).toBe("application/json");
    expect(stored).toEqual(["café=x"]);
    expect(await (await fetch(`${server.url}/provider/files/a/b.js`)).text()).toBe("a/b.js");
    expect((await fetch(`${server.url}/elsewhere`)).status).toBe(404);
  });

  it("records what was asked and which routes it does not have", async () => {
    await post("/things/a", "1");
    expect((await post("/nothing", "1")).status).toBe(404);
    expect(await inspect()).toMatchObject({
      requests: [{ method: "POST", path: "/things/a", status: 200 }, { path: "/nothing" }],
      unknownRoutes: [{ method: "POST", path: "/nothing", status: 404 }],
      stored: ["a=1"],
    });
    await post("/_reset", "");
    expect(await inspect()).toMatchObject({ requests: [], unknownRoutes: [], stored: [] });
  });

  it("refuses a body over the limit and lets the provider write its own errors", async () => {
    expect((await post("/things/a", "x".repeat(101))).status).toBe(413);
    expect(stored).toEqual([]);
    const refused = await fetch(`${server.url}/provider/refused`);
    expect([refused.status, await refused.json()]).toEqual([422, { message: "refused on purpose" }]);
  });

  it("answers a mistake of its own with the provider's 500 and keeps it for inspection", async () => {
    expect((await fetch(`${server.url}/provider/broken`)).status).toBe(500);
    expect(await inspect()).toMatchObject({ crashes: [expect.stringContaining("broken on purpose")] });
  });
});

describe("injected faults", () => {
  it("answer a status as often as asked, only on the matching route, and without effect", async () => {
    await post("/_fail", { kind: "status", status: 429, retryAfterSeconds: 7, path: "/things", times: 2 });
    const refused = await post("/things/a", "1");
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "7"]);
    expect((await fetch(`${server.url}/provider/files/x`)).status).toBe(200);
    expect((await post("/things/a", "1")).status).toBe(429);
    expect((await post("/things/a", "1")).status).toBe(200);
    expect(stored).toEqual(["a=1"]);
  });

  it("leave a caller without an answer: a dropped call has happened, a timed-out one has not", async () => {
    await post("/_fail", { kind: "drop", method: "post" });
    await expect(post("/things/a", "1")).rejects.toThrow("fetch failed");
    expect(stored).toEqual(["a=1"]);
    await post("/_fail", { kind: "timeout" });
    const impatient = fetch(`${server.url}/provider/things/b`, { method: "POST", signal: AbortSignal.timeout(50) });
    await expect(impatient).rejects.toThrow("timeout");
    expect(stored).toEqual(["a=1"]);
  });

  it("are refused when they make no sense, and forgotten on request", async () => {
    expect((await post("/_fail", { kind: "status", status: 200 })).status).toBe(400);
    await post("/_fail", { kind: "duplicate" });
    await fetch(`${server.url}/provider/_fail`, { method: "DELETE" });
    expect(await inspect()).toMatchObject({ faults: [] });
  });
});

describe("the webhook sender", () => {
  let statuses: number[];
  let received: string[];
  let sender: WebhookSender;
  let url: string;

  beforeEach(() => {
    statuses = [];
    received = [];
    const router = new Router();
    router.on("POST", "/", (call) => {
      received.push(`${call.headers.get("x-id")}@${call.headers.get("x-at")}:${call.text()}`);
      return new Response(null, { status: statuses.shift() ?? 204 });
    });
    server.mount("/app", {
      routes: () => [],
      respond: (incoming) => router.dispatch(incoming) ?? Promise.reject(new Error("no route")),
    });
    url = `${server.url}/app`;
    sender = new WebhookSender({
      clock,
      faults,
      headers: (delivery, atMs) => ({ "x-id": delivery.id, "x-at": String(atMs) }),
      retryDelaysMs: [5_000, 60_000],
      timeoutMs: 5_000,
      isFinalStatus: (status) => status === 410,
    });
  });

  it("retries on the schedule with the same id and body until the receiver accepts", async () => {
    const start = clock.now();
    statuses = [500, 503];
    const delivery = sender.send({ id: "m1", type: "t", url, body: "{}" });
    await sender.settled();
    clock.advance(4_999);
    await sender.settled();
    expect(received).toHaveLength(1);
    clock.advance(1);
    await sender.settled();
    clock.advance(60_000);
    await sender.settled();
    expect(received).toEqual([`m1@${start}:{}`, `m1@${start + 5_000}:{}`, `m1@${start + 65_000}:{}`]);
    expect([delivery.state, delivery.attempts.map((attempt) => attempt.status)]).toEqual([
      "delivered",
      [500, 503, 204],
    ]);
  });

  it("gives up after the last attempt, at once on a final answer, and can resend by hand", async () => {
    statuses = [500, 500, 500, 410];
    const exhausted = sender.send({ id: "m1", type: "t", url, body: "1" });
    await sender.settled();
    for (const wait of [5_000, 60_000, 3_600_000]) {
      clock.advance(wait);
      await sender.settled();
    }
    const refused = sender.send({ id: "m2", type: "t", url, body: "2" });
    await sender.settled();
    expect([exhausted.state, exhausted.attempts.length, refused.state, refused.attempts.length]).toEqual([
      "failed",
      3,
      "failed",
      1,
    ]);
    expect([sender.resend("m2"), sender.resend("other")]).toEqual([true, false]);
    await sender.settled();
    expect(refused.state).toBe("delivered");
  });

  it("duplicates, reorders and loses when it is told to", async () => {
    faults.add({ kind: "duplicate", type: "twice" });
    sender.send({ id: "d", type: "twice", url, body: "" });
    await sender.settled();
    faults.add({ kind: "reorder" });
    sender.send({ id: "late", type: "t", url, body: "" });
    sender.send({ id: "early", type: "t", url, body: "" });
    await sender.settled();
    faults.add({ kind: "lose" });
    sender.send({ id: "lost", type: "t", url, body: "" });
    await sender.settled();
    expect(received.map((line) => line.split("@")[0])).toEqual(["d", "d", "early", "late"]);
    clock.advance(5_000);
    await sender.settled();
    expect(received.at(-1)).toMatch(/^lost@/);
  });

  it("takes up the pending deliveries of an earlier run", async () => {
    statuses = [500];
    sender.send({ id: "m1", type: "t", url, body: "1" });
    await sender.settled();
    const log = structuredClone([...sender.list()]);
    await sender.close();
    clock.advance(30_000);
    sender.clear();
    sender.resume(log);
    clock.advance(0);
    await sender.settled();
    expect(sender.list()).toMatchObject([
      { id: "m1", state: "delivered", attempts: [{ status: 500 }, { status: 204 }] },
    ]);
  });
});

describe("a state file", () => {
  it("keeps the newest value, leaves no draft behind and starts empty", () => {
    const directory = mkdtempSync(join(tmpdir(), "kit-"));
    const file = new JsonFile(join(directory, "deep", "state.json"));
    expect(file.load()).toBeUndefined();
    let value = 1;
    file.save(() => value);
    value = 2;
    file.flush();
    expect(file.load()).toBe(2);
    expect(readdirSync(join(directory, "deep"))).toEqual(["state.json"]);
    expect(readFileSync(join(directory, "deep", "state.json"), "utf8")).toBe("2");
    file.remove();
    expect(file.load()).toBeUndefined();
  });
});
