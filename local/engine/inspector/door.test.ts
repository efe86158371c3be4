import { request as httpRequest } from "node:http";
import { ConvexClient } from "convex/browser";
import { makeFunctionReference } from "convex/server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestServer } from "../http/test-server.ts";
import { startTestWorld, type TestWorld } from "../testing/world.ts";

let world: TestWorld;
beforeAll(async () => {
  world = await startTestWorld("moving");
});
afterAll(() => world.close());

const get = (path: string, init: RequestInit = {}) => fetch(`${world.running.url}/_inspector${path}`, init);

describe("the page", () => {
  test("comes with all that it is made of, and nothing from elsewhere", async () => {
    const html = await (await get("")).text();
    const files = [...html.matchAll(/(?:href|src)="([^"]+)"/g)].map(([, file]) => file);
    expect(files).toEqual(["data:,", "/_inspector/page.css", "/_inspector/page.js"]);
    const [script, style] = await Promise.all([get("/page.js"), get("/page.css")]);
    expect([script.status, script.headers.get("content-type")]).toEqual([200, "text/javascript; charset=utf-8"]);
    expect([style.status, style.headers.get("content-type")]).toEqual([200, "text/css; charset=utf-8"]);
    expect(await style.text()).not.toMatch(/url\(|@import/);
    expect((await script.text()).length).toBeGreaterThan(100_000);
  });

  test("may run nothing but its own script, and be framed by nobody", async () => {
    const { headers } = await get("");
    const policy = headers.get("content-security-policy");
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain("unsafe");
    expect(headers.get("referrer-policy")).toBe("no-referrer");
    expect(headers.get("cache-control")).toBe("no-store");
    expect(headers.get("access-control-allow-origin")).toBeNull();
  });

  test("holds nothing of the data", async () => {
    await world.call("blog:addAuthor", { name: "somebody secret" });
    const texts = await Promise.all(["", "/page.js", "/page.css"].map(async (path) => (await get(path)).text()));
    expect(texts.join("\n")).not.toMatch(/somebody secret|test key|addAuthor/);
  });
});

test.each([
  ["/nothing", "GET", 404],
  ["/page.js/../main.tsx", "GET", 404],
  ["", "POST", 405],
])("%s with %s is answered %d", async (path, method, status) => {
  expect((await get(path, { method })).status).toBe(status);
});

test.each([
  ["localhost", 200],
  ["[::1]", 200],
  ["evil.example", 403],
  ["127.0.0.1.evil.example", 403],
  ["localhost.evil.example", 403],
])("who calls this machine %j is answered %d: a name that leads here may be anybody's", async (host, status) => {
  const { port } = new URL(world.running.url);
  const answered = new Promise((resolve, reject) => {
    const headers = { host: `${host}:${port}` };
    httpRequest({ port, path: "/_inspector", headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on("error", reject)
      .end();
  });
  expect(await answered).toBe(status);
});

test("an engine without a deployment's own doors has no inspector either", async () => {
  const { url } = await startTestServer();
  expect((await fetch(`${url}/_inspector`)).status).toBe(404);
});

test("who watches what is told, for as long as it is watched", async () => {
  const client = new ConvexClient(world.running.url, { logger: false });
  const { promise, resolve } = Promise.withResolvers<void>();
  client.onUpdate(makeFunctionReference<"query">("blog:read"), { name: "Ana" }, () => resolve());
  await promise;
  const { activity } = world.running.admin;
  expect(activity.watched).toMatchObject({
    sockets: 1,
    queries: [{ target: { component: "", path: "blog:read", args: { name: "Ana" } }, subscribers: 1 }],
  });
  await client.close();
  await expect.poll(() => activity.watched).toEqual({ sockets: 0, queries: [] });
});
