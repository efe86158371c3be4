import type { Locator, Page } from "@playwright/test";
import { Company } from "./company.ts";
import { expect, test } from "./fixtures.ts";
import { AGENT_MS, expectOthersAreAnswered, messageOf, openConversation } from "./inbox.ts";
import { pt } from "./words.ts";
import { seeded } from "./world.ts";

const BURST = ["Oi!", "Quanto custa?", "Somos uma distribuidora", "em Sorocaba", "com 60 funcionários"];

test("a burst of five from a lead's phone gets one answer, live in the open inbox and on the phone, and its ticks move", async ({
  openAs,
  openAsStranger,
  world,
}) => {
  const company = await Company.open(world, "Alameda", { debounceMs: 3_000 });
  const page = await openAs(company.owner, company);
  await expect(page.getByText(pt.inbox.none.all.title)).toBeVisible();
  const phone = await openAsStranger(`${world.emulators.evolution}/_phone/?instance=${company.instance}`);
  await phone.getByRole("button", { name: "Novo lead" }).click();
  await phone.getByLabel("Nome").fill("Lúcia Prates");
  await phone.getByRole("button", { name: "Criar" }).click();
  for (const words of BURST) {
    await phone.getByRole("textbox", { name: "Mensagem" }).fill(words);
    await phone.keyboard.press("Enter");
  }

  const thread = await openConversation(page, { name: "Lúcia Prates" });
  for (const words of BURST) await expect(messageOf(thread, words)).toHaveCount(1);
  const answers = thread.getByRole("article").filter({ has: page.getByRole("button", { name: pt.inbox.why.ask }) });
  await expect(answers.last()).toContainText(pt.inbox.delivery.read, { timeout: AGENT_MS });
  await expectOthersAreAnswered(world, company);
  await expect(phone.getByRole("log").getByText("assistente virtual")).toHaveCount(1);
  await expect(phone.getByRole("log").locator(".bubble:not(.mine)")).toHaveCount(await answers.count());
  expect(await turnOf(page, answers.last())).toBe(await turnOf(page, answers.first()));
});

test("the second tenant sees none of the first one's conversations", async ({ openAs, world }) => {
  const page = await openAs(seeded(world, "vertice", "owner"), { organizationId: "org_vertice" });
  await expect(page.getByText("Rede Sabor Mineiro").first()).toBeVisible();
  await expect(page.getByText("Renata Lima")).toHaveCount(0);
});

/** Which answer of the agent a message is part of. */
async function turnOf(page: Page, answer: Locator): Promise<string | null> {
  await answer.hover();
  await answer.getByRole("button", { name: pt.inbox.why.ask }).click();
  const why = () => new URL(page.url()).searchParams.get("why");
  await expect.poll(why).not.toBeNull();
  const turn = why();
  await page.keyboard.press("Escape");
  await expect.poll(why).toBeNull();
  return turn;
}
