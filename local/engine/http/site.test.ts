import { describe, expect, test } from "vitest";
import { noMatchingRoute } from "./site.ts";
import { startTestServer } from "./test-server.ts";

async function echo(request: Request): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  const body = await request.text();
  return Response.json({
    method: request.method,
    target: pathname + search,
    body,
    kind: request.headers.get("x-kind"),
  });
}

describe("http actions", () => {
  test("get the request as it came, on the site port and under /http of the main one", async () => {
    const { url, siteUrl } = await startTestServer({ serveHttp: echo });
    const init = { method: "POST", body: "hello", headers: { "x-kind": "test" } };
    const expected = { method: "POST", target: "/hook/a%20b?x=1&y=%2F", body: "hello", kind: "test" };
    for (const base of [siteUrl, `${url}/http`]) {
      const response = await fetch(`${base}/hook/a%20b?x=1&y=%2F`, init);
      await expect(response.json()).resolves.toEqual(expected);
    }
  });

  test("the main port's /http is the site's root, and OPTIONS is the app's own business", async () => {
    const { url } = await startTestServer({ serveHttp: echo });
    await expect((await fetch(`${url}/http`)).json()).resolves.toMatchObject({ target: "/" });
    await expect((await fetch(`${url}/http?x=1`)).json()).resolves.toMatchObject({ target: "/?x=1" });
    await expect((await fetch(`${url}/http/a`, { method: "OPTIONS" })).json()).resolves.toMatchObject({
      method: "OPTIONS",
    });
  });

  test("a path that looks like a host stays a path", async () => {
    const { siteUrl } = await startTestServer({ serveHttp: echo });
    await expect((await fetch(`${siteUrl}//evil.test/a`)).json()).resolves.toMatchObject({ target: "//evil.test/a" });
  });

  test("status, headers and every cookie come back as they were made; no CORS is added", async () => {
    const serveHttp = async () => {
      const headers = new Headers({ "x-made": "here" });
      headers.append("set-cookie", "a=1");
      headers.append("set-cookie", "b=2; Path=/");
      return new Response(null, { status: 204, headers });
    };
    const { siteUrl } = await startTestServer({ serveHttp });
    const response = await fetch(siteUrl, { headers: { origin: "http://localhost:3000" } });
    expect([response.status, response.headers.get("x-made")]).toEqual([204, "here"]);
    expect(response.headers.getSetCookie()).toEqual(["a=1", "b=2; Path=/"]);
    expect(response.headers.get("access-control-allow-origin")).toBeNull();
  });

  test("a response that is made bit by bit arrives bit by bit", async () => {
    let finish: () => void = () => undefined;
    const rest = new Promise<void>((resolve) => (finish = resolve));
    const encoder = new TextEncoder();
    const serveHttp = async () =>
      new Response(
        new ReadableStream({
          async start(controller) {
            controller.enqueue(encoder.encode("first "));
            await rest;
            controller.enqueue(encoder.encode("second"));
            controller.close();
          },
        }),
      );
    const { siteUrl } = await startTestServer({ serveHttp });
    const reader = (await fetch(siteUrl)).body?.getReader();
    const decoder = new TextDecoder();
    expect(decoder.decode((await reader?.read())?.value)).toBe("first ");
    finish();
    expect(decoder.decode((await reader?.read())?.value)).toBe("second");
  });

  test("when the reader leaves, the response stops being made", async () => {
    let cancelled: () => void = () => undefined;
    const isCancelled = new Promise<void>((resolve) => (cancelled = resolve));
    const serveHttp = async () =>
      new Response(
        new ReadableStream({
          pull: (controller) => controller.enqueue(new Uint8Array(65_536)),
          cancel: () => cancelled(),
        }),
      );
    const { siteUrl } = await startTestServer({ serveHttp });
    const response = await fetch(siteUrl);
    await response.body?.cancel();
    await expect(isCancelled).resolves.toBeUndefined();
  });

  test("when the reader leaves, a response that has nothing to say for now stops being made too", async () => {
    const { promise: isCancelled, resolve: cancel } = Promise.withResolvers<void>();
    const silent = {
      start: (controller: ReadableStreamDefaultController) => controller.enqueue(new Uint8Array(1)),
      cancel,
    };
    const { siteUrl } = await startTestServer({ serveHttp: async () => new Response(new ReadableStream(silent)) });
    const response = await fetch(siteUrl);
    await response.body?.cancel();
    await expect(isCancelled).resolves.toBeUndefined();
  });

  test("a response that breaks off is seen to break off, and the server lives", async () => {
    const pull = (controller: ReadableStreamDefaultController) => controller.error(new Error("broken"));
    const { siteUrl, url } = await startTestServer({
      serveHttp: async () => new Response(new ReadableStream({ pull })),
    });
    await expect(fetch(siteUrl).then((response) => response.text())).rejects.toThrow(TypeError);
    expect((await fetch(`${url}/version`)).status).toBe(200);
  });
});

describe("callers of http actions", () => {
  test("a token that verifies says who calls; one that does not leaves it to the handler", async () => {
    const { siteUrl, issuer } = await startTestServer({
      serveHttp: async (request, identity) =>
        Response.json({ subject: identity?.subject ?? null, header: request.headers.get("authorization") }),
    });
    const ask = async (authorization: string) => (await fetch(siteUrl, { headers: { authorization } })).json();
    await expect(ask(`Bearer ${await issuer.sign({ sub: "ana" })}`)).resolves.toMatchObject({ subject: "ana" });
    await expect(ask("Bearer own-secret")).resolves.toEqual({ subject: null, header: "Bearer own-secret" });
    await expect(ask("Basic dTpw")).resolves.toEqual({ subject: null, header: "Basic dTpw" });
  });
});

describe("failures of http actions", () => {
  test("no route is a 404 in production's words", async () => {
    expect(noMatchingRoute().status).toBe(404);
    const { siteUrl } = await startTestServer({ serveHttp: async () => noMatchingRoute() });
    const response = await fetch(`${siteUrl}/nothing`);
    expect(response.status).toBe(404);
    await expect(response.text()).resolves.toBe("No matching routes found");
  });

  test("what a handler throws is a 500 with code, trace and data", async () => {
    const { siteUrl, faults } = await startTestServer({
      serveHttp: () => Promise.reject(Object.assign(new Error("boom"), { data: { reason: 1 } })),
    });
    const response = await fetch(siteUrl);
    expect(response.status).toBe(500);
    await expect(response.json()).resolves.toEqual({
      code: expect.stringMatching(/^\[Request ID: [0-9a-f]{16}\] Server Error: boom$/),
      trace: expect.stringContaining("boom"),
      data: { reason: 1 },
    });
    expect(faults).toEqual([]);
  });

  test("a message that already names its request keeps it", async () => {
    const { siteUrl } = await startTestServer({
      serveHttp: () => Promise.reject(new Error("[Request ID: 0123456789abcdef] Server Error")),
    });
    await expect((await fetch(siteUrl)).json()).resolves.toMatchObject({
      code: "[Request ID: 0123456789abcdef] Server Error",
    });
  });

  test("a body above 20 MiB is a 413", async () => {
    const { siteUrl } = await startTestServer({ serveHttp: echo });
    const body = new Uint8Array(20 * 1024 * 1024 + 1);
    expect((await fetch(siteUrl, { method: "POST", body })).status).toBe(413);
  });
});
