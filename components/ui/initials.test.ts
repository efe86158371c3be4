import fc from "fast-check";
import { expect, test } from "vitest";
import { initialsOf, toneOf } from "./initials.ts";

test("initials are of the first and the last word", () => {
  expect(initialsOf("Marina Alves de Souza")).toBe("MS");
  expect(initialsOf("Órbita")).toBe("Ó");
  expect(initialsOf("(Loja) Zé & Filhos")).toBe("ZF");
});

test("an e-mail address gives one initial, of the person and not of the host", () => {
  expect(initialsOf("bruno@exemplo.com.br")).toBe("B");
});

test("a name without letters still shows something", () => {
  expect(initialsOf("")).toBe("?");
  expect(initialsOf("🙂 !")).toBe("?");
});

test("a tone is always one of those that exist, and the same for the same name", () => {
  fc.assert(
    fc.property(fc.string(), fc.integer({ min: 1, max: 12 }), (name, count) => {
      const tone = toneOf(name, count);
      expect(tone).toBeGreaterThanOrEqual(0);
      expect(tone).toBeLessThan(count);
      expect(toneOf(` ${name.toLowerCase()} `, count)).toBe(toneOf(name.toLowerCase(), count));
    }),
  );
});

test("names spread over all tones", () => {
  const names = Array.from({ length: 200 }, (_, index) => `Pessoa ${index}`);
  expect(new Set(names.map((name) => toneOf(name, 8))).size).toBe(8);
});
