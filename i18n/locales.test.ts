import fc from "fast-check";
import { expect, test } from "vitest";
import { locales, parseLocale, pickLocale } from "./locales.ts";

test("what a person chose wins over what the browser asks for", () => {
  expect(pickLocale({ chosen: "en", acceptLanguage: "pt-BR,pt;q=0.9" })).toBe("en");
});

test("without a choice, the most wanted language that we speak is taken", () => {
  expect(pickLocale({ acceptLanguage: "de-DE,en-GB;q=0.7,pt;q=0.9" })).toBe("pt-BR");
  expect(pickLocale({ acceptLanguage: "fr, en-US;q=0.3" })).toBe("en");
});

test("a language that is refused is not taken", () => {
  expect(pickLocale({ acceptLanguage: "pt;q=0, en;q=0.1" })).toBe("en");
});

test("Portuguese of any country is our Portuguese", () => {
  expect(parseLocale("pt-PT")).toBe("pt-BR");
  expect(parseLocale("pt_BR")).toBe("pt-BR");
});

test("nothing, or nothing that we speak, gives Portuguese", () => {
  expect(pickLocale({})).toBe("pt-BR");
  expect(pickLocale({ chosen: "xx", acceptLanguage: "*" })).toBe("pt-BR");
});

test("whatever a browser or a cookie holds, the answer is a locale that we have", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (chosen, acceptLanguage) => {
      expect(locales).toContain(pickLocale({ chosen, acceptLanguage }));
    }),
  );
});
