import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import en from "./en.json" with { type: "json" };
import ptBR from "./pt-BR.json" with { type: "json" };

type Tree = { [key: string]: string | Tree };

const written = flatten(ptBR);
const translated = flatten(en);
const sources = globSync(["app/**/*.{ts,tsx}", "components/**/*.{ts,tsx}"])
  .filter((path) => !path.includes(".test."))
  .map((path) => readSource(readFileSync(path, "utf8")));

test("every text exists in both languages", () => {
  expect([...translated.keys()].toSorted()).toEqual([...written.keys()].toSorted());
});

test("a text and its translation have the same blanks to fill in", () => {
  const different = [...written].filter(([key, text]) => blanksOf(translated.get(key) ?? "") !== blanksOf(text));
  expect(different).toEqual([]);
});

test("no text is empty, or has blanks around it", () => {
  const untidy = [...written, ...translated].filter(([, text]) => text === "" || text.trim() !== text);
  expect(untidy).toEqual([]);
});

test("every text is used somewhere", () => {
  expect(sources.length).toBeGreaterThan(20);
  expect([...written.keys()].filter((key) => !sources.some((source) => source.uses(key)))).toEqual([]);
});

function flatten(tree: Tree, path = ""): Map<string, string> {
  return new Map(
    Object.entries(tree).flatMap(([key, value]) =>
      typeof value === "string" ? [[`${path}${key}`, value] as const] : [...flatten(value, `${path}${key}.`)],
    ),
  );
}

/** Names of the blanks, in a fixed order. */
function blanksOf(text: string): string {
  const names = [...text.matchAll(/\{(\w+)/g)].map(([, name = ""]) => name);
  return names.toSorted().join(" ");
}

/**
 * A key counts as used where its namespace is asked for and the rest stands as a text, whole or as a template whose blanks are single
 * words; or as a path into the messages themselves (`messages.app.notices`).
 */
function readSource(source: string) {
  const namespaces = [...source.matchAll(/(?:use|get)Translations\("([\w.]+)"\)/g)].map(([, name = ""]) => name);
  const whole = new Set([...source.matchAll(/"([\w.-]+)"/g)].map(([, text]) => text));
  const templates = [...source.matchAll(/`((?:[\w.-]|\$\{[^}]+\})+)`/g)].map(
    ([, template = ""]) => new RegExp(`^${template.replaceAll(".", "\\.").replace(/\$\{[^}]+\}/g, "[\\w-]+")}$`),
  );
  const uses = (key: string) =>
    new RegExp(`\\b(?:messages|ptBR)\\.${key.split(".")[0] ?? ""}\\b`).test(source) ||
    namespaces.some((name) => {
      if (!key.startsWith(`${name}.`)) return false;
      const rest = key.slice(name.length + 1);
      return whole.has(rest) || templates.some((template) => template.test(rest));
    });
  return { uses };
}
