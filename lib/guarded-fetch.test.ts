import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { Unreachable } from "./connectors/errors.ts";
import { createGuardedFetch, parseAllowedHosts } from "./guarded-fetch.ts";

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }
});

async function serve(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<{ port: number; seen: string[] }> {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    seen.push(`${request.method} ${request.url} ${request.headers.host}`);
    answer(request, response);
  });
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has a port");
  return { port: address.port, seen };
}

const ok = (_request: IncomingMessage, response: ServerResponse) => response.end("fine");
const loopback = async () => [{ address: "127.0.0.1", family: 4 }];

describe("the guarded fetch", () => {
  it("calls nobody at an address that is not public", async () => {
    const { port, seen } = await serve(ok);
    const guarded = createGuardedFetch({ allowed: new Set() });
    for (const host of [
      "127.0.0.1",
      "localhost",
      "[::1]",
      "2130706433",
      "0x7f.1",
      "[::ffff:127.0.0.1]",
      "169.254.169.254",
    ]) {
      await expect(guarded(`http://${host}:${port}/`)).rejects.toThrow(Unreachable);
    }
    expect(seen).toEqual([]);
  });

  it("calls what the environment allows, by host and port", async () => {
    const { port, seen } = await serve(ok);
    const guarded = createGuardedFetch({ allowed: parseAllowedHosts(` Other:1 , 127.0.0.1:${port},`) });
    const response = await guarded(`http://127.0.0.1:${port}/path?query=1`);
    expect([response.status, await response.text()]).toEqual([200, "fine"]);
    expect(seen).toEqual([`GET /path?query=1 127.0.0.1:${port}`]);
    await expect(guarded(`http://127.0.0.1:${port + 1}/`)).rejects.toThrow(Unreachable);
  });

  it("refuses a name when one of its addresses is not public", async () => {
    const { port, seen } = await serve(ok);
    const lookUp = async () => [
      { address: "8.8.8.8", family: 4 },
      { address: "127.0.0.1", family: 4 },
    ];
    const guarded = createGuardedFetch({ allowed: new Set(), lookUp });
    await expect(guarded(`http://example.test:${port}/`)).rejects.toMatchObject({ ambiguous: false });
    expect(seen).toEqual([]);
  });

  it("connects to the address that it judged, however the name answers later", async () => {
    const { port, seen } = await serve(ok);
    const answers = [[{ address: "127.0.0.1", family: 4 }], [{ address: "127.0.0.2", family: 4 }]];
    const lookUp = async () => answers.shift() ?? [];
    const guarded = createGuardedFetch({ allowed: new Set([`rebind.test:${port}`]), lookUp });
    expect((await guarded(`http://rebind.test:${port}/`)).status).toBe(200);
    expect(seen).toEqual([`GET / rebind.test:${port}`]);
    expect(answers).toHaveLength(1);
  });

  it("judges where it is redirected to", async () => {
    const inner = await serve(ok);
    const { port } = await serve((_request, response) => {
      response.writeHead(302, { location: `http://127.0.0.1:${inner.port}/secret` }).end();
    });
    const guarded = createGuardedFetch({ allowed: new Set([`outside.test:${port}`]), lookUp: loopback });
    await expect(guarded(`http://outside.test:${port}/`)).rejects.toThrow(Unreachable);
    expect(inner.seen).toEqual([]);
  });

  it("does not take credentials along to another origin, nor a body past a 303", async () => {
    let arrived = {};
    const target = await serve((request, response) => {
      arrived = { method: request.method, apikey: request.headers["apikey"], type: request.headers["content-type"] };
      response.end();
    });
    const { port } = await serve((_request, response) => {
      response.writeHead(303, { location: `http://b.test:${target.port}/` }).end();
    });
    const allowed = new Set([`a.test:${port}`, `b.test:${target.port}`]);
    const guarded = createGuardedFetch({ allowed, lookUp: loopback });
    await guarded(`http://a.test:${port}/`, { method: "POST", headers: { apikey: "key" }, body: "{}" });
    expect(arrived).toEqual({ method: "GET", apikey: undefined, type: undefined });
  });

  it("follows no redirect when told so, and not for ever otherwise", async () => {
    const { port, seen } = await serve((_request, response) => response.writeHead(302, { location: "/" }).end());
    const guarded = createGuardedFetch({ allowed: new Set([`127.0.0.1:${port}`]) });
    await expect(guarded(`http://127.0.0.1:${port}/`, { redirect: "error" })).rejects.toThrow("redirects");
    expect((await guarded(`http://127.0.0.1:${port}/`, { redirect: "manual" })).status).toBe(302);
    await expect(guarded(`http://127.0.0.1:${port}/`)).rejects.toThrow("too often");
    expect(seen).toHaveLength(8);
  });

  it("sends method, headers and body as given", async () => {
    let body = "";
    const { port } = await serve((request, response) => {
      request.on("data", (chunk) => (body += String(chunk)));
      request.on("end", () =>
        response.writeHead(201, { "x-echo": String(request.headers["x-one"]) }).end(`{"got":true}`),
      );
    });
    const guarded = createGuardedFetch({ allowed: new Set([`127.0.0.1:${port}`]) });
    const response = await guarded(`http://127.0.0.1:${port}/`, {
      method: "POST",
      headers: { "x-one": "1" },
      body: "água",
    });
    expect([response.status, response.headers.get("x-echo"), await response.json()]).toEqual([201, "1", { got: true }]);
    expect(body).toBe("água");
  });

  it("stops at an answer that is too large, or takes too long", async () => {
    const { port } = await serve((request, response) => {
      if (request.url === "/large") response.end("x".repeat(1_001));
      else response.write("never ends");
    });
    const guarded = createGuardedFetch({ allowed: new Set([`127.0.0.1:${port}`]), maxBytes: 1_000, timeoutMs: 100 });
    await expect(guarded(`http://127.0.0.1:${port}/large`)).rejects.toThrow("larger than 1000 bytes");
    await expect(guarded(`http://127.0.0.1:${port}/slow`)).rejects.toThrow(/timeout|aborted/i);
    const given = createGuardedFetch({ allowed: new Set([`127.0.0.1:${port}`]) });
    const aborted = given(`http://127.0.0.1:${port}/slow`, { signal: AbortSignal.abort() });
    await expect(aborted).rejects.toMatchObject({ cause: { name: "AbortError" } });
  });

  it("tells what never left from what may have arrived, as fetch does", async () => {
    const { port } = await serve((request) => request.socket.destroy());
    const allowed = new Set([`127.0.0.1:${port}`, "127.0.0.1:1"]);
    const guarded = createGuardedFetch({ allowed });
    await expect(guarded("http://127.0.0.1:1/")).rejects.toMatchObject({ cause: { code: "ECONNREFUSED" } });
    await expect(guarded(`http://127.0.0.1:${port}/`)).rejects.toMatchObject({ cause: { code: "ECONNRESET" } });
  });

  it.each(["ftp://8.8.8.8/", "file:///etc/hosts"])("refuses %s", async (url) => {
    await expect(createGuardedFetch({ allowed: new Set() })(url)).rejects.toThrow(Unreachable);
  });
});
