import fc from "fast-check";
import { expect, test } from "vitest";
import { suggestInstanceName } from "./instance-name.ts";

test("a name is made of the organization's and the connection's", () => {
  expect(suggestInstanceName("horizonte", "Vendas São Paulo")).toBe("horizonte-vendas-sao-paulo");
  expect(suggestInstanceName("horizonte", "")).toBe("horizonte");
  expect(suggestInstanceName("", "日本")).toBe("");
});

test("servers accept every suggestion", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.string(), (organization, name) => {
      expect(suggestInstanceName(organization, name)).toMatch(/^(?:[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?)?$/);
    }),
  );
});
