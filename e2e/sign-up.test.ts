import type { Page } from "@playwright/test";
import { TEST_CODE } from "../local/emulators/clerk/verification.ts";
import { expect, test } from "./fixtures.ts";
import { pt } from "./words.ts";
import { seeded } from "./world.ts";

test("a stranger signs up, makes an organization, answers three questions and sees what to do next", async ({
  openAsStranger,
}) => {
  const page = await openAsStranger("/sign-up");
  await page.locator("input[name=emailAddress]").fill("bianca@oficina.example");
  await page.locator("input[name=password]").fill("um-segredo-bem-longo");
  await submit(page);
  await page.locator("input[autocomplete='one-time-code']").first().pressSequentially(TEST_CODE);
  await page.waitForURL("**/organizations");

  await page.getByLabel(pt.organizations.name).fill("Oficina Boreal");
  await page.getByRole("button", { name: pt.organizations.create }).click();
  await page.waitForURL("**/welcome");

  await expect(page.getByLabel(pt.welcome.company.label)).toHaveValue("Oficina Boreal");
  await page.getByRole("button", { name: pt.welcome.next }).click();
  await page.getByLabel(pt.welcome.sells.label).fill("Manutenção preventiva de frotas para transportadoras.");
  await page.getByRole("button", { name: pt.welcome.next }).click();
  await page.getByRole("radio", { name: pt.welcome.tone.direct.name }).click();
  await page.getByRole("button", { name: pt.welcome.finish }).click();

  await page.waitForURL("**/inbox");
  await expect(page.getByText(pt.inbox.stepsTitle)).toBeVisible();
  const steps = page.getByRole("main").getByRole("listitem");
  await expect(steps.filter({ hasText: pt.inbox.steps.teach.title })).toContainText(pt.inbox.steps.done);
  await expect(steps.filter({ hasText: pt.inbox.steps.connect.title })).toContainText(pt.inbox.steps.open);
  await page.reload();
  await expect(steps.filter({ hasText: pt.inbox.steps.teach.title })).toContainText(pt.inbox.steps.done);
});

test("a wrong password is refused, the right one lets in, and signing out leads back", async ({
  openAsStranger,
  world,
}) => {
  const { email, password } = seeded(world, "vertice", "owner");
  const page = await openAsStranger("/inbox");
  await page.waitForURL("**/sign-in**");
  await page.locator("input[name=identifier]").fill(email);
  await submit(page);
  await page.locator("input[name=password]").fill("not-the-password");
  await submit(page);
  await expect(page.locator(".cl-formFieldErrorText").first()).toBeVisible();
  await page.locator("input[name=password]").fill(password);
  await submit(page);
  await page.waitForURL(/\/(inbox|organizations)/);
  if (page.url().includes("/organizations")) await page.getByRole("button", { name: "Vértice Energia" }).click();
  await page.waitForURL("**/inbox");
  await expect(page.getByRole("heading", { name: pt.inbox.title, level: 1 })).toBeVisible();

  await page.getByRole("button", { name: pt.shell.accountMenu }).click();
  await page.getByRole("menuitem", { name: pt.shell.signOut }).click();
  await page.waitForURL("**/sign-in**");
  await page.goto("/inbox");
  await page.waitForURL("**/sign-in**");
});

async function submit(page: Page): Promise<void> {
  await page.locator(".cl-formButtonPrimary").click();
}
