import { describe, expect, it } from "vitest";
import { callerAddress, cookieNameOf, isFromElsewhere, parseAsked } from "./callers.ts";

describe("where a request comes from", () => {
  const headers = new Headers({ "x-forwarded-for": "6.6.6.6", "x-real-ip": " 192.0.2.1 , 10.0.0.1" });

  it("is what the host says in its own header, and nothing that a caller may write", () => {
    expect(callerAddress(headers, "x-real-ip")).toBe("192.0.2.1");
    expect(callerAddress(headers, undefined)).toBeNull();
    expect(callerAddress(headers, "x-vercel-forwarded-for")).toBeNull();
    expect(callerAddress(new Headers({ "x-real-ip": "" }), "x-real-ip")).toBeNull();
  });

  it.each([
    { site: "same-origin", elsewhere: false },
    { site: "same-site", elsewhere: true },
    { site: "cross-site", elsewhere: true },
    { site: null, elsewhere: false },
  ])("a browser's $site request is from elsewhere: $elsewhere", ({ site, elsewhere }) => {
    expect(isFromElsewhere(new Headers(site === null ? {} : { "sec-fetch-site": site }))).toBe(elsewhere);
  });
});

it("each organization has a cookie of its own", () => {
  expect(cookieNameOf("a")).not.toBe(cookieNameOf("b"));
});

it.each([
  { body: '{"slug":"acme"}', asked: "acme" },
  { body: '{"slug":7}', asked: null },
  { body: "[]", asked: null },
  { body: "null", asked: null },
  { body: "<html>", asked: null },
])("the body $body asks for $asked", ({ body, asked }) => {
  expect(parseAsked(new TextEncoder().encode(body))).toBe(asked);
  expect(parseAsked(null)).toBeNull();
});
