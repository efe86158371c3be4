import type { FunctionArgs } from "convex/server";
import type { api } from "../../convex/_generated/api";
import type { Role } from "../../lib/domain/permissions.ts";
import type { PlaybookContent } from "../../lib/domain/playbook.ts";
import type { ClerkSeed } from "../emulators/clerk/seed.ts";
import { horizontePlaybook } from "./horizonte-playbook.ts";
import { HORIZONTE_LEADS, VERTICE_LEADS } from "./leads.ts";
import type { SeedWhatsApp } from "./whatsapp.ts";

export type SeedPerson = { id: string; email: string; firstName: string; lastName: string };

export type SeedTenant = {
  clerkId: string;
  name: string;
  slug: string;
  /** The first one is an owner. */
  members: readonly { person: SeedPerson; role: Role }[];
  firstRun: FunctionArgs<typeof api.organizations.settings.completeFirstRun>;
  /** What the owner made of the first playbook; left out: nothing. */
  teach?: (begun: PlaybookContent) => PlaybookContent;
  /** Its number, and who wrote to it before you came. */
  whatsapp?: SeedWhatsApp;
};

/** Everybody's here: these accounts exist on one machine only. */
export const SEED_PASSWORD = "qify-demo-2026";

const marina = person("Marina Azevedo", "horizonte");
const rafael = person("Rafael Nogueira", "horizonte");
const camila = person("Camila Duarte", "horizonte");
const tiago = person("Tiago Freitas", "horizonte");
const helena = person("Helena Prado", "vertice");

/** Two companies that share nothing but Rafael, who helps both. */
export const SEED_TENANTS: readonly SeedTenant[] = [
  {
    clerkId: "org_horizonte",
    name: "Horizonte Sistemas",
    slug: "horizonte",
    members: [
      { person: marina, role: "owner" },
      { person: rafael, role: "admin" },
      { person: camila, role: "sdr" },
      { person: tiago, role: "viewer" },
    ],
    firstRun: {
      company: "Horizonte Sistemas",
      sells:
        "ERP em nuvem para distribuidoras e atacadistas de 20 a 300 funcionários: pedidos, estoque, rotas e nota fiscal em um só lugar, com implantação em 30 dias e suporte no Brasil. Planos a partir de R$ 1.900 por mês.",
      tone: "warm",
      locale: "pt-BR",
      timezone: "America/Sao_Paulo",
    },
    teach: horizontePlaybook,
    whatsapp: { name: "WhatsApp comercial", account: "horizonte", phone: "551140028900", leads: HORIZONTE_LEADS },
  },
  {
    clerkId: "org_vertice",
    name: "Vértice Energia",
    slug: "vertice",
    members: [
      { person: helena, role: "owner" },
      { person: rafael, role: "sdr" },
    ],
    firstRun: {
      company: "Vértice Energia",
      sells:
        "Energia solar por assinatura para redes de lojas e indústrias em Minas Gerais: até 20% de economia na conta de luz, sem obra e sem investimento.",
      tone: "direct",
      locale: "pt-BR",
      timezone: "America/Sao_Paulo",
    },
    whatsapp: { name: "WhatsApp Vértice", account: "vertice", phone: "553133330900", leads: VERTICE_LEADS },
  },
];

/** The same as Clerk keeps it. */
export function clerkSeed(tenants: readonly SeedTenant[]): ClerkSeed {
  const people = new Map(tenants.flatMap(({ members }) => members.map(({ person }) => [person.id, person])));
  return {
    users: [...people.values()].map((someone) => ({ ...someone, password: SEED_PASSWORD })),
    organizations: tenants.map(({ clerkId: id, name, slug, members }) => {
      return {
        id,
        name,
        slug,
        members: members.map(({ person: { id: userId }, role }) => ({ userId, role: `org:${role}` })),
      };
    }),
  };
}

function person(fullName: string, company: string): SeedPerson {
  const [firstName = "", lastName = ""] = fullName.split(" ");
  const name = firstName.toLowerCase();
  return { id: `user_${name}`, email: `${name}@${company}.example`, firstName, lastName };
}
