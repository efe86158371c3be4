import { ConvexError } from "convex/values";
import { expect, test } from "vitest";
import en from "@/messages/en.json" with { type: "json" };
import ptBR from "@/messages/pt-BR.json" with { type: "json" };
import { setupProblemOf } from "./setup-problem.ts";

test.each([
  [{ code: "invalid", field: "key", reason: "published" }, "published", "key"],
  [{ code: "invalid", field: "key", reason: "refused" }, "refused", "key"],
  [{ code: "invalid", field: "account", reason: "missing" }, "missing", "account"],
  [{ code: "conflict", what: "account" }, "taken", "account"],
  [{ code: "unavailable", what: "provider", reason: "private_address" }, "privateAddress", "address"],
  [{ code: "unavailable", what: "provider", reason: "unknown_host" }, "unknownHost", "address"],
  [{ code: "unavailable", what: "provider", reason: "silent" }, "silent", "address"],
  [{ code: "invalid", field: "baseUrl", reason: "other_server" }, "otherServer", "address"],
  [{ code: "invalid", field: "baseUrl", reason: "not_a_url" }, "notAnAddress", "address"],
  [{ code: "invalid", field: "phone" }, "phone", "phone"],
] as const)("%j is told as %s, at the field %s", (facts, key, field) => {
  expect(setupProblemOf(new ConvexError(facts))).toEqual({ key, field });
  for (const { connections } of [ptBR, en]) expect(connections.problems[key]).toMatch(/\S/);
});

test.each([
  new Error("network"),
  new ConvexError("text"),
  new ConvexError({ code: "forbidden", needs: "connections:manage" }),
  new ConvexError({ code: "limit_reached", what: "connections", limit: 50 }),
])("what is no matter of a server is left to others: %s", (error) => {
  expect(setupProblemOf(error)).toBeNull();
});
