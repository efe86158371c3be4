import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isHttpUrl, parseServerAddress } from "./server-address.ts";

describe("the address of a server", () => {
  it.each([
    ["evo.acme.com.br", "https://evo.acme.com.br"],
    ["  https://evo.acme.com.br/  ", "https://evo.acme.com.br"],
    ["https://evo.acme.com.br/manager/instance/42?tab=x#y", "https://evo.acme.com.br"],
    ["http://10.0.0.4:8080", "http://10.0.0.4:8080"],
    ["localhost:8080", "https://localhost:8080"],
    ["https://acme.com.br/evolution/", "https://acme.com.br/evolution"],
    ["https://acme.com.br/managers", "https://acme.com.br/managers"],
  ])("%s is called at %s", (typed, address) => {
    expect(parseServerAddress(typed)).toBe(address);
  });

  it.each([
    "",
    "   ",
    "evo acme",
    "ftp://evo.acme.com",
    "https://",
    "https://user:pass@evo.acme.com",
    "javascript://x",
  ])("%j is none", (typed) => {
    expect(parseServerAddress(typed)).toBeNull();
  });

  it("stays the same when it is read again, and can always be called", () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (url) => {
        const address = parseServerAddress(url);
        if (address === null) return;
        expect(isHttpUrl(address)).toBe(true);
        expect(parseServerAddress(address)).toBe(address);
      }),
    );
  });
});

describe("isHttpUrl", () => {
  it.each(["evo.acme.com", "data:text/plain,x", "https://:pass@evo.acme.com"])("refuses %s", (text) => {
    expect(isHttpUrl(text)).toBe(false);
  });
});
