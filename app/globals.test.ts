import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const css = readFileSync("app/globals.css", "utf8");
const themes = { light: readColours(":root"), dark: readColours(".dark") };
const grounds = ["canvas", "surface", "raised", "sunken", "hover", "active"];

/** Text, and every ground that it may stand on. */
const pairs: readonly (readonly [string, readonly string[]])[] = [
  ["ink", [...grounds, "brand-soft"]],
  ["muted", [...grounds, "brand-soft"]],
  ["faint", ["canvas", "surface", "raised"]],
  ["brand-text", ["canvas", "surface", "raised", "brand-soft", "hover"]],
  ["brand-ink", ["brand", "brand-hover"]],
  ["danger", ["canvas", "surface", "raised", "danger-soft"]],
  ["danger-ink", ["danger", "danger-hover"]],
  ["success", ["surface", "raised", "success-soft"]],
  ["warn", ["surface", "raised", "warn-soft"]],
  ["info", ["surface", "raised", "info-soft"]],
  ["surface", ["ink"]],
  ["avatar-ink", [1, 2, 3, 4, 5, 6, 7, 8].map((tone) => `avatar-${tone}`)],
];

test.each(["light", "dark"] as const)("every text keeps 4.5:1 on its grounds in the %s theme", (name) => {
  const theme = themes[name];
  const weak = pairs.flatMap(([text, under]) =>
    under
      .map((ground) => ({ text, ground, ratio: contrast(luminance(theme, text), luminance(theme, ground)) }))
      .filter(({ ratio }) => ratio < 4.5),
  );
  expect(weak).toEqual([]);
});

test.each(["light", "dark"] as const)("the edge of a control and the focus ring keep 3:1 in the %s theme", (name) => {
  const theme = themes[name];
  const weak = ["canvas", "surface", "raised"].flatMap((ground) =>
    ["control", "brand"].filter((edge) => contrast(luminance(theme, edge), luminance(theme, ground)) < 3),
  );
  expect(weak).toEqual([]);
});

test("both themes set the same colours", () => {
  expect([...themes.dark.keys()]).toEqual([...themes.light.keys()]);
});

function readColours(selector: string): Map<string, readonly [number, number, number]> {
  const block = css
    .slice(css.indexOf(`\n${selector} {`))
    .split("}", 1)
    .join("");
  const found = block.matchAll(/--([\w-]+): oklch\(([\d.]+) ([\d.]+) ([\d.]+)(?: \/ [\d.]+)?\)/g);
  return new Map([...found].map(([, name = "", l, c, h]) => [name, [Number(l), Number(c), Number(h)] as const]));
}

/** WCAG's relative luminance, through oklab (https://bottosson.github.io/posts/oklab/). */
function luminance(theme: ReturnType<typeof readColours>, name: string): number {
  const [l, chroma, hue] = theme.get(name) ?? [Number.NaN, 0, 0];
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const long = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const medium = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const short = (l - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const red = 4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short;
  const green = -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short;
  const blue = -0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short;
  const [r, g, bl] = [red, green, blue].map((part) => Math.min(1, Math.max(0, part)));
  return 0.2126 * (r ?? 0) + 0.7152 * (g ?? 0) + 0.0722 * (bl ?? 0);
}

function contrast(one: number, other: number): number {
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}
