import type { RequestListener } from "node:http";
import { connect } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import {
  answerFailure,
  answerJson,
  answerPreflight,
  answerText,
  corsHeaders,
  HttpFailure,
  newRequestId,
} from "./answers.ts";
import { listen } from "./test-listener.ts";

const ORIGIN = "https://app.example";
const FAILURE = new HttpFailure(418, "Teapot", "short and stout");

async function ask(listener: RequestListener, init: RequestInit = {}): Promise<Response> {
  return fetch(`http://127.0.0.1:${await listen(listener)}`, init);
}

describe.each<[string, RequestListener, number, string | null, string]>([
  [
    "JSON",
    (request, response) => answerJson(request, response, 201, `{"a":"ñ"}`),
    201,
    "application/json",
    `{"a":"ñ"}`,
  ],
  ["text", (request, response) => answerText(request, response, "añ"), 200, "text/plain; charset=utf-8", "añ"],
  [
    "a failure",
    (request, response) => answerFailure(request, response, FAILURE),
    418,
    "application/json",
    `{"code":"Teapot","message":"short and stout"}`,
  ],
  ["a preflight", answerPreflight, 200, null, ""],
])("%s", (_what, listener, status, type, body) => {
  test("has its status, its type and its text", async () => {
    const response = await ask(listener);
    expect([response.status, response.headers.get("content-type"), await response.text()]).toEqual([
      status,
      type,
      body,
    ]);
  });

  test("may be read by a page of the origin that asked, and is kept for no other", async () => {
    const { headers } = await ask(listener, { headers: { origin: ORIGIN } });
    expect(Object.fromEntries(headers)).toMatchObject({
      "access-control-allow-origin": ORIGIN,
      "access-control-allow-credentials": "true",
      vary: "Origin",
    });
  });

  test("allows nothing to who has no origin", async () => {
    const { headers } = await ask(listener);
    expect([headers.get("access-control-allow-origin"), headers.get("access-control-allow-credentials")]).toEqual([
      null,
      null,
    ]);
    expect(headers.get("vary")).toBe("Origin");
  });
});

describe("a preflight", () => {
  test.each([
    ["the headers that were asked for", "authorization,x-custom", "authorization,x-custom"],
    ["any, when none was named", undefined, "*"],
  ])("allows %s, all methods, for a day", async (_what, asked, allowed) => {
    const headers = asked === undefined ? undefined : { "access-control-request-headers": asked };
    const response = await ask(answerPreflight, { method: "OPTIONS", ...(headers && { headers }) });
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "access-control-allow-headers": allowed,
      "access-control-allow-methods": "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS",
      "access-control-max-age": "86400",
    });
  });
});

describe("a failure", () => {
  test("given in the middle of a body arrives, and the rest of the body is taken off the line before the next request", async () => {
    const listener: RequestListener = (request, response) => answerFailure(request, response, FAILURE);
    const peer = connect(await listen(listener), "127.0.0.1");
    onTestFinished(() => void peer.destroy());
    let heard = "";
    peer.on("data", (bytes) => (heard += String(bytes)));
    const answers = () => heard.split(`{"code":"Teapot","message":"short and stout"}`).length - 1;
    peer.write("POST / HTTP/1.1\r\nhost: test\r\ncontent-length: 2000000\r\n\r\n");
    await expect.poll(answers).toBe(1);
    peer.write(Buffer.alloc(2_000_000));
    peer.write("GET / HTTP/1.1\r\nhost: test\r\n\r\n");
    await expect.poll(answers).toBe(2);
  });

  test("is an error with a name, for logs", () => {
    expect(String(FAILURE)).toBe("HttpFailure: short and stout");
    expect(FAILURE).toBeInstanceOf(Error);
  });
});

test("the origin is taken as it was written", async () => {
  const seen: unknown[] = [];
  for (const origin of ["null", "http://localhost:3000"]) {
    await ask(
      (request, response) => {
        seen.push(corsHeaders(request)["access-control-allow-origin"]);
        response.end();
      },
      { headers: { origin } },
    );
  }
  expect(seen).toEqual(["null", "http://localhost:3000"]);
});

test("a request's id is 16 hex digits, and another each time", () => {
  const ids = Array.from({ length: 100 }, newRequestId);
  expect(ids.filter((id) => !/^[0-9a-f]{16}$/.test(id))).toEqual([]);
  expect(new Set(ids).size).toBe(100);
});
