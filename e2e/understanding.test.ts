import type { Locator, Page } from "@playwright/test";
import { Company } from "./company.ts";
import { expect, test } from "./fixtures.ts";
import { expectAnswer, openConversation } from "./inbox.ts";
import { LeadPhone } from "./lead-phone.ts";
import { pt, say } from "./words.ts";

const { why } = pt.inbox;
const { facts } = pt.qualification;

test("why the agent replied so: its move, the lead's words and the score, until Escape, Back or I", async ({
  openAs,
  world,
}) => {
  const company = await Company.open(world, "Figueira");
  const page = await openAs(company.owner, company);
  const lead = await LeadPhone.make(world, "Vitor", company.instance);
  await lead.write("Quanto custa? Somos 45 funcionários");
  const thread = await openConversation(page, lead);
  await expectAnswer(lead);

  const answer = thread.getByRole("article").filter({ has: page.getByRole("button", { name: why.ask }) });
  await answer.first().hover();
  await answer.first().getByRole("button", { name: why.ask }).click();
  const panel = page.getByRole("complementary", { name: why.title });
  await expect(panel.getByText(pt.qualification.why.lead_asked)).toBeVisible();
  await expect(panel.getByText(pt.qualification.moves.answer)).toBeVisible();
  await expect(panel.getByRole("button", { name: goTo("Quanto custa") })).toBeVisible();
  await expect(panel.getByRole("listitem").filter({ hasText: facts.teamSize })).toContainText("45");
  await expect(panel.getByRole("term").filter({ hasText: why.score })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(panel).toHaveCount(0);

  await page.keyboard.press("i");
  await expect(panel).toBeVisible();
  await page.waitForURL(/[?&]why=/);
  await page.goBack();
  await expect(panel).toHaveCount(0);
  await expect(thread).toBeVisible();
  await page.keyboard.press("i");
  await page.waitForURL(/[?&]why=/);
  await page.reload();
  await expect(panel.getByText(pt.qualification.moves.answer)).toBeVisible();
  await page.keyboard.press("i");
  await expect(panel).toHaveCount(0);
});

test("what a member corrected stays, whatever the lead says later", async ({ openAs, world }) => {
  const company = await Company.open(world, "Girassol");
  const page = await openAs(company.owner, company);
  const lead = await LeadPhone.make(world, "Wanda", company.instance);
  await lead.write("Oi! Somos 45 funcionários");
  await openConversation(page, lead);
  const said = await expectAnswer(lead);

  const teamSize = factRow(page, facts.teamSize);
  await expect(teamSize).toContainText("45");
  await expect(teamSize.getByRole("button", { name: goTo("45 funcionários") })).toBeVisible();
  await teamSize.hover();
  await teamSize.getByRole("button", { name: say(pt.inbox.lead.edit, { label: facts.teamSize }) }).click();
  await page.getByLabel(facts.teamSize).fill("60");
  await page.getByRole("button", { name: pt.inbox.lead.save, exact: true }).click();
  await expect(teamSize).toHaveText(/Corrigido.*60$/);

  await lead.write("Aliás, somos 48 funcionários. Quanto custa?");
  await expectAnswer(lead, { after: said });
  await page.reload();
  await expect(teamSize).toHaveText(/Corrigido.*60$/);
});

function factRow(page: Page, label: string): Locator {
  const lead = page.getByRole("complementary", { name: pt.inbox.lead.title });
  return lead
    .getByRole("listitem")
    .filter({ hasText: label })
    .filter({ has: page.getByRole("button") });
}

function goTo(quote: string): RegExp {
  return new RegExp(say(pt.inbox.lead.goTo, { quote: `.*${quote}` }));
}
