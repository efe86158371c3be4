/**
 * The providers as a process of its own: `node local/emulators/main.ts --port … --directory … --app …`, with Clerk at the
 * root and the others below their names. Its secrets come by the environment, under the names that the app has for them. Serves until SIGTERM or SIGINT.
 */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { clerkSeed, SEED_TENANTS } from "../seed/tenants.ts";
import { createClerkEmulator } from "./clerk/clerk.ts";
import { createEvolutionEmulator } from "./evolution/evolution.ts";
import { startEmulatorServer } from "./kit/server.ts";
import type { EmulatorsStarted } from "./started.ts";

const { values } = parseArgs({
  options: {
    port: { type: "string", default: "3220" },
    directory: { type: "string", default: ".local/emulators" },
    /** Where the app answers: webhooks go there. */
    app: { type: "string", default: "http://127.0.0.1:3000" },
  },
});

const server = await startEmulatorServer({ port: Number(values.port) });
const clerk = createClerkEmulator({
  url: server.url,
  directory: join(values.directory, "clerk"),
  webhookUrls: [`${values.app}/api/webhooks/clerk`],
  signingSecret: requireVariable("CLERK_WEBHOOK_SIGNING_SECRET"),
  secretKey: requireVariable("CLERK_SECRET_KEY"),
});
clerk.seed(clerkSeed(SEED_TENANTS));
server.mount("/", clerk);
const evolutionUrl = `${server.url}/evolution`;
const evolution = createEvolutionEmulator({
  url: evolutionUrl,
  directory: join(values.directory, "evolution"),
  apiKey: requireVariable("EVOLUTION_API_KEY"),
});
server.mount("/evolution", evolution);

for (const signal of ["SIGINT", "SIGTERM", "disconnect"] as const) process.once(signal, () => void stop());

const { publishableKey, issuer } = clerk.instance;
const started: EmulatorsStarted = {
  urls: { clerk: server.url, evolution: evolutionUrl },
  clerk: { publishableKey, issuer, jwtPublicKeyPem: clerk.jwtPublicKeyPem },
};
process.send?.(started);
console.log(
  `Emulators of Clerk and Evolution at ${server.url}. A toy for this machine: it is no place for real accounts.`,
);

async function stop(): Promise<void> {
  await server.close();
  await Promise.all([clerk.close(), evolution.close()]);
  process.exit(0);
}

function requireVariable(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === "") throw new Error(`${name} is missing in the emulators' environment`);
  return value;
}
