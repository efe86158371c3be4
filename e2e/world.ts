import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

export const WORLD_DIRECTORY = join(".local", "e2e");

/** The part of ready.json that suites use. */
const readySchema = z.object({
  app: z.string(),
  convex: z.string(),
  emulators: z.object({ clerk: z.string(), evolution: z.string() }),
  organizations: z.array(
    z.object({
      slug: z.string(),
      users: z.array(z.object({ email: z.string(), password: z.string(), role: z.string() })),
      connections: z.array(z.object({ id: z.string(), connector: z.string() })),
    }),
  ),
});

export type World = z.infer<typeof readySchema>;

export type Credentials = { email: string; password: string };

const keysSchema = z.object({ evolutionApiKey: z.string() });
const adminSchema = z.object({ adminKey: z.string() });
const mailSchema = z.object({ emails: z.array(z.object({ to: z.string(), url: z.string().nullish() })) });

export function readyPath(): string {
  return join(WORLD_DIRECTORY, "ready.json");
}

/** Throws while the world is not up. */
export function readWorld(): World {
  return readySchema.parse(JSON.parse(readFileSync(readyPath(), "utf8")));
}

/** With what the owner of the WhatsApp server makes accounts on it. */
export function readEvolutionKey(): string {
  return keysSchema.parse(JSON.parse(readFileSync(join(WORLD_DIRECTORY, "keys.json"), "utf8"))).evolutionApiKey;
}

/** What opens the engine's inspector. */
export function readAdminKey(): string {
  return adminSchema.parse(JSON.parse(readFileSync(join(WORLD_DIRECTORY, "keys.json"), "utf8"))).adminKey;
}

/** Somebody of the seed, by organization and role. */
export function seeded(world: World, slug: string, role: string): Credentials {
  const found = world.organizations.find((each) => each.slug === slug)?.users.find((user) => user.role === role);
  if (found === undefined) throw new Error(`The seed has no ${role} in ${slug}`);
  return found;
}

/** What an organization of the seed is connected with. */
export function connectionsOf(world: World, slug: string): readonly { id: string; connector: string }[] {
  return world.organizations.find((each) => each.slug === slug)?.connections ?? [];
}

/** The link of the invitation that was mailed to an address. */
export async function invitationLink(world: World, email: string): Promise<string> {
  const inspected = await (await fetch(`${world.emulators.clerk}/_inspect`)).json();
  const mail = mailSchema.parse(inspected).emails.findLast(({ to, url }) => to === email && url);
  if (!mail?.url) throw new Error(`No invitation was mailed to ${email}`);
  return new URL(mail.url, world.app).href;
}
