import { expect, test } from "./fixtures.ts";
import { LeadPhone } from "./lead-phone.ts";
import { pt } from "./words.ts";
import { seeded } from "./world.ts";

const AGENT_MS = 60_000; // the debounce is part of it

test("a burst of five gets one answer, live in the open inbox and on the phone, and its ticks move", async ({
  openAs,
  world,
}) => {
  const page = await openAs(seeded(world, "horizonte", "sdr"), { organizationId: "org_horizonte" });
  await expect(page.getByText("Renata Lima").first()).toBeVisible();

  const lead = await LeadPhone.make(world, "Lúcia");
  await lead.write("Oi!", "Quanto custa?", "Somos uma distribuidora", "em Sorocaba", "com 60 funcionários");
  await page.getByText(lead.name).first().click();
  const thread = page.getByRole("log");
  await expect(thread.getByText("com 60 funcionários")).toBeVisible();

  await expect(thread.getByText(/assistente virtual/)).toBeVisible({ timeout: AGENT_MS });
  await expect.poll(async () => (await lead.heard()).length, { timeout: AGENT_MS }).toBeGreaterThan(0);
  await expect(page.getByText(pt.inbox.delivery.delivered).first()).toBeVisible();
  await lead.read();
  await expect(page.getByText(pt.inbox.delivery.read).first()).toBeVisible();
  await expect(thread.getByText(/assistente virtual/)).toHaveCount(1);
  const introductions = (await lead.heard()).filter(({ text }) => text?.includes("assistente virtual"));
  expect(introductions).toHaveLength(1);
});

test("the second tenant sees none of the first one's conversations", async ({ openAs, world }) => {
  const page = await openAs(seeded(world, "vertice", "owner"), { organizationId: "org_vertice" });
  await expect(page.getByText("Rede Sabor Mineiro").first()).toBeVisible();
  await expect(page.getByText("Renata Lima")).toHaveCount(0);
});
