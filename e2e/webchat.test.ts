import type { Page } from "@playwright/test";
import { Company } from "./company.ts";
import { expect, test } from "./fixtures.ts";
import { AGENT_MS, messageOf, reply } from "./inbox.ts";
import { pt } from "./words.ts";
import { seeded } from "./world.ts";

const { webchat } = pt;
const QUESTION = "Oi! Vocês atendem distribuidoras de pescado?";

test("a stranger on the company's page is answered live by the agent and by the team, and nobody else sees it", async ({
  openAs,
  openAsStranger,
  world,
}) => {
  const visitor = await openAsStranger("/c/horizonte");
  const chat = visitor.getByRole("log");
  await expect(chat).toContainText(webchat.empty);
  await write(visitor, QUESTION);
  await expect(messageOf(chat, QUESTION)).toHaveCount(1);
  const answer = messageOf(chat, webchat.authors.agent).first();
  await expect(answer).toBeVisible({ timeout: AGENT_MS });
  const words = await answer.innerText();
  await visitor.reload();
  await expect(messageOf(chat, QUESTION)).toHaveCount(1);
  await expect(answer).toHaveText(words, { useInnerText: true });

  const page = await openAs(seeded(world, "horizonte", "sdr"), { organizationId: "org_horizonte" });
  await page.getByRole("link").filter({ hasText: "Visitante" }).click();
  const thread = page.getByRole("log");
  await expect(messageOf(thread, QUESTION)).toHaveCount(1);
  const name = await page.getByRole("heading", { level: 1 }).innerText();
  await reply(page, { name }, "Atendemos sim, de pescado também.");
  const fromTeam = messageOf(chat, "de pescado também");
  await expect(fromTeam).toContainText("Camila");
  await expect(messageOf(thread, "de pescado também")).toContainText(pt.inbox.delivery.read);

  const other = await openAsStranger("/c/horizonte");
  await expect(other.getByRole("log")).toContainText(webchat.empty);
  await expect(other.getByRole("article")).toHaveCount(0);
});

test("what a visitor sends before the line is up arrives once it is", async ({ openAsStranger, world }) => {
  const company = await Company.open(world, "Garoa");
  const visitor = await openAsStranger("/sign-in");
  const line = Promise.withResolvers<void>();
  await visitor.route("**/api/webchat/session", async (route) => {
    await line.promise;
    await route.continue();
  });
  const knock = visitor.waitForRequest("**/api/webchat/session");
  await visitor.goto(await company.openChat());
  await knock;
  await write(visitor, QUESTION);
  const chat = visitor.getByRole("log");
  await expect(messageOf(chat, QUESTION)).toHaveCount(1);
  line.resolve();
  await expect(messageOf(chat, webchat.authors.agent).first()).toBeVisible({ timeout: AGENT_MS });
  await expect(messageOf(chat, QUESTION)).toHaveCount(1);
});

test("a page that nobody has is not found, and one that is switched off closes before one's eyes", async ({
  openAs,
  openAsStranger,
  world,
}) => {
  const visitor = await openAsStranger("/organizations");
  const missing = await visitor.goto("/c/nobody-has-this");
  expect(missing?.status()).toBe(404);
  await expect(visitor.getByRole("heading", { name: webchat.unknown.title })).toBeVisible();

  const company = await Company.open(world, "Horta");
  const page = await openAs(company.owner, { organizationId: company.organizationId, path: "/connections" });
  const card = page.getByRole("listitem", { name: pt.connections.webchat.title });
  await card.getByRole("button", { name: pt.connections.webchat.turnOn }).click();
  const address = card.getByRole("link", { name: pt.connections.webchat.open });
  await visitor.goto((await address.getAttribute("href")) ?? "");
  await expect(visitor.getByRole("heading", { name: company.name })).toBeVisible();
  await expect(visitor.getByRole("log")).toContainText(webchat.empty);
  await write(visitor, "Tem alguém aí?");
  await expect(messageOf(visitor.getByRole("log"), webchat.authors.agent).first()).toBeVisible({ timeout: AGENT_MS });

  await card.getByRole("button", { name: pt.connections.webchat.turnOff }).click();
  await page.getByRole("dialog").getByRole("button", { name: pt.connections.confirm.webchat.action }).click();
  await expect(visitor.getByRole("heading", { name: webchat.closed.title })).toBeVisible();
});

async function write(visitor: Page, words: string): Promise<void> {
  await visitor.getByLabel(webchat.message).fill(words);
  await visitor.getByRole("button", { name: webchat.send }).click();
}
