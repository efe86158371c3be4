import { defineConfig } from "@playwright/test";
import { findBrowser } from "./e2e/browser.ts";

const MINUTE_MS = 60_000;

/** Journeys of people in a real browser, on the production build, in a local world of their own. */
export default defineConfig({
  testDir: "e2e",
  outputDir: ".local/test/e2e",
  globalSetup: "./e2e/world-setup.ts",
  globalTimeout: 7 * MINUTE_MS,
  timeout: 2 * MINUTE_MS,
  expect: { timeout: 15_000 },
  fullyParallel: true,
  workers: 2,
  forbidOnly: true,
  reporter: [["list"], ["json", { outputFile: ".local/test/playwright.json" }]],
  use: {
    locale: "pt-BR",
    timezoneId: "America/Sao_Paulo",
    viewport: { width: 1440, height: 900 },
    contextOptions: { reducedMotion: "reduce" }, // nothing to wait for that only looks nice
    launchOptions: await findBrowser(),
    screenshot: "only-on-failure",
  },
  projects: [
    { name: "journeys", testIgnore: "aftermath.test.ts" },
    { name: "aftermath", testMatch: "aftermath.test.ts", dependencies: ["journeys"] },
  ],
});
