import fc from "fast-check";
import { expect, test } from "vitest";
import { splitLinks } from "./text-links.ts";

test.each([
  ["no address", "Bom dia!", []],
  ["one at the end of a sentence", "Veja https://a.com/x?y=1.", ["https://a.com/x?y=1"]],
  ["one in brackets", "(www.a.com.br)", ["https://www.a.com.br"]],
  ["two", "http://a.com e https://b.com/", ["http://a.com", "https://b.com/"]],
  ["no address, but a script", "javascript:alert(1) a.com", []],
])("finds %s", (_what, text, hrefs) => {
  expect(splitLinks(text).flatMap(({ href }) => href ?? [])).toEqual(hrefs);
});

test("law: the parts put together are the text, and every link is of the web", () => {
  const words = fc.array(fc.oneof(fc.string(), fc.webUrl(), fc.constant("www."), fc.constant("https://)")));
  fc.assert(
    fc.property(words, (parts) => {
      const text = parts.join(" ");
      const split = splitLinks(text);
      expect(split.map((part) => part.text).join("")).toBe(text);
      const hrefs = split.flatMap(({ href }) => href ?? []);
      expect(hrefs.filter((href) => !/^https?:\/\//i.test(href))).toEqual([]);
    }),
  );
});
