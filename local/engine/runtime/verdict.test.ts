import { expect, it } from "vitest";
import { verdict } from "./verdict.ts";

it.each([
  [{ kind: "query", name: "messages:list", component: "", tookMs: 3.4 }, "in query messages:list, after 3 ms"],
  [
    { kind: "mutation", name: "lib:add", component: "pool/worker", tookMs: 1999.9 },
    "in mutation lib:add of component pool/worker, after 2000 ms",
  ],
  [{ kind: "HTTP action", name: "GET /slow", component: "", tookMs: 0 }, "in HTTP action GET /slow, after 0 ms"],
] as const)("of %j it says which it was, below what production says", (ended, line) => {
  expect(verdict("Words.", ended)).toEqual({ ok: false, message: `Words.\n    ${line}` });
});
