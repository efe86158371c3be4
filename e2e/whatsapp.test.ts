import { randomInt } from "node:crypto";
import { z } from "zod";
import { expect, test } from "./fixtures.ts";
import { seeded } from "./world.ts";

const chatSchema = z.object({ chats: z.array(z.object({ chat: z.string(), preview: z.string() })) });

test("a lead writes on WhatsApp, the open inbox shows it, and the agent answers on the phone", async ({
  openAs,
  world,
}) => {
  const page = await openAs(seeded(world, "horizonte", "sdr"), { organizationId: "org_horizonte" });
  await expect(page.getByText("Renata Lima").first()).toBeVisible();

  const phone = `55119${randomInt(80_000_000, 89_999_999)}`;
  const name = `Lúcia ${phone.slice(-4)}`;
  await post("people", { phone, name });
  const burst = ["Oi!", "Quanto custa?", "Somos uma distribuidora", "em Sorocaba", "com 60 funcionários"];
  for (const text of burst) await post("messages", { instance: "horizonte", chat: phone, text });

  await page.getByText(name).first().click();
  const thread = page.getByRole("log");
  await expect(thread.getByText("com 60 funcionários")).toBeVisible();
  await expect(thread.getByText(/assistente virtual/)).toBeVisible({ timeout: 60_000 });
  await expect.poll(async () => (await readPhone(phone)) ?? "", { timeout: 30_000 }).not.toBe("com 60 funcionários");
  await expect(thread.getByText(/assistente virtual/)).toHaveCount(1);
  await expect(page.getByText("Entregue").first()).toBeVisible();

  async function post(path: string, body: unknown): Promise<void> {
    const headers = { "content-type": "application/json" };
    const url = `${world.emulators.evolution}/_phone/${path}`;
    const response = await fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
    expect(response.status).toBe(201);
  }

  /** The last thing that the lead sees. */
  async function readPhone(chat: string): Promise<string | undefined> {
    const response = await fetch(`${world.emulators.evolution}/_phone/state?instance=horizonte&chat=${chat}`);
    return chatSchema.parse(await response.json()).chats.find((one) => one.chat === chat)?.preview;
  }
});

test("the second tenant sees none of the first one's conversations", async ({ openAs, world }) => {
  const page = await openAs(seeded(world, "vertice", "owner"), { organizationId: "org_vertice" });
  await expect(page.getByText("Rede Sabor Mineiro").first()).toBeVisible();
  await expect(page.getByText("Renata Lima")).toHaveCount(0);
});
