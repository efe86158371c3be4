import { ConvexHttpClient } from "convex/browser";
import { api } from "../../convex/_generated/api.js";
import type { ReadyOrganization } from "../ready.ts";
import { ClerkPerson } from "./clerk-person.ts";
import { SEED_PASSWORD, type SeedTenant } from "./tenants.ts";
import { connectWhatsApp, Phones, readWebhookKey, type EvolutionDoor } from "./whatsapp.ts";

const NEWS_PATIENCE_MS = 30_000;
const NEWS_PAUSE_MS = 50;

export type SeedDoors = {
  convexUrl: string;
  clerkUrl: string;
  clerkSecretKey: string;
  evolution: EvolutionDoor;
  /** Where the app answers: webhooks go there. */
  app: string;
};

/**
 * Brings the tenants that Clerk knows to life through the doors that production has: Clerk's signed webhooks make
 * organizations and members, their owners do the first run. What is there already stays as people have left it.
 * A tenant that was deleted is left out of the answer.
 */
export async function seedTenants(tenants: readonly SeedTenant[], doors: SeedDoors): Promise<ReadyOrganization[]> {
  const seeded = await Promise.all(tenants.map((tenant) => seedTenant(tenant, doors)));
  return seeded.filter((organization) => organization !== null);
}

async function seedTenant(tenant: SeedTenant, doors: SeedDoors): Promise<ReadyOrganization | null> {
  const [first] = tenant.members;
  if (first === undefined) throw new Error(`${tenant.name} has nobody to begin with`);
  const owner = await ClerkPerson.signIn(doors.clerkUrl, { email: first.person.email, password: SEED_PASSWORD });
  try {
    const convex = new ConvexHttpClient(doors.convexUrl, { logger: false });
    convex.setAuth(await owner.token(tenant.clerkId));
    const id = await bringIn(tenant, { convex, doors });
    if (id === null) return null;
    await convex.mutation(api.organizations.settings.completeFirstRun, tenant.firstRun);
    await teachAgent(tenant, convex);
    // Only the first time: whoever switched it off wants it off.
    const chat = await convex.query(api.connections.webchat.get, {});
    if (chat.connectionId === null) await convex.mutation(api.connections.webchat.enable, {});
    return {
      id,
      slug: tenant.slug,
      users: tenant.members.map(credentialsOf),
      connections: await seedConnections(tenant, { convex, doors }),
    };
  } finally {
    await owner.signOut();
  }
}

/** Only while the playbook is as the first run made it: what people saved since then stays. */
async function teachAgent({ teach }: SeedTenant, convex: ConvexHttpClient): Promise<void> {
  const begun = await convex.query(api.agent.playbooks.get, {});
  if (teach === undefined || begun?.version !== 1) return;
  await convex.mutation(api.agent.playbooks.save, { content: teach(begun.content), baseVersion: begun.version });
}

/** The tenant's WhatsApp, made by its owner as the wizard would, and the leads that have written to it. */
async function seedConnections(
  tenant: SeedTenant,
  { convex, doors }: Steps,
): Promise<ReadyOrganization["connections"]> {
  const { whatsapp } = tenant;
  if (whatsapp === undefined) return [];
  const live = await convex.query(api.connections.connections.list, {});
  const phones = new Phones(doors.evolution.url);
  let connection = live.find(({ connector }) => connector === "evolution");
  if (connection === undefined) {
    connection = await connectWhatsApp(whatsapp, { convex, evolution: doors.evolution, phones });
    for (const lead of whatsapp.leads) await phones.write(connection.account ?? "", lead);
  }
  const account = connection.account ?? "";
  const secrets = { apiKey: doors.evolution.apiKey, jwtKey: await readWebhookKey(doors.evolution, account) };
  const webhookUrl = `${doors.app}/api/webhooks/evolution/${connection._id}`;
  return [{ id: connection._id, connector: connection.connector, account, webhookUrl, secrets }];
}

type Steps = { convex: ConvexHttpClient; doors: SeedDoors };

/** The organization's id once Convex has heard of it and of its members; null when it has ended. */
async function bringIn(tenant: SeedTenant, { convex, doors }: Steps): Promise<string | null> {
  const known = await convex.query(api.organizations.members.viewer, {});
  if (known?.status === "active") return known.organization._id;
  if (known?.status === "removed") return null;
  // The owner comes last: whoever finds the owner known knows that all others were announced.
  for (const { person } of tenant.members.toReversed()) await announce(tenant, { userId: person.id, doors });
  const deadline = Date.now() + NEWS_PATIENCE_MS;
  while (Date.now() < deadline) {
    const viewer = await convex.query(api.organizations.members.viewer, {});
    if (viewer?.status === "active") {
      const members = await convex.query(api.organizations.members.list, {});
      if (members.length >= tenant.members.length) return viewer.organization._id;
    }
    await new Promise((resolve) => setTimeout(resolve, NEWS_PAUSE_MS));
  }
  throw new Error(`Clerk's webhooks about ${tenant.name} did not arrive; see the emulator's /_inspect`);
}

/** Makes Clerk tell of a membership, which names its organization: a change of nothing is news too. */
async function announce(tenant: SeedTenant, { userId, doors }: { userId: string; doors: SeedDoors }): Promise<void> {
  const url = `${doors.clerkUrl}/bapi/v1/organizations/${tenant.clerkId}/memberships/${userId}/metadata`;
  const headers = { authorization: `Bearer ${doors.clerkSecretKey}`, "content-type": "application/json" };
  const response = await fetch(url, { method: "PATCH", headers, body: JSON.stringify({ public_metadata: {} }) });
  if (!response.ok) throw new Error(`Clerk answered ${url} with ${response.status}`);
}

function credentialsOf({ person, role }: SeedTenant["members"][number]): ReadyOrganization["users"][number] {
  return { email: person.email, password: SEED_PASSWORD, role };
}
