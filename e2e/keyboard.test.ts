import { expect, test } from "./fixtures.ts";
import { openConversation } from "./inbox.ts";
import { pt, say } from "./words.ts";
import { seeded } from "./world.ts";

const { commands } = pt;

test("a command is found by its name with Ctrl+K and runs, ? lists the keys, and G I leads back", async ({
  openAs,
  world,
}) => {
  const page = await openAs(seeded(world, "horizonte", "admin"), { organizationId: "org_horizonte" });
  await expect(page.getByText("Renata Lima").first()).toBeVisible();
  await page.keyboard.press("Control+k");
  const palette = page.getByRole("dialog", { name: commands.palette.title });
  await palette.getByPlaceholder(commands.palette.placeholder).pressSequentially("pessoas do time");
  await expect(palette.getByRole("option")).toHaveText([commands.places.people]);
  await page.keyboard.press("Enter");
  await page.waitForURL("**/settings/people");
  await expect(palette).toHaveCount(0);

  await page.keyboard.press("?");
  const keys = page.getByRole("dialog", { name: commands.keys.title });
  await expect(keys.getByRole("term").filter({ hasText: commands.places.inbox })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(keys).toHaveCount(0);

  await page.keyboard.press("g");
  await page.keyboard.press("i");
  await page.waitForURL("**/inbox");
  await expect(page.getByText("Renata Lima").first()).toBeVisible();
});

test("no key does anything while one is writing", async ({ openAs, world }) => {
  const page = await openAs(seeded(world, "horizonte", "admin"), { organizationId: "org_horizonte" });
  const search = page.getByRole("searchbox");
  await search.pressSequentially("gite?");
  await expect(search).toHaveValue("gite?");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  expect(new URL(page.url()).pathname).toBe("/inbox");

  await search.fill("");
  await openConversation(page, { name: "Renata Lima" });
  const { href } = new URL(page.url());
  const field = page.getByLabel(say(pt.inbox.composer.label, { name: "Renata Lima" }));
  await field.pressSequentially("tige?");
  await expect(field).toHaveValue("tige?");
  await expect(page.getByRole("button", { name: pt.inbox.handover.takeOver })).toBeVisible();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  expect(page.url()).toBe(href);
});
