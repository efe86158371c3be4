// What a production deployment keeps to itself, through every door.
import { ConvexClient, ConvexHttpClient } from "convex/browser";
import { makeFunctionReference } from "convex/server";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { RawClient } from "./sync/raw-client.ts";
import { assertNoFaults, startTestWorld, type TestWorld } from "./testing/world.ts";

const ONLY_THE_REQUEST = /^\[Request ID: [0-9a-f]{16}\] Server Error$/;

let redacting: TestWorld;
let open: TestWorld;
beforeAll(async () => {
  [redacting, open] = await Promise.all([
    startTestWorld("parts", { redactErrors: true }),
    startTestWorld("parts", { redactErrors: false }),
  ]);
});
afterAll(async () => {
  for (const world of [redacting, open]) assertNoFaults(world);
  await Promise.all([redacting.close(), open.close()]);
});

async function post({ running }: TestWorld, kind: string, path: string, args: object): Promise<unknown> {
  const body = JSON.stringify({ path, args, format: "convex_encoded_json" });
  return (await fetch(`${running.url}/api/${kind}`, { method: "POST", body })).json();
}

/** The text of the first frame of each type that answers a failing call. */
async function socketAnswer({ running }: TestWorld, kind: "Mutation" | "Action" | "Query", withData: boolean) {
  const client = await RawClient.open(running.url);
  onTestFinished(() => client.close());
  client.connect();
  const udfPath = `failing:in${kind}`;
  if (kind === "Query") client.watch(0, udfPath, { withData });
  else client.send({ type: kind, requestId: 0, udfPath, args: [{ withData }] });
  for (;;) {
    const frame = JSON.stringify(await client.next());
    if (frame.includes("Request ID")) return frame;
  }
}

const HTTP_CALLS = [
  ["query", "failing:inQuery"],
  ["mutation", "failing:inMutation"],
  ["action", "failing:inAction"],
  ["action", "failing:nested"],
] as const;

describe("a redacting engine", () => {
  it.each(HTTP_CALLS)("POST /api/%s of %s: no message, no log, only the request", async (kind, path) => {
    expect(await post(redacting, kind, path, { withData: false })).toEqual({
      status: "error",
      errorMessage: expect.stringMatching(ONLY_THE_REQUEST),
    });
  });

  it.each(HTTP_CALLS)("POST /api/%s of %s: the data of a ConvexError is the app's to show", async (kind, path) => {
    expect(await post(redacting, kind, path, { withData: true })).toEqual({
      status: "error",
      errorMessage: expect.stringMatching(ONLY_THE_REQUEST),
      errorData: { code: "full" },
    });
  });

  it.each(["Query", "Mutation", "Action"] as const)("a socket's %s says no more", async (kind) => {
    const plain = await socketAnswer(redacting, kind, false);
    expect(plain).toMatch(/\[Request ID: [0-9a-f]{16}\] Server Error"/);
    expect(plain).not.toContain("secret");
    const withData = await socketAnswer(redacting, kind, true);
    expect(withData).toContain('"errorData":{"code":"full"}');
    expect(withData).not.toMatch(/secret|ConvexError/);
  });

  it("an HTTP action that throws says no more, in body and trace", async () => {
    const response = await fetch(`${redacting.running.siteUrl}/fails`);
    expect(response.status).toBe(500);
    const answer = await response.text();
    expect(answer).toMatch(/\[Request ID: [0-9a-f]{16}\] Server Error/);
    expect(answer).not.toMatch(/secret|convex\/http/);
    const withData = await (await fetch(`${redacting.running.siteUrl}/fails-with-data`)).json();
    expect(withData).toMatchObject({ data: { code: "full" } });
  });

  it.each([
    ["query", "failing:wrongReturn", {}],
    ["query", "failing:inQuery", { secret: "secret" }],
    ["query", "failing:secret", {}],
    ["mutation", "failing:inQuery", { withData: true }],
    ["query", "files:urlOf", { id: "secret" }],
  ])("its own refusals are redacted too: %s %s %j", async (kind, path, args) => {
    expect(await post(redacting, kind, path, args)).toEqual({
      status: "error",
      errorMessage: expect.stringMatching(ONLY_THE_REQUEST),
    });
  });

  it("a call that goes well keeps its logs to itself", async () => {
    expect(await post(redacting, "query", "failing:speaks", {})).toEqual({ status: "success", value: "fine" });
  });

  it("the doors of the CLI and of plain REST say no more, to an admin neither", async () => {
    const headers = { authorization: "Convex test key" };
    for (const path of ["function", "run/failing/inMutation", "query_batch"]) {
      const call = { path: "failing:inMutation", args: { withData: false } };
      const body = JSON.stringify(path === "query_batch" ? { queries: [{ ...call, path: "failing:inQuery" }] } : call);
      const response = await fetch(`${redacting.running.url}/api/${path}`, { method: "POST", headers, body });
      const answer = await response.text();
      expect([path, answer.includes("Server Error"), answer.includes("secret")]).toEqual([path, true, false]);
    }
  });

  it("what stays inside tells all: the developer's log, and the state of a job", async () => {
    await redacting.call("failing:later");
    const read = async () => JSON.stringify(await redacting.call("failing:jobs"));
    await expect.poll(read).toContain("secret reason");
    const logs = `${redacting.running.url}/api/stream_function_logs?cursor=0`;
    const page = await (await fetch(logs, { headers: { authorization: "Convex test key" } })).text();
    expect(page).toMatch(/secret log.*secret reason.*convex\/failing\.ts/s);
    expect((await fetch(logs)).status).toBe(403);
  });

  it("both official clients throw what is left, the data included", async () => {
    const http = new ConvexHttpClient(redacting.running.url, { logger: false });
    const socket = new ConvexClient(redacting.running.url, { logger: false });
    onTestFinished(() => socket.close());
    const failing = makeFunctionReference<"mutation">("failing:inMutation");
    await expect(http.mutation(failing, { withData: false })).rejects.toThrow(ONLY_THE_REQUEST);
    await expect(http.mutation(failing, { withData: true })).rejects.toMatchObject({ data: { code: "full" } });
    await expect(socket.mutation(failing, { withData: true })).rejects.toMatchObject({ data: { code: "full" } });
    await expect(socket.mutation(failing, { withData: false })).rejects.toThrow(/Server Error/);
    await expect(socket.mutation(failing, { withData: false })).rejects.not.toThrow(/secret/);
  });
});

describe("an engine for development tells all of it", () => {
  it.each(HTTP_CALLS)("POST /api/%s of %s", async (kind, path) => {
    const answer = JSON.stringify(await post(open, kind, path, { withData: false }));
    expect(answer).toContain("Uncaught Error: secret reason");
    expect(answer).toContain("secret log");
    expect(answer).toContain("convex/failing.ts");
  });

  it("a socket and an HTTP action", async () => {
    expect(await socketAnswer(open, "Mutation", false)).toContain("secret reason");
    expect(await (await fetch(`${open.running.siteUrl}/fails`)).text()).toContain("secret reason");
  });
});
