import { Company } from "./company.ts";
import { expect, test } from "./fixtures.ts";
import { pt, say } from "./words.ts";
import { readEvolutionKey } from "./world.ts";

const { connections, inbox } = pt;
const { setup, scan } = connections;

test("a number is connected by QR code without a reload, which ticks the first step, and disconnected again", async ({
  openAs,
  openAsStranger,
  world,
}) => {
  const company = await Company.found(world, "Ipanema");
  const page = await openAs(company.owner, company);
  const step = page.getByRole("main").getByRole("listitem").filter({ hasText: inbox.steps.connect.title });
  await expect(step).toContainText(inbox.steps.open);
  await step.getByRole("link").click();
  await page.getByRole("link", { name: connections.connectWhatsApp }).first().click();

  await page.getByLabel(setup.address).fill(world.emulators.evolution);
  await page.getByLabel(setup.account).fill(company.instance);
  const key = page.getByLabel(setup.serverKey);
  await key.fill("not-the-key-of-this-server");
  await page.getByRole("button", { name: setup.submit }).click();
  await expect(page.getByText(connections.problems.refused)).toBeVisible();
  await key.fill(readEvolutionKey());
  await page.getByRole("button", { name: setup.submit }).click();
  await expect(page.getByRole("img", { name: scan.code })).toBeVisible();

  const phone = await openAsStranger(`${world.emulators.evolution}/_phone/`);
  await phone.getByRole("button", { name: "Parear um número" }).click();
  const code = phone.getByRole("dialog").locator("section").filter({ hasText: company.instance });
  await code.getByLabel("Número da empresa").fill("5511930041234");
  await code.getByRole("button", { name: "Escanear" }).click();
  await expect(page.getByRole("heading", { name: connections.done.title })).toBeVisible();
  await expect(page.getByText("+55 11 93004 1234")).toBeVisible();

  await page.getByRole("link", { name: connections.done.inbox }).click();
  await expect(step).toContainText(inbox.steps.done);
  await page.goto("/connections");
  const card = page.getByRole("listitem", { name: setup.nameDefault });
  await expect(card).toContainText(connections.states.connected);
  await card.getByRole("button", { name: say(connections.menu, { name: setup.nameDefault }) }).click();
  await page.getByRole("menuitem", { name: connections.acts.disconnect }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: connections.confirm.disconnect.action }).click();
  await expect(dialog).toHaveCount(0);
  await expect(card).toContainText(connections.stories.logged_out.cause);
  await expect(card.getByRole("link", { name: connections.wayOut.pair })).toBeVisible();
});
