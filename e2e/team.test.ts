import type { Page } from "@playwright/test";
import { Company, PASSWORD } from "./company.ts";
import { expect, test } from "./fixtures.ts";
import { pt } from "./words.ts";
import { invitationLink, seeded } from "./world.ts";

test("an invited colleague signs up by the link and is in, in the role that was given; removed, is out at once", async ({
  openAs,
  openAsStranger,
  world,
}) => {
  const { owner, organizationId, name } = await Company.found(world, "Estaleiro");
  const page = await openAs(owner, { organizationId, path: "/settings/people" });
  await page.getByRole("button", { name: pt.people.invite }).click();
  await page.getByLabel(pt.people.email).fill("davi@estaleiro-norte.example");
  await page.getByRole("button", { name: pt.people.sendInvite }).click();
  await expect(page.getByRole("heading", { name: pt.people.pending })).toBeVisible();

  const colleague = await openAsStranger(await invitationLink(world, "davi@estaleiro-norte.example"));
  await colleague.locator("input[name=password]").fill(PASSWORD);
  await colleague.locator(".cl-formButtonPrimary").click();
  await enter(colleague, name);
  await expect(colleague.getByText(pt.inbox.emptyForMember)).toBeVisible();
  await colleague.goto("/settings/people");
  await expect(colleague.getByText(pt.people.onlyManagers)).toBeVisible();
  const row = colleague.getByRole("row").filter({ hasText: "davi@estaleiro-norte.example" });
  await expect(row).toContainText(pt.roles.sdr.name);
  await colleague.goto("/inbox");
  await expect(colleague.getByText(pt.inbox.emptyForMember)).toBeVisible();

  await page.reload();
  const davi = "davi@estaleiro-norte.example";
  await page.getByRole("button", { name: pt.people.removeNamed.replace("{name}", davi) }).click();
  await page.getByRole("dialog").getByRole("button", { name: pt.people.remove, exact: true }).click();
  await expect(colleague.getByRole("heading", { name: pt.notAMember.title })).toBeVisible();
});

test("the owner gives a colleague another role, and it holds at once", async ({ openAs, world }) => {
  const company = await Company.found(world, "Moinho");
  const { owner, organizationId } = company;
  const email = "lia@moinho-sul.example";
  const lia = await company.hire("viewer", email);
  const colleague = await openAs(lia, { organizationId, path: "/inbox" });
  await expect(colleague.getByText(pt.inbox.emptyForMember)).toBeVisible();

  const page = await openAs(owner, { organizationId, path: "/settings/people" });
  await page.getByRole("combobox", { name: pt.people.roleOf.replace("{name}", email) }).click();
  await page.getByRole("option", { name: pt.roles.admin.name }).click();
  await expect(colleague.getByText(pt.inbox.stepsTitle)).toBeVisible();
});

test("a viewer may look and change nothing", async ({ openAs, world }) => {
  const page = await openAs(seeded(world, "horizonte", "viewer"), { organizationId: "org_horizonte" });
  await expect(page.getByText("Renata Lima").first()).toBeVisible();
  await page.goto("/settings/general");
  await expect(page.getByText(pt.general.onlyManagers)).toBeVisible();
  await page.goto("/settings/people");
  await expect(page.getByText(pt.people.onlyManagers)).toBeVisible();
  await expect(page.getByRole("button", { name: pt.people.invite })).toHaveCount(0);
});

/** Where Clerk leaves somebody who joined: inside, or in front of the door. */
async function enter(page: Page, organization: string): Promise<void> {
  await page.waitForURL(/\/(inbox|organizations)/);
  if (page.url().includes("/organizations")) await page.getByRole("button", { name: organization }).click();
  await page.waitForURL("**/inbox");
}
