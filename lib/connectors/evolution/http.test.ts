import { describe, expect, test } from "vitest";
import { AuthExpired, ConnectorError, RateLimited, Rejected, Unreachable } from "../errors.ts";
import type { Target } from "../types.ts";
import { type Call, call } from "./http.ts";

const NOW = Date.UTC(2026, 8, 21, 12);
const SEND: Call = { method: "POST", path: "/message/sendText/ipe", body: { text: "olá" } };

type Seen = { url: string; init: RequestInit | undefined };

/** A provider that gives one answer, or breaks in one way. */
function provider(answer: () => Promise<Response>): { target: Target; seen: Seen[] } {
  const seen: Seen[] = [];
  const fetchOnce: Target["fetch"] = (input, init) => {
    seen.push({ url: input instanceof Request ? input.url : String(input), init });
    return answer();
  };
  return {
    target: { fetch: fetchOnce, baseUrl: "https://zap.test/base/", account: "ipe", token: "t0ken", now: () => NOW },
    seen,
  };
}

function answering(status: number, body: unknown, headers: Record<string, string> = {}) {
  return provider(() =>
    Promise.resolve(new Response(typeof body === "string" ? body : JSON.stringify(body), { status, headers })),
  );
}

async function failure(status: number, message: unknown, headers: Record<string, string> = {}): Promise<unknown> {
  const { target } = answering(status, { status, response: { message } }, headers);
  return call(target, SEND).catch((error: unknown) => error);
}

function broken(code: string): Promise<unknown> {
  const cause = Object.assign(new Error("socket"), { code });
  const { target } = provider(() => Promise.reject(new TypeError("fetch failed", { cause })));
  return call(target, SEND).catch((error: unknown) => error);
}

describe("a call", () => {
  test("carries the key and JSON, joins the paths and follows no redirect", async () => {
    const { target, seen } = answering(201, { ok: true });
    expect(await call(target, SEND)).toEqual({ ok: true });
    expect(seen).toMatchObject([
      {
        url: "https://zap.test/base/message/sendText/ipe",
        init: {
          method: "POST",
          redirect: "error",
          body: '{"text":"olá"}',
          headers: { apikey: "t0ken", "content-type": "application/json" },
        },
      },
    ]);
  });

  test("without a body says nothing about its type", async () => {
    const { target, seen } = answering(200, []);
    await call(target, { method: "GET", path: "/x" });
    expect(seen[0]?.init).not.toHaveProperty("body");
    expect(seen[0]?.init?.headers).toEqual({ apikey: "t0ken" });
  });

  test("is made once, whatever comes of it", async () => {
    const { target, seen } = answering(503, "");
    await call(target, SEND).catch(() => undefined);
    expect(seen).toHaveLength(1);
  });
});

describe("the class of an answer", () => {
  test.each<[number, unknown, unknown, object]>([
    [400, [{ jid: "x", exists: false, number: "1" }], Rejected, { reason: "not_on_whatsapp" }],
    [
      400,
      [['instance requires property "text"']],
      Rejected,
      { reason: "invalid_request", detail: 'instance requires property "text"' },
    ],
    [400, ["Error: Connection Closed"], Unreachable, { ambiguous: false }],
    [400, ['The "ipe" instance is not connected'], Unreachable, { ambiguous: false }],
    [400, ["Error: Timed Out"], Unreachable, { ambiguous: true }],
    [400, ["Error: Connection Lost"], Unreachable, { ambiguous: true }],
    [400, ["Message not found"], Rejected, { reason: "not_found" }],
    [401, "Unauthorized", AuthExpired, { httpStatus: 401 }],
    [403, ['This name "ipe" is already in use.'], Rejected, { reason: "name_taken" }],
    [403, ["Forbidden"], AuthExpired, { httpStatus: 403 }],
    [404, ['The "ipe" instance does not exist'], AuthExpired, { httpStatus: 404 }],
    [404, ["Cannot POST /x"], Rejected, { reason: "not_found" }],
    [408, [], Unreachable, { ambiguous: true }],
    [413, [], Rejected, { reason: "media_too_large" }],
    [429, [], RateLimited, { retryAfterMs: 5_000 }],
    [500, ["boom"], Unreachable, { ambiguous: true, httpStatus: 500 }],
    [502, [], Unreachable, { ambiguous: true }],
    [503, [], Unreachable, { ambiguous: false }],
  ])("%i with %j", async (status, message, kind, facts) => {
    const error = await failure(status, message);
    expect(error).toBeInstanceOf(kind);
    expect(error).toMatchObject(facts);
  });

  test.each([
    ["12", 12_000],
    [new Date(NOW + 90_000).toUTCString(), 90_000],
    [new Date(NOW - 90_000).toUTCString(), 0],
    ["soon", 5_000],
  ])("Retry-After %j means %i ms", async (header, retryAfterMs) => {
    expect(await failure(429, [], { "retry-after": header })).toMatchObject({ retryAfterMs });
  });

  test("a page of a proxy instead of JSON keeps the class of its status", async () => {
    const { target } = answering(502, "<html>Bad gateway</html>");
    await expect(call(target, SEND)).rejects.toMatchObject({ name: "Unreachable", ambiguous: true, httpStatus: 502 });
  });

  test("a 200 that says error had no effect", async () => {
    const { target } = answering(200, { error: true, message: "[object Object]" });
    await expect(call(target, SEND)).rejects.toMatchObject({ name: "Unreachable", ambiguous: false });
  });
});

describe("the class of silence", () => {
  test.each(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "ENETUNREACH", "EHOSTUNREACH", "UND_ERR_CONNECT_TIMEOUT"])(
    "%s never left",
    async (code) => {
      expect(await broken(code)).toMatchObject({ name: "Unreachable", ambiguous: false, detail: code });
    },
  );

  test.each(["ECONNRESET", "UND_ERR_SOCKET", "UND_ERR_HEADERS_TIMEOUT", "anything else"])(
    "%s may have arrived",
    async (code) => {
      expect(await broken(code)).toMatchObject({ name: "Unreachable", ambiguous: true });
    },
  );

  test("an answer that breaks off in the middle may have arrived", async () => {
    const body = new ReadableStream({ start: (controller) => controller.error(new Error("cut")) });
    const { target } = provider(() => Promise.resolve(new Response(body, { status: 201 })));
    await expect(call(target, SEND)).rejects.toMatchObject({ name: "Unreachable", ambiguous: true });
  });

  test("what a guarded fetch refuses keeps its own class", async () => {
    const refused = new Rejected("invalid_request", { detail: "private address" });
    const { target } = provider(() => Promise.reject(refused));
    await expect(call(target, SEND)).rejects.toBe(refused);
  });

  test("whatever is thrown becomes a ConnectorError", async () => {
    const { target } = provider(() => Promise.reject("text"));
    await expect(call(target, SEND)).rejects.toBeInstanceOf(ConnectorError);
  });
});
