import { expect, it } from "vitest";
import { canonicalIssuer } from "./issuers.ts";

it.each([
  ["clerk.example.com", "https://clerk.example.com"],
  ["https://clerk.example.com/", "https://clerk.example.com"],
  ["https://tenant.example.com/path//", "https://tenant.example.com/path"],
  ["http://127.0.0.1:4000", "http://127.0.0.1:4000"],
])("%s is %s", (written, meant) => {
  expect(canonicalIssuer(written)).toBe(meant);
  expect(canonicalIssuer(meant)).toBe(meant);
});

it("hosts and schemes are told apart", () => {
  expect(canonicalIssuer("http://a.example")).not.toBe(canonicalIssuer("a.example"));
  expect(canonicalIssuer("https://a.example")).not.toBe(canonicalIssuer("https://a.example.org"));
});
