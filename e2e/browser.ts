import { existsSync } from "node:fs";
import { chromium, type LaunchOptions } from "@playwright/test";
import packaged from "@sparticuz/chromium";

const SYSTEM = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** Nobody is called: no updates, no reports, and no name but this machine's is resolved. */
const ALONE = [
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-domain-reliability",
  "--disable-sync",
  "--no-first-run",
  "--no-sandbox", // Chromium has none when it is started by root, as containers do
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
];

/** The first Chromium there is: Playwright's own, the system's, or the one that comes as a package. */
export async function findBrowser(): Promise<LaunchOptions> {
  if (existsSync(chromium.executablePath())) return { args: ALONE };
  const system = SYSTEM.find((path) => existsSync(path));
  if (system !== undefined) return { executablePath: system, args: ALONE };
  return { executablePath: await packaged.executablePath(), args: [...packaged.args, ...ALONE] };
}
