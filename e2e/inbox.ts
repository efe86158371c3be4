import type { Locator, Page } from "@playwright/test";
import type { Company } from "./company.ts";
import { expect } from "./fixtures.ts";
import { LeadPhone } from "./lead-phone.ts";
import { pt, say } from "./words.ts";
import type { World } from "./world.ts";

/** Until the agent has said something: its debounce and a busy machine are part of it. */
export const AGENT_MS = 60_000;

/** Opens a lead's conversation from the list, once it is there, and answers its messages. */
export async function openConversation(page: Page, lead: Pick<LeadPhone, "name">): Promise<Locator> {
  await page.getByRole("link").filter({ hasText: lead.name }).click();
  await expect(page.getByRole("heading", { name: lead.name, level: 1 })).toBeVisible();
  return page.getByRole("log");
}

/** The message with these words. */
export function messageOf(thread: Locator, words: string): Locator {
  return thread.getByRole("article").filter({ hasText: words });
}

export async function reply(page: Page, lead: Pick<LeadPhone, "name">, words: string): Promise<void> {
  const field = page.getByLabel(say(pt.inbox.composer.label, { name: lead.name }));
  await field.fill(words);
  await field.press("Enter");
}

/** Until the lead has heard the agent; answers how often it spoke so far. */
export async function expectAnswer(lead: LeadPhone, { after = 0 } = {}): Promise<number> {
  await expect.poll(async () => (await lead.heard()).length, { timeout: AGENT_MS }).toBeGreaterThan(after);
  return (await lead.heard()).length;
}

/** Somebody who wrote later has an answer: whoever has none by now gets none. */
export async function expectOthersAreAnswered(world: World, { instance }: Pick<Company, "instance">): Promise<void> {
  const other = await LeadPhone.make(world, "Zuleica", instance);
  await other.write("Oi, vocês atendem distribuidoras?");
  await expectAnswer(other);
}
