/** What the measurements are made on: a local world of its own, as `npm run demo` starts it, and an engine with nearly nothing in it. */
import { randomBytes } from "node:crypto";
import { join, resolve } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { ConvexHttpClient } from "convex/browser";
import { z } from "zod";
import { api } from "../convex/_generated/api.js";
import { ServiceTokens } from "../lib/service-token.ts";
import { parseTokenKey } from "../lib/token-keys.ts";
import { Children } from "../local/children.ts";
import { numberedLead, renderLeadMessage, signLeadWebhook } from "../local/harness/lead-webhooks.ts";
import { loadKeys } from "../local/keys.ts";
import { parseOptions } from "../local/options.ts";
import type { Ready, ReadyOrganization } from "../local/ready.ts";
import { ClerkPerson } from "../local/seed/clerk-person.ts";
import { SEED_TENANTS } from "../local/seed/tenants.ts";
import { startWorld } from "../local/world.ts";
import { post } from "./post.ts";

const DIRECTORY = join(".local", "bench", "world");
const HANDED_OUT = z.object({ url: z.string() });

/** One connection to bring leads' messages to. */
export type Door = {
  account: string;
  webhookUrl: string;
  connectionId: string;
  /** The body of a new message, now. */
  render(message: { lead: number; series: number; text: string }): string;
  /** Posts a body as the provider would; answers whether it was taken. */
  deliver(body: string): Promise<boolean>;
};

export type Stage = {
  ready: Ready;
  /** The engine that serves bare/convex. */
  bareUrl: string;
  /** `quiet` has its agent switched off, `talking` has it on: tenants of one deployment. */
  quiet: Door;
  talking: Door;
  /** A token as the routes show it to Convex. */
  serviceToken(): Promise<string>;
  /** Bytes of all rows that one webhook leaves behind, by what is in the database now. */
  bytesPerWebhook(): number;
  stop(): Promise<void>;
};

export async function setUpStage(say: (line: string) => void): Promise<Stage> {
  const given = process.env;
  const anyPort = { PORT: "0", CONVEX_PORT: "0", CONVEX_SITE_PORT: "0", EMULATORS_PORT: "0" };
  const options = parseOptions(["demo", "--reset"], { ...anyPort, ...given, QIFY_LOCAL_DIR: DIRECTORY });
  const world = await startWorld(options, say);
  const children = new Children();
  const stop = async () => {
    await Promise.all([world.stop(), children.stopAll()]);
  };
  process.once("exit", world.abandon);
  process.once("exit", () => children.killAll());
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(130));
  try {
    const { ready } = world;
    await switchAgentOff(ready, "horizonte");
    const keys = await loadKeys(DIRECTORY);
    const key = parseTokenKey(keys.tokenPrivateKey);
    if (key === null) throw new Error("The world's token key cannot be read");
    const tokens = new ServiceTokens(key);
    return {
      ready,
      bareUrl: await startBareEngine(children),
      quiet: await openDoor(requireOrganization(ready, "horizonte")),
      talking: await openDoor(requireOrganization(ready, "vertice")),
      serviceToken: async () => tokens.mint("connector-webhook"),
      bytesPerWebhook: () => measureRows(join(DIRECTORY, "convex.sqlite")),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

export function requireOrganization(ready: Ready, slug: string): ReadyOrganization {
  const found = ready.organizations.find((organization) => organization.slug === slug);
  if (found === undefined) throw new Error(`The seed has no ${slug}`);
  return found;
}

async function openDoor({ slug, connections }: ReadyOrganization): Promise<Door> {
  const [connection] = connections;
  if (connection === undefined) throw new Error(`${slug} has no connection`);
  const { account, webhookUrl, id: connectionId, secrets } = connection;
  const headers = await signLeadWebhook(secrets.jwtKey ?? "");
  return {
    account,
    webhookUrl,
    connectionId,
    render: ({ lead, series, text }) => {
      const id = `3EB0${randomBytes(9).toString("hex").toUpperCase()}`;
      return renderLeadMessage({ account, lead: numberedLead(lead, series), id, text, at: Date.now() });
    },
    deliver: async (body) => (await post(webhookUrl, { headers, body })) === 200,
  };
}

/** Signs in as the owner does, and uses the switch that people have. */
async function switchAgentOff(ready: Ready, slug: string): Promise<void> {
  const owner = requireOrganization(ready, slug).users.find(({ role }) => role === "owner");
  const tenant = SEED_TENANTS.find((one) => one.slug === slug);
  if (owner === undefined || tenant === undefined) throw new Error(`${slug} has no owner`);
  const person = await ClerkPerson.signIn(ready.emulators.clerk ?? "", owner);
  const convex = new ConvexHttpClient(ready.convex, { logger: false });
  convex.setAuth(await person.token(tenant.clerkId));
  await convex.mutation(api.agent.control.setEnabled, { enabled: false });
}

async function startBareEngine(children: Children): Promise<string> {
  const file = join(DIRECTORY, "bare.sqlite");
  const place = ["--directory", resolve("bench/bare/convex"), "--file", file, "--port", "0", "--site-port", "0"];
  const args = ["local/engine/main.ts", ...place, "--redact", "--quiet"];
  const { firstMessage } = children.start({ name: "bare engine", args, environment: process.env });
  return HANDED_OUT.parse(await Promise.race([firstMessage, children.failure])).url;
}

/** The rows that are new with each message, and the conversation, which is written again. */
function measureRows(file: string): number {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    const rows = database
      .prepare(
        `SELECT avg(size) AS bytes FROM documents JOIN tables ON tables.key = documents.table_key
         WHERE tables.component = '' AND tables.name IN ('messages', 'receipts', 'inboundKeys', 'conversations')
         GROUP BY tables.name`,
      )
      .all();
    return rows.reduce((sum, { bytes }) => sum + Number(bytes), 0);
  } finally {
    database.close();
  }
}
