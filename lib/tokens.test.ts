import { expect, it } from "vitest";
import { parseSubject } from "./tokens.ts";

it.each([
  { subject: "service:webhooks", is: { kind: "service", name: "webhooks" } },
  { subject: "visitor:a:b", is: { kind: "visitor", name: "a:b" } },
  { subject: "service:", is: null },
  { subject: "service", is: null },
  { subject: "user_ada", is: null },
  { subject: "Service:x", is: null },
  { subject: "my service:x", is: null },
])("the subject $subject names $is", ({ subject, is }) => {
  expect(parseSubject(subject)).toEqual(is);
});
