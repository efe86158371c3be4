import { Company } from "./company.ts";
import { expect, test } from "./fixtures.ts";
import { expectAnswer, openConversation } from "./inbox.ts";
import { LeadPhone } from "./lead-phone.ts";
import { pt } from "./words.ts";

const { filters } = pt.inbox;

test("a lead who asks for a person waits where the team sees it, with reason and summary, until somebody takes over", async ({
  openAs,
  world,
}) => {
  const company = await Company.open(world, "Estrela");
  const page = await openAs(company.owner, company);
  await expect(page.getByText(pt.inbox.none.all.title)).toBeVisible();
  await expect(page).not.toHaveTitle(/^\(/);
  const lead = await LeadPhone.make(world, "Solange", company.instance);
  await lead.write("Oi, nosso estoque nunca bate. Quero falar com uma pessoa");

  await expect(page).toHaveTitle(/^\(1\) /);
  await page.getByRole("button", { name: new RegExp(`^${filters.waiting}\\s*1$`) }).click();
  await openConversation(page, lead);
  await expectAnswer(lead);
  const banner = page.getByRole("region", { name: pt.inbox.handoff.title });
  await expect(banner).toContainText(pt.qualification.attention.asked_for_person);
  for (const label of [pt.inbox.handoff.who, pt.inbox.handoff.need, pt.inbox.handoff.nextStep]) {
    await expect(banner.getByRole("term").filter({ hasText: label })).toBeVisible();
  }

  await banner.getByRole("button", { name: pt.inbox.handover.takeOver }).click();
  await expect(banner).toHaveCount(0);
  await expect(page).not.toHaveTitle(/^\(/);
  await expect(page.getByText(pt.inbox.none.waiting.title)).toBeVisible();
  await page.getByRole("button", { name: new RegExp(`^${filters.mine}\\s*1$`) }).click();
  await expect(page.getByRole("link").filter({ hasText: lead.name })).toContainText(pt.inbox.handlers.you);
});
