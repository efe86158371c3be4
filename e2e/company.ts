import { randomInt } from "node:crypto";
import { ConvexHttpClient } from "convex/browser";
import { api } from "../convex/_generated/api.js";
import type { Role } from "../lib/domain/permissions.ts";
import { ClerkPerson } from "../local/seed/clerk-person.ts";
import { connectWhatsApp, Phones, type EvolutionDoor } from "../local/seed/whatsapp.ts";
import { invitationLink, readEvolutionKey, type World } from "./world.ts";

/** What everybody in a company of a suite signs in with. */
export const PASSWORD = "um-segredo-bem-longo";

/** An organization of its own, for a journey that changes or counts what all of an organization share. */
export class Company {
  readonly owner: ClerkPerson;
  readonly organizationId: string;
  readonly name: string;
  /** What the provider calls its number, and nobody else's. */
  readonly instance: string;
  readonly #world: World;

  private constructor(
    world: World,
    { owner, organizationId, name }: Pick<Company, "owner" | "organizationId" | "name">,
  ) {
    this.owner = owner;
    this.organizationId = organizationId;
    this.name = name;
    this.instance = slugOf(name);
    this.#world = world;
  }

  /** Untaught and without a channel, as whoever signs up finds it. */
  static async found(world: World, word: string): Promise<Company> {
    const name = `${word} ${randomInt(100_000, 999_999)}`;
    const email = `dona@${slugOf(name)}.example`;
    const owner = await ClerkPerson.signUp(world.emulators.clerk, { email, password: PASSWORD });
    return new Company(world, { owner, organizationId: await owner.found(name), name });
  }

  /** Its agent is taught and answers after `debounceMs` of quiet, and leads can write to its number. */
  static async open(world: World, word: string, { debounceMs = 0 } = {}): Promise<Company> {
    const company = await Company.found(world, word);
    await company.#teach({ debounceMs });
    await company.#connect();
    return company;
  }

  /** A colleague of the owner's in this role, invited and signed up. */
  async hire(role: Role, email: string): Promise<ClerkPerson> {
    const path = `/v1/organizations/${this.organizationId}/invitations`;
    await this.owner.post(path, { email_address: email, role: `org:${role}` });
    const ticket = new URL(await invitationLink(this.#world, email)).searchParams.get("__clerk_ticket") ?? "";
    return ClerkPerson.acceptInvitation(this.#world.emulators.clerk, { ticket, password: PASSWORD });
  }

  /** The provider will refuse the next message that leaves for one of its leads. */
  async refuseNextMessage(): Promise<void> {
    const path = `/message/sendText/${this.instance}`;
    await this.#phones().post("/_fail", { kind: "status", status: 400, method: "POST", path });
  }

  /** Turns its web chat on; answers the page that anybody may write on. */
  async openChat(): Promise<string> {
    const convex = await this.#convex();
    await convex.mutation(api.connections.webchat.enable, {});
    return `/c/${(await convex.query(api.connections.webchat.get, {})).slug}`;
  }

  /** As far as the code that the company's phone is to scan; answers the page that shows it. */
  async beginConnection(): Promise<string> {
    const convex = await this.#convex();
    await convex.mutation(api.organizations.members.ensureMember, {});
    const { url: baseUrl, apiKey: serverKey } = this.#evolution();
    const connectionId = await convex.mutation(api.connections.connections.create, {
      connector: "evolution",
      name: "WhatsApp",
      baseUrl,
    });
    await convex.action(api.connections.accounts.create, { connectionId, account: this.instance, serverKey });
    return `/connections/${connectionId}`;
  }

  async #teach({ debounceMs }: { debounceMs: number }): Promise<void> {
    const convex = await this.#convex();
    await convex.mutation(api.organizations.members.ensureMember, {});
    await convex.mutation(api.organizations.settings.completeFirstRun, {
      company: this.name,
      sells: "Sistema de pedidos e estoque para distribuidoras de até 300 funcionários.",
      tone: "direct",
      locale: "pt-BR",
      timezone: "America/Sao_Paulo",
    });
    const playbook = await convex.query(api.agent.playbooks.get, {});
    if (playbook === null) throw new Error(`${this.name} was taught nothing`);
    const { content, version: baseVersion } = playbook;
    const pacing = { ...content.pacing, debounceMs };
    await convex.mutation(api.agent.playbooks.save, { content: { ...content, pacing }, baseVersion });
  }

  async #connect(): Promise<void> {
    const evolution = this.#evolution();
    const phone = `551130${randomInt(100_000, 999_999)}`;
    await connectWhatsApp(
      { name: "WhatsApp", account: this.instance, phone, leads: [] },
      { convex: await this.#convex(), evolution, phones: this.#phones() },
    );
  }

  #evolution(): EvolutionDoor {
    return { url: this.#world.emulators.evolution, apiKey: readEvolutionKey() };
  }

  #phones(): Phones {
    return new Phones(this.#world.emulators.evolution);
  }

  /** Good for a minute, as its token. */
  async #convex(): Promise<ConvexHttpClient> {
    const convex = new ConvexHttpClient(this.#world.convex, { logger: false });
    convex.setAuth(await this.owner.token(this.organizationId));
    return convex;
  }
}

function slugOf(name: string): string {
  return name.toLowerCase().replaceAll(" ", "-");
}
