import { expect, test } from "vitest";
import { DeveloperError } from "../errors.ts";
import { RawClient } from "../sync/raw-client.ts";
import { startServer } from "./server.ts";
import { startTestServer } from "./test-server.ts";

test("both ports are free ones when none is asked for, and are told", async () => {
  const { url, siteUrl, port, sitePort } = await startTestServer();
  expect([url, siteUrl]).toEqual([`http://127.0.0.1:${port}`, `http://127.0.0.1:${sitePort}`]);
  expect(port).not.toBe(sitePort);
});

test.each(["port", "sitePort"] as const)("a busy %s is named, and the other one is freed", async (which) => {
  const taken = await startTestServer();
  const options = {
    engine: taken.engine,
    port: 0,
    sitePort: 0,

    adminKey: "k",
    clock: Date,
  } as const;
  const starting = startServer({ ...options, [which]: taken.port });
  await expect(starting).rejects.toThrow(DeveloperError);
  await expect(starting).rejects.toThrow(`Port ${taken.port} on 127.0.0.1 is in use`);
});

test("what tools ask first: version and name of the instance, from any origin", async () => {
  const { url } = await startTestServer();
  for (const path of ["/version", "/instance_name"]) {
    const response = await fetch(`${url}${path}`, { headers: { origin: "http://localhost:3000" } });
    expect([response.status, await response.text()]).toEqual([200, "local"]);
    expect(response.headers.get("access-control-allow-origin")).toBe("http://localhost:3000");
  }
});

test("after close nobody is connected and both ports can be taken again", async () => {
  const server = await startTestServer();
  const client = await RawClient.open(server.url);
  await server.close();
  await client.closed;
  const { engine, port, sitePort } = server;
  const again = await startServer({ engine, port, sitePort, adminKey: "k", clock: Date });
  expect((await fetch(`${again.url}/version`)).status).toBe(200);
  await again.close();
});
