import { test as base, type Browser, type BrowserContext, type Page } from "@playwright/test";
import { ClerkPerson } from "../local/seed/clerk-person.ts";
import { type Credentials, readWorld, type World } from "./world.ts";

type Suite = {
  world: World;
  /** A page of somebody who is signed in, in a browser of their own; in `organizationId`, when it is given. */
  openAs: (who: Credentials | ClerkPerson, options?: { organizationId?: string; path?: string }) => Promise<Page>;
  /** A page of somebody whom nobody knows. */
  openAsStranger: (path: string) => Promise<Page>;
};

const OURS = new Set(["127.0.0.1", "localhost"]);

/** Every suite's `test`: no page may throw, and none may call anybody but this machine. */
export const test = base.extend<Suite & { watched: { open: () => Promise<BrowserContext> } }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of fixtures from the pattern
  world: async ({}, provide) => provide(readWorld()),
  watched: async ({ browser, contextOptions, world }, provide) => {
    const faults: string[] = [];
    const contexts: BrowserContext[] = [];
    const open = async () => {
      const context = await openContext({ browser, options: { ...contextOptions, baseURL: world.app }, faults });
      contexts.push(context);
      return context;
    };
    await provide({ open });
    await Promise.all(contexts.map((context) => context.close()));
    test.expect(faults).toEqual([]);
  },
  openAs: async ({ watched, world }, provide) =>
    provide(async (who, { organizationId, path = "/inbox" } = {}) => {
      const person = who instanceof ClerkPerson ? who : await ClerkPerson.signIn(world.emulators.clerk, who);
      if (organizationId !== undefined) await person.choose(organizationId);
      const context = await watched.open();
      const [name = "", value = ""] = person.cookie.split("=");
      await context.addCookies([{ name, value, url: world.app, httpOnly: true, sameSite: "Lax" }]);
      return visit(await context.newPage(), path);
    }),
  openAsStranger: async ({ watched }, provide) =>
    provide(async (path) => visit(await (await watched.open()).newPage(), path)),
});

export const { expect } = test;

type NewContext = { browser: Browser; options: Parameters<Browser["newContext"]>[0]; faults: string[] };

async function openContext({ browser, options, faults }: NewContext): Promise<BrowserContext> {
  const context = await browser.newContext(options);
  context.on("weberror", (error) => void faults.push(`a page threw ${error.error().message}`));
  context.on("request", (request) => {
    const { protocol, hostname } = new URL(request.url());
    if (/^(http|ws)s?:$/.test(protocol) && !OURS.has(hostname)) faults.push(`a page called ${request.url()}`);
  });
  return context;
}

async function visit(page: Page, path: string): Promise<Page> {
  await page.goto(path);
  return page;
}
