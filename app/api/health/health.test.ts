import { createServer, type RequestListener, type Server } from "node:http";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { probeConvex } from "./probe-convex.ts";
import { GET } from "./route.ts";

let server: Server | undefined;

beforeEach(() => vi.unstubAllEnvs());

afterEach(() => {
  vi.unstubAllEnvs();
  server?.closeAllConnections();
  server?.close();
  server = undefined;
});

describe("GET /api/health", () => {
  it("is 200 while the Convex deployment answers", async () => {
    const paths: (string | undefined)[] = [];
    const url = await serve((request, response) => {
      paths.push(request.url);
      response.end("1.0.0");
    });
    vi.stubEnv("CONVEX_URL", url);
    const response = await GET();
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ ok: true, convex: "ok" });
    expect(response.headers.get("Cache-Control")).toBe("no-store");
    expect(paths).toEqual(["/version"]);
  });

  it("is 503 when the Convex deployment is down", async () => {
    const url = await serve((_, response) => response.end());
    server?.close();
    vi.stubEnv("CONVEX_URL", url);
    const response = await GET();
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({ ok: false, convex: "unreachable" });
    expect(response.headers.get("Cache-Control")).toBe("no-store");
  });

  it("reads the address at run time", async () => {
    vi.stubEnv("CONVEX_URL", "");
    await expect(GET()).rejects.toThrow("CONVEX_URL is missing");
    vi.stubEnv("CONVEX_URL", await serve((_, response) => response.end("1.0.0")));
    expect((await GET()).status).toBe(200);
  });
});

describe("the probe of a Convex deployment", () => {
  it("gives up on one that never answers", async () => {
    const url = await serve(() => undefined);
    expect(await probeConvex(url, 20)).toBe("unreachable");
  });

  it("does not take an error page for an answer", async () => {
    const url = await serve((_, response) => response.writeHead(502).end());
    expect(await probeConvex(url, 1000)).toBe("unreachable");
  });
});

/** Serves `listener` on a free port of this machine and answers its address. */
async function serve(listener: RequestListener): Promise<string> {
  const started = createServer(listener);
  server = started;
  await new Promise<void>((resolve) => started.listen(0, "127.0.0.1", resolve));
  const { port } = z.object({ port: z.number() }).parse(started.address());
  return `http://127.0.0.1:${port}`;
}
