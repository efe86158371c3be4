import { connect } from "node:net";
import fc from "fast-check";
import { describe, expect, onTestFinished, test } from "vitest";
import { parseRange } from "./storage.ts";
import { startTestServer } from "./test-server.ts";

const BYTES = new TextEncoder().encode("0123456789");

async function startWithFile() {
  const server = await startTestServer();
  server.engine.files.set("f1", { bytes: BYTES, contentType: "text/plain", sha256: "c2hh" });
  const load = (headers: Record<string, string> = {}, method = "GET") =>
    fetch(`${server.url}/api/storage/f1`, { method, headers });
  return { ...server, load };
}

describe("upload", () => {
  test("a token stores one file, with its type and the digest to check", async () => {
    const { url, engine } = await startTestServer();
    engine.uploadTokens.add("t1");
    const upload = () =>
      fetch(`${url}/api/storage/upload?token=t1`, {
        method: "POST",
        headers: { "content-type": "image/png", digest: "md5=x, sha-256=YWJj=" },
        body: BYTES,
      });
    const first = await upload();
    await expect(first.json()).resolves.toEqual({ storageId: "file1" });
    expect(engine.files.get("file1")).toMatchObject({ contentType: "image/png", sha256: "YWJj=" });
    expect(Buffer.from(engine.files.get("file1")?.bytes ?? [])).toEqual(Buffer.from(BYTES));
    const second = await upload();
    expect(second.status).toBe(401);
    await expect(second.json()).resolves.toMatchObject({ code: "StorageTokenInvalid" });
  });

  test("a wrong token is refused before anything of the file is read", async () => {
    const { port } = await startTestServer();
    const peer = connect(port, "127.0.0.1");
    onTestFinished(() => void peer.destroy());
    const heard = new Promise((resolve) => peer.once("data", (bytes) => resolve(String(bytes))));
    peer.write(
      "POST /api/storage/upload?token=wrong HTTP/1.1\r\nhost: test\r\ncontent-length: 1000\r\n\r\nthe beginning",
    );
    await expect(heard).resolves.toMatch(/^HTTP\/1.1 401 /);
  });

  test("no token is a wrong token", async () => {
    const { url } = await startTestServer();
    expect((await fetch(`${url}/api/storage/upload`, { method: "POST", body: "x" })).status).toBe(401);
  });
});

describe("download", () => {
  test("a file comes with its type, its digest and leave to be kept", async () => {
    const { load } = await startWithFile();
    const response = await load();
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": "text/plain",
      "content-length": "10",
      digest: "sha-256=c2hh",
      "cache-control": "private, max-age=2592000",
      "accept-ranges": "bytes",
    });
    await expect(response.text()).resolves.toBe("0123456789");
  });

  test.each(["text/html", "image/svg+xml", null])(
    "a file of type %j runs nothing in the engine's own name",
    async (contentType) => {
      const { engine, url } = await startTestServer();
      engine.files.set("f2", { bytes: BYTES, contentType, sha256: "c2hh" });
      const { headers } = await fetch(`${url}/api/storage/f2`);
      const policy = headers.get("content-security-policy");
      expect(policy).toMatch(/^sandbox\b/);
      expect(policy).not.toContain("allow-same-origin");
      expect(headers.get("x-content-type-options")).toBe("nosniff");
    },
  );

  test("a PDF is left to the browser's reader, which a sandbox would shut out", async () => {
    const { engine, url } = await startTestServer();
    engine.files.set("f2", { bytes: BYTES, contentType: "application/pdf", sha256: "c2hh" });
    const { headers } = await fetch(`${url}/api/storage/f2`);
    expect([headers.get("content-security-policy"), headers.get("x-content-type-options")]).toEqual([null, "nosniff"]);
  });

  test("HEAD answers alike, without the bytes", async () => {
    const { load } = await startWithFile();
    const response = await load({}, "HEAD");
    expect([response.status, response.headers.get("content-length")]).toEqual([200, "10"]);
    await expect(response.text()).resolves.toBe("");
  });

  test.each([
    ["bytes=2-4", "234", "bytes 2-4/10"],
    ["bytes=7-", "789", "bytes 7-9/10"],
    ["bytes=-2", "89", "bytes 8-9/10"],
    ["bytes=5-100", "56789", "bytes 5-9/10"],
  ])("%s is a part", async (range, text, contentRange) => {
    const { load } = await startWithFile();
    const response = await load({ range });
    expect([response.status, response.headers.get("content-range")]).toEqual([206, contentRange]);
    await expect(response.text()).resolves.toBe(text);
  });

  test("a range beyond the end is 416 with the size", async () => {
    const { load } = await startWithFile();
    const response = await load({ range: "bytes=10-" });
    expect([response.status, response.headers.get("content-range")]).toEqual([416, "bytes */10"]);
  });

  test("an unknown file is 404", async () => {
    const { url } = await startTestServer();
    const response = await fetch(`${url}/api/storage/unknown`);
    expect(response.status).toBe(404);
    await expect(response.json()).resolves.toMatchObject({ code: "FileNotFound" });
  });

  test("a file without a type claims none", async () => {
    const { engine, url } = await startTestServer();
    engine.files.set("f2", { bytes: BYTES, contentType: null, sha256: "c2hh" });
    expect((await fetch(`${url}/api/storage/f2`)).headers.get("content-type")).toBeNull();
  });
});

describe("ranges", () => {
  test.each([undefined, "", "bytes=", "bytes=-", "bytes=4-2", "bytes=1-2,4-5", "items=1-2", "bytes=a-b"])(
    "%j asks for the whole file",
    (header) => expect(parseRange(header, 10)).toBeNull(),
  );

  test("nothing can be taken from an empty file, nor nothing from any", () => {
    expect(parseRange("bytes=0-", 0)).toBe("unsatisfiable");
    expect(parseRange("bytes=-0", 10)).toBe("unsatisfiable");
  });

  test("what is granted lies inside the file and is never empty", () => {
    const bound = fc.oneof(fc.constant(""), fc.nat(40).map(String));
    fc.assert(
      fc.property(bound, bound, fc.nat(30), (from, to, size) => {
        const range = parseRange(`bytes=${from}-${to}`, size);
        if (range === null || range === "unsatisfiable") return;
        expect(range.first).toBeGreaterThanOrEqual(0);
        expect(range.first).toBeLessThan(range.end);
        expect(range.end).toBeLessThanOrEqual(size);
      }),
    );
  });
});
