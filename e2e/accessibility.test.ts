import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { pt } from "./words.ts";
import { seeded } from "./world.ts";

const SIZES = [
  { device: "desktop", viewport: { width: 1440, height: 900 }, hasTouch: false },
  { device: "phone", viewport: { width: 390, height: 844 }, hasTouch: true },
];
const OPEN = ["/sign-in", "/sign-up"];
const INSIDE = [
  "/inbox",
  "/agent",
  "/connections",
  "/settings/general",
  "/settings/people",
  "/settings/account",
  "/organizations",
  "/welcome",
  "/no-such-page",
];

/** What a role shows differently. */
const LIMITED = ["/inbox", "/agent", "/connections", "/settings/general", "/settings/people", "/welcome"];

for (const { device, ...options } of SIZES) {
  test.describe(`on a ${device}`, () => {
    test.use(options);

    test("pages of strangers are clean and fit, light and dark", async ({ openAsStranger }) => {
      const page = await openAsStranger("/sign-in");
      for (const path of OPEN) await inspect(page, path);
    });

    test("pages of an owner are clean and fit, light and dark", async ({ openAs, world }) => {
      const page = await openAs(seeded(world, "horizonte", "owner"), { organizationId: "org_horizonte" });
      for (const path of INSIDE) await inspect(page, path);
    });
  });
}

test("pages of a viewer are clean, light and dark", async ({ openAs, world }) => {
  const page = await openAs(seeded(world, "horizonte", "viewer"), { organizationId: "org_horizonte" });
  for (const path of LIMITED) await inspect(page, path);
});

/** What axe finds wrong in our own markup, and whether the page is wider than the screen. */
async function inspect(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await expect(page.getByRole("heading").first()).toBeVisible();
  await expect(page.getByText(pt.shell.loading, { exact: true })).toHaveCount(0);
  const light = await ownMarkup(page).analyze();
  expectClean(light.violations, `${path}, light`);
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  // Colours are all that a theme changes.
  const dark = await ownMarkup(page).withRules("color-contrast").analyze();
  expectClean(dark.violations, `${path}, dark`);
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect.soft(overflow, `${path} is wider than the screen`).toBeLessThanOrEqual(0);
}

function ownMarkup(page: Page): AxeBuilder {
  return new AxeBuilder({ page }).exclude(".cl-rootBox");
}

function expectClean(violations: readonly { id: string; nodes: { html: string }[] }[], where: string): void {
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
  expect.soft(found, where).toEqual([]);
}
