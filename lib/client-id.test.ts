import { expect, it } from "vitest";
import { newClientId } from "./client-id.ts";

it("every name is another, and of one form", () => {
  const names = Array.from({ length: 500 }, newClientId);
  expect(new Set(names).size).toBe(names.length);
  for (const name of names) expect(name).toMatch(/^[0-9a-f]{32}$/);
});
