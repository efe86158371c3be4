import { join } from "node:path";
import type { Children } from "./children.ts";
import { emulatorsStartedSchema, type EmulatorsStarted } from "./emulators/started.ts";
import type { Keys } from "./keys.ts";
import type { WorldOptions } from "./options.ts";
import { claimPort } from "./ports.ts";

/** Starts the providers' emulators, in one process on one port; their webhooks go to `app`. */
export async function startEmulators(parts: {
  options: WorldOptions;
  children: Children;
  keys: Keys;
  app: string;
}): Promise<EmulatorsStarted> {
  const { options, children, keys, app } = parts;
  const port = await claimPort(options.ports.emulators, { what: "the emulators", variable: "EMULATORS_PORT" });
  const directory = join(options.directory, "emulators");
  const emulators = children.start({
    name: "emulators",
    args: ["local/emulators/main.ts", "--port", String(port), "--directory", directory, "--app", app],
    environment: {
      ...process.env,
      CLERK_SECRET_KEY: keys.clerkSecretKey,
      CLERK_WEBHOOK_SIGNING_SECRET: keys.clerkSigningSecret,
    },
  });
  return emulatorsStartedSchema.parse(await emulators.firstMessage);
}
