import { request as httpRequest } from "node:http";
import { describe, expect, test } from "vitest";
import { decodeTimestamp, encodeTimestamp } from "../sync/protocol.ts";
import { ADMIN_KEY, startTestServer } from "./test-server.ts";

async function post(url: string, body: unknown, headers: Record<string, string> = {}) {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const response = await fetch(url, { method: "POST", body: text, headers });
  return { status: response.status, headers: response.headers, body: await response.json() };
}

const BIG = { $integer: "BwAAAAAAAAA=" };

describe("calls", () => {
  test("a query, a mutation and an action by name, arguments alone or in an array", async () => {
    const { url } = await startTestServer();
    const args = { channel: "a", body: "hello" };
    await expect(post(`${url}/api/mutation`, { path: "messages:send", args })).resolves.toMatchObject({
      status: 200,
      body: { status: "success", value: 1 },
    });
    await expect(post(`${url}/api/action`, { path: "messages:relay", args: [args] })).resolves.toMatchObject({
      body: { status: "success", value: "relayed" },
    });
    await expect(post(`${url}/api/query`, { path: "messages.js:list", args: { channel: "a" } })).resolves.toMatchObject(
      {
        body: { status: "success", value: ["hello", "hello"] },
      },
    );
  });

  test("a GET asks a query with its arguments in the URL", async () => {
    const { url } = await startTestServer();
    const query = new URLSearchParams({ path: "messages:echo", args: `{"value":3}`, format: "json" });
    const response = await fetch(`${url}/api/query?${query}`);
    await expect(response.json()).resolves.toEqual({ status: "success", value: 3 });
  });

  test("the API version in the path is optional", async () => {
    const { url } = await startTestServer();
    await expect(post(`${url}/api/1.48.0/query`, { path: "messages:list", args: {} })).resolves.toMatchObject({
      status: 200,
    });
  });

  test("values come clean unless Convex's encoding is asked for, errors' data too", async () => {
    const { url } = await startTestServer();
    const echo = { path: "messages:echo", args: { value: BIG } };
    const valueOf = async (format?: string) => (await post(`${url}/api/query`, { ...echo, format })).body.value;
    await expect(valueOf()).resolves.toBe("7");
    await expect(valueOf("json")).resolves.toBe("7");
    await expect(valueOf("convex_encoded_json")).resolves.toEqual(BIG);
    const refusal = await post(`${url}/api/mutation`, { path: "messages:refuse", args: {} });
    expect(refusal.body.errorData).toEqual({ code: "refused", count: "7" });
  });

  test("a function's failure is a 200 that says so, with its log lines", async () => {
    const run = (context: { log: (line: string) => void }) => {
      context.log("[LOG] 'before'");
      throw new Error("boom");
    };
    const { url, faults } = await startTestServer({ functions: { "m:boom": { kind: "query", run } } });
    const { status, body } = await post(`${url}/api/query`, { path: "m:boom", args: {} });
    expect(status).toBe(200);
    expect(body).toEqual({
      status: "error",
      errorMessage: expect.stringContaining("boom"),
      logLines: ["[LOG] 'before'"],
    });
    expect(faults).toEqual([]);
  });

  test("function looks the kind up, and run takes the name from its path", async () => {
    const { url } = await startTestServer();
    const args = { channel: "a", body: "x" };
    for (const [index, path] of ["messages:send", "messages:relay"].entries()) {
      const { body } = await post(`${url}/api/function`, { path, args });
      expect(body).toEqual({ status: "success", value: index === 0 ? 1 : "relayed" });
    }
    const { body } = await post(`${url}/api/run/messages/list`, { args: { channel: "a" } });
    expect(body).toEqual({ status: "success", value: ["x", "x"] });
  });

  test("a batch answers every query, each for itself", async () => {
    const { url } = await startTestServer();
    const queries = [
      { path: "messages:echo", args: { value: 1 } },
      { path: "messages:nothing", args: {} },
    ];
    const { body } = await post(`${url}/api/query_batch`, { queries });
    expect(body.results).toMatchObject([{ status: "success", value: 1 }, { status: "error" }]);
  });

  test("a query at the latest timestamp is answered, at an earlier one it is refused clearly", async () => {
    const { url, engine } = await startTestServer();
    const { body } = await post(`${url}/api/query_ts`, "");
    expect(decodeTimestamp(body.ts)).toBe(engine.latestTimestamp());
    const ask = (ts: string) => post(`${url}/api/query_at_ts`, { path: "messages:echo", args: { value: 1 }, ts });
    await expect(ask(body.ts)).resolves.toMatchObject({ body: { status: "success", value: 1 } });
    await expect(ask(encodeTimestamp(1n))).resolves.toMatchObject({
      status: 400,
      body: { code: "TimestampNotAvailable" },
    });
    await expect(ask("soon")).resolves.toMatchObject({ status: 400 });
  });
});

describe("callers", () => {
  test("a token says who calls", async () => {
    const { url, issuer } = await startTestServer();
    const authorization = `Bearer ${await issuer.sign({ sub: "ana" })}`;
    const { body } = await post(`${url}/api/query`, { path: "messages:whoami", args: {} }, { authorization });
    expect(body.value).toBe("ana");
  });

  test.each([
    ["Bearer nonsense", "InvalidAuthHeader"],
    ["Basic abc", "InvalidAuthHeader"],
    ["Convex guess", "BadAdminKey"],
  ])("%j is answered 401 with a code", async (authorization, code) => {
    const { url } = await startTestServer();
    const { status, body } = await post(`${url}/api/query`, { path: "messages:whoami" }, { authorization });
    expect(status).toBe(401);
    expect(body).toEqual({ code, message: expect.any(String) });
  });

  test("internal functions and components are the admin's", async () => {
    const { url } = await startTestServer({
      functions: { "m:in": { kind: "query", component: "c", run: () => "in" } },
    });
    const authorization = `Convex ${ADMIN_KEY}`;
    const count = { path: "messages:count", args: { channel: "a" } };
    await expect(post(`${url}/api/query`, count)).resolves.toMatchObject({ body: { status: "error" } });
    await expect(post(`${url}/api/query`, count, { authorization })).resolves.toMatchObject({ body: { value: 0 } });
    const inner = { path: "m:in", componentPath: "c" };
    await expect(post(`${url}/api/function`, inner)).resolves.toMatchObject({ status: 403 });
    await expect(post(`${url}/api/function`, inner, { authorization })).resolves.toMatchObject({
      body: { value: "in" },
    });
  });
});

describe("refusals", () => {
  test.each<[string, unknown]>([
    ["not JSON", "{"],
    ["no object", "[]"],
    ["no path", {}],
    ["a path that is no string", { path: 3 }],
    ["arguments that are no object", { path: "m:f", args: 3 }],
    ["two arguments", { path: "m:f", args: [{}, {}] }],
    ["an unknown format", { path: "m:f", args: {}, format: "xml" }],
    ["a component that is no string", { path: "m:f", componentPath: 3 }],
  ])("%s is a 400", async (_what, body) => {
    const { url, faults } = await startTestServer();
    await expect(post(`${url}/api/query`, body)).resolves.toMatchObject({
      status: 400,
      body: { code: expect.any(String) },
    });
    expect(faults).toEqual([]);
  });

  test("paths that lead nowhere are 404, unusable ones 400", async () => {
    const { url } = await startTestServer();
    expect((await fetch(`${url}/api/nothing`)).status).toBe(404);
    expect((await fetch(`${url}/elsewhere`)).status).toBe(404);
    expect((await fetch(`${url}/api/mutation`)).status).toBe(404);
    await expect(post(`${url}/api/run/short`, {})).resolves.toMatchObject({
      status: 400,
      body: { code: "MissingIdentifier" },
    });
    await expect(post(`${url}/api/run/a/%E0%A4`, {})).resolves.toMatchObject({ status: 400 });
  });

  test("a body that announces more than 20 MiB is refused before it is read", async () => {
    const { url } = await startTestServer();
    const status = await new Promise((resolve, reject) => {
      const request = httpRequest(`${url}/api/mutation`, {
        method: "POST",
        headers: { "content-length": 21 * 1024 * 1024 },
      });
      request.on("response", (response) => resolve(response.statusCode)).on("error", reject);
      request.flushHeaders();
    });
    expect(status).toBe(413);
  });

  test("a body that grows beyond 20 MiB without having said so is refused while it comes", async () => {
    const { url } = await startTestServer();
    const sent = { bytes: 0 };
    const status = await new Promise((resolve) => {
      const request = httpRequest(`${url}/api/mutation`, { method: "POST" });
      const chunk = Buffer.alloc(1024 * 1024, 32);
      const more = (): void => {
        if (sent.bytes > 200 * 1024 * 1024) return;
        sent.bytes += chunk.length;
        request.write(chunk, (error) => (error ? undefined : more()));
      };
      const answered = (statusCode: number | undefined): void => {
        resolve(statusCode);
        request.destroy();
      };
      request.on("response", (response) => answered(response.statusCode)).on("error", () => undefined);
      more();
    });
    expect(status).toBe(413);
    expect(sent.bytes).toBeLessThan(60 * 1024 * 1024);
  });

  test("a fault of the engine is a 500 without details, and reported", async () => {
    const { url, engine, faults } = await startTestServer();
    engine.runQuery = () => {
      throw new TypeError("a secret path");
    };
    const { status, body } = await post(`${url}/api/query`, { path: "messages:list", args: {} });
    expect([status, body.code]).toEqual([500, "InternalServerError"]);
    expect(JSON.stringify(body)).not.toContain("secret");
    expect(faults).toMatchObject([{ message: "a secret path" }]);
  });
});

describe("browsers on other origins", () => {
  test("a preflight is allowed with credentials for the origin that asks", async () => {
    const { url } = await startTestServer();
    const headers = {
      origin: "http://localhost:3000",
      "access-control-request-headers": "authorization,convex-client",
    };
    const response = await fetch(`${url}/api/mutation`, { method: "OPTIONS", headers });
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "access-control-allow-origin": "http://localhost:3000",
      "access-control-allow-credentials": "true",
      "access-control-allow-headers": "authorization,convex-client",
      "access-control-allow-methods": expect.stringContaining("POST"),
    });
  });

  test("answers and refusals carry the origin too", async () => {
    const { url } = await startTestServer();
    const headers = { origin: "http://localhost:3000" };
    for (const body of [{ path: "messages:list", args: {} }, "{"]) {
      const answer = await post(`${url}/api/query`, body, headers);
      expect(answer.headers.get("access-control-allow-origin")).toBe("http://localhost:3000");
    }
  });
});
