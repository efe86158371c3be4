import { Company } from "./company.ts";
import { expect, test } from "./fixtures.ts";
import { expectAnswer, expectOthersAreAnswered, messageOf, openConversation, reply } from "./inbox.ts";
import { LeadPhone } from "./lead-phone.ts";
import { pt, say } from "./words.ts";

test("T silences the agent, and what the member writes arrives on the phone, with its ticks", async ({
  openAs,
  world,
}) => {
  const company = await Company.open(world, "Aurora");
  const page = await openAs(company.owner, company);
  const lead = await LeadPhone.make(world, "Otávio", company.instance);
  await lead.write("Oi, vocês atendem distribuidoras?");
  const thread = await openConversation(page, lead);
  const said = await expectAnswer(lead);

  await page.keyboard.press("t");
  await expect(page.getByText(pt.inbox.handover.said.takeOver)).toBeVisible();
  await expect(page.getByRole("button", { name: pt.inbox.handover.giveBack })).toBeVisible();
  await lead.write("Quanto custa?");
  await expect(messageOf(thread, "Quanto custa?")).toBeVisible();
  await reply(page, lead, "Oi, aqui é uma pessoa: custa R$ 390.");
  const own = messageOf(thread, "aqui é uma pessoa");
  await expect(own).toContainText(pt.inbox.delivery.delivered);
  await lead.read();
  await expect(own).toContainText(pt.inbox.delivery.read);

  await expectOthersAreAnswered(world, company);
  const heard = await lead.heardTexts();
  expect(heard.slice(said)).toEqual(["Oi, aqui é uma pessoa: custa R$ 390."]);
});

test("a reply that is cancelled in time never leaves, and its words come back to be changed", async ({
  openAs,
  world,
}) => {
  const company = await Company.open(world, "Bosque");
  const page = await openAs(company.owner, company);
  const lead = await LeadPhone.make(world, "Nádia", company.instance);
  await lead.write("Oi!");
  const thread = await openConversation(page, lead);
  const said = await expectAnswer(lead);

  await reply(page, lead, "Amanhã às 9h");
  await messageOf(thread, "Amanhã às 9h").getByRole("button", { name: pt.inbox.composer.cancel }).click();
  const field = page.getByLabel(say(pt.inbox.composer.label, { name: lead.name }));
  await expect(field).toHaveValue("Amanhã às 9h");
  await field.fill("Amanhã às 10h");
  await field.press("Enter");
  await expect(messageOf(thread, "Amanhã às 10h")).toContainText(pt.inbox.delivery.delivered);
  const heard = await lead.heardTexts();
  expect(heard.slice(said)).toEqual(["Amanhã às 10h"]);
});

test("a reply that the provider refused says so, and sent again it arrives once", async ({ openAs, world }) => {
  const company = await Company.open(world, "Cedro");
  const page = await openAs(company.owner, company);
  const lead = await LeadPhone.make(world, "Plínio", company.instance);
  await lead.write("Oi!");
  const thread = await openConversation(page, lead);
  const said = await expectAnswer(lead);

  await company.refuseNextMessage();
  await reply(page, lead, "Segue a proposta");
  const message = messageOf(thread, "Segue a proposta");
  await expect(message).toContainText(
    say(pt.inbox.delivery.failedBecause, { reason: pt.inbox.composer.failures.invalid_request }),
  );
  await message.getByRole("button", { name: pt.inbox.composer.retry }).click();
  await expect(message).toContainText(pt.inbox.delivery.delivered);
  const heard = await lead.heardTexts();
  expect(heard.slice(said)).toEqual(["Segue a proposta"]);
});

test("a reply that is typed on the phone itself silences the agent too", async ({ openAs, world }) => {
  const company = await Company.open(world, "Delta");
  const page = await openAs(company.owner, company);
  const lead = await LeadPhone.make(world, "Quitéria", company.instance);
  await lead.write("Boa tarde");
  const thread = await openConversation(page, lead);
  const said = await expectAnswer(lead);

  await lead.writeFromCompany("Oi, Quitéria, é o Beto!");
  await expect(messageOf(thread, "é o Beto")).toBeVisible();
  await expect(page.getByRole("link").filter({ hasText: lead.name })).toContainText(pt.inbox.handlers.team);
  await lead.write("Oi, Beto! Quanto custa?");
  await expect(messageOf(thread, "Quanto custa?")).toBeVisible();

  await expectOthersAreAnswered(world, company);
  const heard = await lead.heardTexts();
  expect(heard.slice(said)).toEqual(["Oi, Quitéria, é o Beto!"]);
});
