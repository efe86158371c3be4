import { expect, test } from "./fixtures.ts";
import { en, pt } from "./words.ts";
import { seeded } from "./world.ts";

test("language and theme are switched from the menu, and stay after a reload", async ({ openAs, world }) => {
  const page = await openAs(seeded(world, "horizonte", "sdr"), { organizationId: "org_horizonte" });
  await expect(page.getByRole("heading", { name: pt.inbox.title, level: 1 })).toBeVisible();

  await page.getByRole("button", { name: pt.shell.accountMenu }).click();
  await page.getByRole("menuitem", { name: pt.shell.theme }).click();
  await page.getByRole("menuitemradio", { name: pt.shell.themes.dark }).click();
  await expect(page.locator("html")).toHaveClass(/dark/);
  await page.keyboard.press("Escape");

  await page.getByRole("button", { name: pt.shell.accountMenu }).click();
  await page.getByRole("menuitem", { name: pt.shell.language }).click();
  await page.getByRole("menuitemradio", { name: "English" }).click();
  await expect(page.getByRole("heading", { name: en.inbox.title, level: 1 })).toBeVisible();

  await page.reload();
  await expect(page.getByRole("heading", { name: en.inbox.title, level: 1 })).toBeVisible();
  await expect(page.locator("html")).toHaveClass(/dark/);
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
});
