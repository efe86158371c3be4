import { expect, it } from "vitest";
import {
  isOwnIssuer,
  parseServiceSubject,
  parseVisitorSubject,
  renderVisitorSubject,
  SERVICE_ISSUER,
  VISITOR_ISSUER,
} from "./tokens.ts";

const visitorId = "0123456789abcdef".repeat(2);

it.each([
  { subject: "service:webhooks", is: "webhooks" },
  { subject: "service:a:b", is: "a:b" },
  { subject: "service:", is: null },
  { subject: "service", is: null },
  { subject: `visitor:org1:${visitorId}`, is: null },
  { subject: "user_ada", is: null },
  { subject: "Service:x", is: null },
  { subject: "my service:x", is: null },
])("as a service, the subject $subject names $is", ({ subject, is }) => {
  expect(parseServiceSubject(subject)).toBe(is);
});

it("a visitor's subject names the organization and the visitor, and is read back", () => {
  const visitor = { orgId: "org1", visitorId };
  expect(parseVisitorSubject(renderVisitorSubject(visitor))).toEqual(visitor);
});

it.each(["service:webhooks", `visitor:${visitorId}`, "visitor:org1:short", `visitor::${visitorId}`, "user_ada"])(
  "%s names no visitor",
  (subject) => {
    expect(parseVisitorSubject(subject)).toBeNull();
  },
);

it("each kind of token has an issuer of its own, and both are ours", () => {
  expect(SERVICE_ISSUER).not.toBe(VISITOR_ISSUER);
  expect([SERVICE_ISSUER, VISITOR_ISSUER, "https://clerk.test"].map(isOwnIssuer)).toEqual([true, true, false]);
});
