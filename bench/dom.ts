import { setTimeout as sleep } from "node:timers/promises";
import { chromium, type Page } from "@playwright/test";
import { z } from "zod";
import { findBrowser } from "../e2e/browser.ts";
import { numberedLead } from "../local/harness/lead-webhooks.ts";
import { ClerkPerson } from "../local/seed/clerk-person.ts";
import { Latencies, preciseNow, type Percentiles } from "./latencies.ts";
import { requireOrganization, type Stage } from "./stage.ts";

const SERIES = 5;
const LEAD = 0;
const EVERY_MS = 250;
const PATIENCE_MS = 30_000;

const seenSchema = z.record(z.string(), z.number());

/**
 * From the moment a lead's message leaves the provider to the moment it stands in the open thread of a member's browser: a
 * MutationObserver takes the time there.
 */
export async function measureDom(stage: Stage, { count }: { count: number }): Promise<Percentiles> {
  const browser = await chromium.launch(await findBrowser());
  try {
    const context = await browser.newContext({ locale: "pt-BR", viewport: { width: 1440, height: 900 } });
    const page = await openThread(stage, await signIn(stage, context).then(() => context.newPage()));
    await page.evaluate(watchMarks);
    const sent = new Map<string, number>();
    for (let n = 0; n < count; n++) {
      const mark = `marca-${n}-fim`;
      const body = stage.quiet.render({ lead: LEAD, series: SERIES, text: `Tudo certo com o pedido? ${mark}` });
      sent.set(mark, preciseNow());
      if (!(await stage.quiet.deliver(body))) throw new Error("A lead's message was not taken");
      await sleep(EVERY_MS);
    }
    await page
      .getByRole("log")
      .getByText(`marca-${count - 1}-fim`)
      .waitFor({ timeout: PATIENCE_MS });
    return compare(sent, seenSchema.parse(await page.evaluate(() => Reflect.get(globalThis, "benchSeen"))));
  } finally {
    await browser.close();
  }
}

function compare(sent: ReadonlyMap<string, number>, seen: Readonly<Record<string, number>>): Percentiles {
  const latencies = new Latencies();
  for (const [mark, sentAt] of sent) {
    const seenAt = seen[mark];
    if (seenAt === undefined) latencies.fail();
    else latencies.record(seenAt - sentAt);
  }
  return latencies.percentiles();
}

async function signIn({ ready }: Stage, context: { addCookies: (cookies: Cookie[]) => Promise<void> }): Promise<void> {
  const member = requireOrganization(ready, "horizonte").users.find(({ role }) => role === "sdr");
  if (member === undefined) throw new Error("The seed has no seller");
  const person = await ClerkPerson.signIn(ready.emulators.clerk ?? "", member);
  await person.choose("org_horizonte");
  const [name = "", value = ""] = person.cookie.split("=");
  await context.addCookies([{ name, value, url: ready.app, httpOnly: true, sameSite: "Lax" }]);
}

type Cookie = { name: string; value: string; url: string; httpOnly: boolean; sameSite: "Lax" };

/** The lead's first words make the conversation; then it is open. */
async function openThread(stage: Stage, page: Page): Promise<Page> {
  const first = "Bom dia, abrindo a conversa";
  await stage.quiet.deliver(stage.quiet.render({ lead: LEAD, series: SERIES, text: first }));
  await page.goto(`${stage.ready.app}/inbox`);
  await page.getByText(numberedLead(LEAD, SERIES).name).first().click();
  await page.getByRole("log").getByText(first).waitFor({ timeout: PATIENCE_MS });
  return page;
}

/** Runs in the page: notes when each mark first stands in the thread. */
function watchMarks(): void {
  const seen: Record<string, number> = {};
  Reflect.set(globalThis, "benchSeen", seen);
  const log = document.querySelector('[role="log"]');
  if (log === null) throw new Error("No thread is open");
  new MutationObserver((records) => {
    const at = performance.timeOrigin + performance.now();
    for (const { target, addedNodes } of records) {
      for (const node of [target, ...addedNodes]) {
        for (const [mark] of (node.textContent ?? "").matchAll(/marca-\d+-fim/g)) seen[mark] ??= at;
      }
    }
  }).observe(log, { childList: true, characterData: true, subtree: true });
}
