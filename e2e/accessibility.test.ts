import { expectClean } from "./axe.ts";
import { Company } from "./company.ts";
import { expect, test } from "./fixtures.ts";
import { AGENT_MS } from "./inbox.ts";
import { pt } from "./words.ts";
import { connectionsOf, seeded } from "./world.ts";

/** A page and what it shows once it has all that it waits for. */
type Stop = readonly [path: string, shows: string];

const OPEN: readonly Stop[] = [
  ["/sign-in", "input[name=identifier]"],
  ["/sign-up", "input[name=emailAddress]"],
  ["/c/horizonte", textOf(pt.webchat.empty)],
  ["/c/nobody-has-this", textOf(pt.webchat.unknown.title)],
];

const INBOX: Stop = ["/inbox", textOf("Renata Lima")];
const AGENT: Stop = ["/agent", textOf(pt.agent.companyName)];
const CONNECTIONS: Stop = ["/connections", textOf("WhatsApp comercial")];
const GENERAL: Stop = ["/settings/general", textOf(pt.general.slug)];
const PEOPLE: Stop = ["/settings/people", textOf("camila@horizonte.example")];

const INSIDE: Readonly<Record<"owner" | "viewer", readonly Stop[]>> = {
  owner: [
    INBOX,
    AGENT,
    CONNECTIONS,
    ["/connections/new", textOf(pt.connections.setup.serverKey)],
    GENERAL,
    PEOPLE,
    ["/settings/account", textOf(pt.account.openSecurity)],
    ["/organizations", textOf("Horizonte Sistemas")],
    ["/welcome", textOf(pt.welcome.taught.title)],
    ["/no-such-page", textOf(pt.notFound.title)],
  ],
  // What a role sees differently.
  viewer: [INBOX, AGENT, CONNECTIONS, GENERAL, PEOPLE],
};

test.describe("clean, on desktop and phone, light and dark", () => {
  for (const [path, shows] of OPEN) {
    test(`${path} for a stranger`, async ({ openAsStranger }) => {
      const page = await openAsStranger(path);
      await expect(page.locator(shows).first()).toBeVisible();
      await expectClean(page);
    });
  }

  for (const role of ["owner", "viewer"] as const) {
    for (const [path, shows] of INSIDE[role]) {
      test(`${path} for the ${role}`, async ({ openAs, world }) => {
        const page = await openAs(seeded(world, "horizonte", role), { organizationId: "org_horizonte", path });
        await expect(page.locator(shows).first()).toBeVisible();
        await expectClean(page);
      });
    }
  }

  test("an open chat of a visitor", async ({ openAsStranger, world }) => {
    const company = await Company.open(world, "Juazeiro");
    const page = await openAsStranger(await company.openChat());
    await expect(page.getByRole("log")).toContainText(pt.webchat.empty);
    await page.getByLabel(pt.webchat.message).fill("Oi! Vocês emitem nota fiscal?");
    await page.getByRole("button", { name: pt.webchat.send }).click();
    const answer = page.getByRole("article").filter({ hasText: pt.webchat.authors.agent });
    await expect(answer.first()).toBeVisible({ timeout: AGENT_MS });
    await expectClean(page);
  });

  test("a conversation that waits, with its lead", async ({ openAs, world }) => {
    const page = await openAs(seeded(world, "horizonte", "owner"), { organizationId: "org_horizonte" });
    await page.getByRole("link").filter({ hasText: "Atacado Bom Preço" }).click();
    await expect(page.getByRole("region", { name: pt.inbox.handoff.title })).toBeVisible({ timeout: AGENT_MS });
    await expectClean(page);
    await page.goto(`${new URL(page.url()).pathname}/lead`);
    await expect(page.getByRole("heading", { name: pt.inbox.lead.facts })).toBeVisible();
    await expectClean(page);
  });

  test("why the agent replied so", async ({ openAs, world }) => {
    const page = await openAs(seeded(world, "horizonte", "owner"), { organizationId: "org_horizonte" });
    await page.getByRole("link").filter({ hasText: "Renata Lima" }).click();
    const answer = page.getByRole("article").filter({ has: page.getByRole("button", { name: pt.inbox.why.ask }) });
    await expect(answer.first()).toBeVisible({ timeout: AGENT_MS });
    await answer.first().hover();
    await answer.first().getByRole("button", { name: pt.inbox.why.ask }).click();
    await expect(page.getByText(pt.inbox.why.understood)).toBeVisible();
    await expectClean(page);
  });

  test("a connected number", async ({ openAs, world }) => {
    const [connection] = connectionsOf(world, "horizonte");
    const path = `/connections/${connection?.id ?? ""}`;
    const page = await openAs(seeded(world, "horizonte", "owner"), { organizationId: "org_horizonte", path });
    await expect(page.getByRole("heading", { name: pt.connections.done.title })).toBeVisible();
    await expectClean(page);
  });

  test("the questions of the first run", async ({ openAs, world }) => {
    const { owner, organizationId } = await Company.found(world, "Umbuzeiro");
    const page = await openAs(owner, { organizationId, path: "/welcome" });
    await page.getByLabel(pt.welcome.company.label).fill("Umbuzeiro");
    await expectClean(page);
    await page.getByRole("button", { name: pt.welcome.next }).click();
    await page.getByLabel(pt.welcome.sells.label).fill("Manutenção preventiva de frotas.");
    await expectClean(page);
    await page.getByRole("button", { name: pt.welcome.next }).click();
    await expect(page.getByRole("radio", { name: pt.welcome.tone.direct.name })).toBeVisible();
    await expectClean(page);
  });

  test("the first steps of a new company, and the code that its phone is to scan", async ({ openAs, world }) => {
    const company = await Company.found(world, "Veredas");
    const page = await openAs(company.owner, company);
    await expect(page.getByText(pt.inbox.stepsTitle)).toBeVisible();
    await expectClean(page);
    await page.goto(await company.beginConnection());
    await expect(page.getByRole("img", { name: pt.connections.scan.code })).toBeVisible();
    await expectClean(page);
  });
  test("what opens over a page", async ({ openAs, world }) => {
    const page = await openAs(seeded(world, "horizonte", "owner"), { organizationId: "org_horizonte" });
    await expect(page.getByText("Renata Lima").first()).toBeVisible();
    for (const [key, title] of [
      ["Control+k", pt.commands.palette.title],
      ["?", pt.commands.keys.title],
    ] as const) {
      await page.keyboard.press(key);
      await expect(page.getByRole("dialog", { name: title })).toBeVisible();
      await expectClean(page);
      await page.keyboard.press("Escape");
      await expect(page.getByRole("dialog")).toHaveCount(0);
    }
  });
});

function textOf(words: string): string {
  return `text=${words}`;
}
