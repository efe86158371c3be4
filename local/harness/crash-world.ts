/** The way of a message without Next: the providers and the app's routes in this process, the engine in one that may be killed. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { createClerkEmulator } from "../emulators/clerk/clerk.ts";
import { createEvolutionEmulator, type EvolutionEmulator } from "../emulators/evolution/evolution.ts";
import { startEmulatorServer } from "../emulators/kit/server.ts";
import { loadKeys } from "../keys.ts";
import { seedTenants, type SeedDoors } from "../seed/seed.ts";
import { clerkSeed, SEED_TENANTS, type SeedTenant } from "../seed/tenants.ts";
import { serveApp, type Route } from "./app-server.ts";
import { signLeadWebhook } from "./lead-webhooks.ts";
import { MortalEngine } from "./mortal-engine.ts";
import { readRows } from "./rows.ts";

const SCRATCH = fileURLToPath(new URL("../../.local/harness/", import.meta.url));

const ROW = { _id: z.string(), conversationId: z.string() };
const MESSAGE = z.object({
  ...ROW,
  seq: z.number(),
  direction: z.string(),
  text: z.string(),
  externalId: z.string().optional(),
  status: z.string().optional(),
});
const DELIVERY = z.object({ ...ROW, messageId: z.string(), state: z.string() });
const RUN = z.object({ conversationId: z.string(), outcome: z.string(), throughSeq: z.number().optional() });
const TURN = z.object({ conversationId: z.string(), turn: z.object({ state: z.string() }) });
const IDENTITY = z.object({ value: z.string(), contactId: z.string() });
const CONVERSATION = z.object({ _id: z.string(), contactId: z.string() });

export type CrashWorld = Awaited<ReturnType<typeof startCrashWorld>>;

/** `setVariables` is given what the routes need in their environment, before anything calls them. */
export async function startCrashWorld({
  route,
  setVariables,
}: {
  route: Route;
  setVariables: (variables: Record<string, string>) => void;
}) {
  mkdirSync(SCRATCH, { recursive: true });
  const directory = mkdtempSync(join(SCRATCH, "crash-"));
  const tenant = tenantWithoutLeads();
  const keys = await loadKeys(directory);
  const app = await serveApp(route);
  const providers = await startProviders({ directory, keys, app: app.url, tenant });
  const environment = join(directory, "environment.json");
  const variables = {
    CLERK_JWT_ISSUER_DOMAIN: providers.issuer,
    QIFY_TOKEN_JWKS: keys.tokenJwks,
    QIFY_ENCRYPTION_KEYS: keys.encryptionKeys,
    QIFY_OUTBOUND_ALLOW: new URL(providers.issuer).host,
    QIFY_PUBLIC_URL: app.url,
  };
  writeFileSync(environment, JSON.stringify({ adminKey: keys.adminKey, variables }));
  const file = join(directory, "convex.sqlite");
  const engine = new MortalEngine({ file, environment });
  const close = async () => {
    await engine.kill();
    await app.close();
    await providers.close();
    rmSync(directory, { recursive: true, force: true });
  };
  try {
    await engine.start();
    setVariables({
      CONVEX_URL: engine.url,
      QIFY_TOKEN_PRIVATE_KEY: keys.tokenPrivateKey,
      QIFY_ENCRYPTION_KEYS: keys.encryptionKeys,
      CLERK_WEBHOOK_SIGNING_SECRET: keys.clerkSigningSecret,
    });
    const evolution = { url: providers.evolutionUrl, apiKey: keys.evolutionApiKey };
    const { clerkSecretKey } = keys;
    const doors = { convexUrl: engine.url, clerkUrl: providers.issuer, clerkSecretKey, evolution, app: app.url };
    const connection = await connect(tenant, doors);
    return { engine, ...connection, provider: providers.evolution, rows: rowsOf(file), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** What the company has sent by the API to one phone, as the provider saw it. */
export function sentTo(provider: EvolutionEmulator, phone: string): string[] {
  const { messages } = provider.world.state;
  return messages.filter(({ chat, viaApi }) => viaApi && chat === phone).map(({ content }) => content.text ?? "");
}

/** What the file holds at the moment of the question. */
function rowsOf(file: string) {
  return {
    messages: () => readRows(file, "messages", MESSAGE),
    deliveries: () => readRows(file, "deliveries", DELIVERY),
    runs: () => readRows(file, "turnRuns", RUN),
    turns: () => readRows(file, "turns", TURN),
    identities: () => readRows(file, "identities", IDENTITY),
    conversations: () => readRows(file, "conversations", CONVERSATION),
  };
}

async function connect(tenant: SeedTenant, doors: SeedDoors) {
  const [connection] = (await seedTenants([tenant], doors)).flatMap(({ connections }) => connections);
  if (connection === undefined) throw new Error("The seed made no connection");
  const { account, webhookUrl, secrets } = connection;
  return { account, webhook: { url: webhookUrl, headers: await signLeadWebhook(secrets.jwtKey ?? "") } };
}

async function startProviders({
  directory,
  keys,
  app,
  tenant,
}: {
  directory: string;
  keys: Awaited<ReturnType<typeof loadKeys>>;
  app: string;
  tenant: SeedTenant;
}) {
  const server = await startEmulatorServer({ port: 0 });
  const clerk = createClerkEmulator({
    url: server.url,
    directory: join(directory, "clerk"),
    webhookUrls: [`${app}/api/webhooks/clerk`],
    signingSecret: keys.clerkSigningSecret,
    secretKey: keys.clerkSecretKey,
  });
  clerk.seed(clerkSeed([tenant]));
  server.mount("/", clerk);
  const evolutionUrl = `${server.url}/evolution`;
  const emulator = { url: evolutionUrl, directory: join(directory, "evolution"), apiKey: keys.evolutionApiKey };
  const evolution = createEvolutionEmulator(emulator);
  server.mount("/evolution", evolution);
  return {
    issuer: clerk.instance.issuer,
    evolution,
    evolutionUrl,
    async close() {
      await server.close();
      await Promise.all([clerk.close(), evolution.close()]);
    },
  };
}

/** A company whose number nobody has written to yet. */
function tenantWithoutLeads(): SeedTenant {
  const tenant = SEED_TENANTS.find(({ slug }) => slug === "vertice");
  if (tenant?.whatsapp === undefined) throw new Error("The seed has no such company");
  return { ...tenant, whatsapp: { ...tenant.whatsapp, leads: [] } };
}
