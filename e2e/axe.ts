import AxeBuilder from "@axe-core/playwright";
import type { CDPSession, Page } from "@playwright/test";
import { expect } from "./fixtures.ts";

const DEVICES = [
  { device: "desktop", width: 1440, height: 900, hasTouch: false },
  { device: "phone", width: 390, height: 844, hasTouch: true },
] as const;

/** Axe finds nothing wrong in our own markup, and the page is no wider than its screen: on desktop and phone, light and dark. */
export async function expectClean(page: Page): Promise<void> {
  const emulation = await page.context().newCDPSession(page);
  for (const shape of DEVICES) {
    await showOn(page, shape, emulation);
    await wear(page, "light");
    expect.soft(await findFaults(ownMarkup(page)), `${shape.device}, light`).toEqual([]);
    await wear(page, "dark");
    // Colours are all that a theme changes.
    expect.soft(await findFaults(ownMarkup(page).withRules("color-contrast")), `${shape.device}, dark`).toEqual([]);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect.soft(overflow, `wider than a ${shape.device}`).toBeLessThanOrEqual(0);
  }
  await emulation.detach();
}

type Shape = (typeof DEVICES)[number];

/** As if the open page had always been on this device: its window, and what points at it. */
async function showOn(page: Page, { width, height, hasTouch }: Shape, emulation: CDPSession): Promise<void> {
  await emulation.send("Emulation.setTouchEmulationEnabled", { enabled: hasTouch });
  await page.setViewportSize({ width, height });
  await expect.poll(() => page.evaluate(() => matchMedia("(pointer: coarse)").matches)).toBe(hasTouch);
}

/** Switched as the system would, while the page is open. */
async function wear(page: Page, theme: "light" | "dark"): Promise<void> {
  await page.emulateMedia({ colorScheme: theme });
  await expect(page.locator("html")).toHaveClass(new RegExp(theme));
}

/** Clerk's own forms are Clerk's. */
function ownMarkup(page: Page): AxeBuilder {
  // There are no foreign frames, for which the other mode opens a second page every time.
  return new AxeBuilder({ page }).setLegacyMode().exclude(".cl-rootBox");
}

async function findFaults(axe: AxeBuilder): Promise<string[]> {
  const { violations } = await axe.analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
}
