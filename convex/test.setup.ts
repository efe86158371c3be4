/** Builders for suites: a backend of their own, organizations with people in all roles, and who calls. */
import { readFileSync } from "node:fs";
import { convexTest } from "convex-test";
import type { Role } from "../lib/domain/permissions.ts";
import { defaultPlaybook } from "../lib/domain/playbook-default.ts";
import { TOKEN_ISSUER } from "../lib/tokens.ts";
import type { Id } from "./_generated/dataModel";
import type { MutationCtx } from "./_generated/server";
import schema from "./schema.ts";

declare global {
  interface ImportMeta {
    /** Vite's: modules by their path, loaded when they are called. */
    glob(patterns: readonly string[]): Record<string, () => Promise<Record<string, unknown>>>;
  }
}

export const modules = import.meta.glob(["./**/*.ts", "./_generated/*.js", "!./**/*.test.ts", "!./test.setup.ts"]);

export type Backend = ReturnType<typeof makeBackend>;
/** A backend as somebody sees it: functions run with their token. */
export type Caller = Pick<Backend, "query" | "mutation" | "action">;

/** An empty backend with all functions of convex/, and `planted` ones beside them. */
export function makeBackend(planted: typeof modules = {}) {
  return convexTest({ schema, modules: { ...modules, ...planted } });
}

export type TestOrg = {
  orgId: Id<"organizations">;
  clerkOrgId: string;
  members: Record<Role, Id<"members">>;
  /** Calls as the member with this role. */
  as: Record<Role, Caller>;
};

/** An active organization with one member of each role: `owner_<name>`, `admin_<name>`, … */
export async function makeOrg(backend: Backend, name: string): Promise<TestOrg> {
  const clerkOrgId = `org_${name}`;
  const rows = await backend.run(async (ctx) => {
    const orgId = await ctx.db.insert("organizations", {
      clerkOrgId,
      slug: name,
      name,
      locale: "pt-BR",
      timezone: "America/Sao_Paulo",
      plan: "trial",
      status: "active",
      agentEnabled: true,
      clerkUpdatedAt: 1,
    });
    return { orgId, members: await byRole((role) => insertMember(ctx, { orgId, role, name })) };
  });
  const as = await byRole(async (role) => asPerson(backend, { clerkUserId: `${role}_${name}`, clerkOrgId, role }));
  return { ...rows, clerkOrgId, as };
}

/** Calls with Clerk's token of a person; without `clerkOrgId` no organization is chosen. */
export function asPerson(
  backend: Backend,
  person: { clerkUserId: string; clerkOrgId?: string; role?: string },
): Caller {
  const { clerkUserId, clerkOrgId, role = "owner" } = person;
  const chosen = clerkOrgId === undefined ? {} : { o: { id: clerkOrgId, rol: role, slg: clerkOrgId.slice(4) } };
  const issuer = "https://clerk.test";
  return backend.withIdentity({ subject: clerkUserId, issuer, tokenIdentifier: `${issuer}|${clerkUserId}`, ...chosen });
}

/** Calls with a token that Qify signed for a Next route. */
export function asService(backend: Backend, name = "test"): Caller {
  const subject = `service:${name}`;
  return backend.withIdentity({ subject, issuer: TOKEN_ISSUER, tokenIdentifier: `${TOKEN_ISSUER}|${subject}` });
}

/** One row of every table, for an organization whose every text contains `mark`. Answers the ids by table. */
export async function fillTenant(backend: Backend, mark: string) {
  const { orgId, members, as } = await makeOrg(backend, mark);
  const ids = await backend.run(async (ctx) => ({
    organizations: orgId,
    members: members.owner,
    playbooks: await ctx.db.insert("playbooks", {
      orgId,
      version: 1,
      state: "published",
      authorId: members.owner,
      content: defaultPlaybook({
        company: mark,
        sells: mark,
        tone: "warm",
        locale: "pt-BR",
        timezone: "America/Sao_Paulo",
      }),
    }),
    audit: await ctx.db.insert("audit", {
      orgId,
      actor: { kind: "member", memberId: members.owner },
      action: mark,
      target: mark,
      at: 1,
    }),
  }));
  return { ids, as };
}

async function byRole<T>(make: (role: Role) => Promise<T>): Promise<Record<Role, T>> {
  const [owner, admin, sdr, viewer] = await Promise.all([make("owner"), make("admin"), make("sdr"), make("viewer")]);
  return { owner, admin, sdr, viewer };
}

async function insertMember(
  ctx: Pick<MutationCtx, "db">,
  { orgId, role, name }: { orgId: Id<"organizations">; role: Role; name: string },
): Promise<Id<"members">> {
  const clerkUserId = `${role}_${name}`;
  const person = { clerkUserId, name: `${role} of ${name}`, email: `${role}@${name}.test` };
  return ctx.db.insert("members", { ...person, orgId, role, status: "active", clerkUpdatedAt: 1, profileUpdatedAt: 1 });
}

export type Registered = {
  /** As clients name it: `organizations/members:list`. */
  path: string;
  kind: "query" | "mutation" | "action";
  visibility: "public" | "internal";
  /** The name of what built it, as its source says; null when the source cannot be read so. */
  wrapper: string | null;
  /** Validators as JSON. */
  args: string;
  returns: string;
};

/** Every function that is registered by `found`, which is all of convex/ unless said otherwise. */
export async function listRegistered(found = modules): Promise<Registered[]> {
  const files = Object.keys(found).filter((file) => !file.includes("_generated"));
  const listed = await Promise.all(
    files.map(async (file) => {
      const exported = Object.entries((await found[file]?.()) ?? {});
      return exported.flatMap(([name, value]) => describeRegistered({ file, name, value }));
    }),
  );
  return listed.flat();
}

export function readSource(file: string): string {
  return readFileSync(new URL(file, import.meta.url), "utf8");
}

function describeRegistered({ file, name, value }: { file: string; name: string; value: unknown }): Registered[] {
  if (typeof value !== "function") return [];
  const property = (key: string): unknown => Reflect.get(value, key);
  const kinds = { query: property("isQuery"), mutation: property("isMutation"), action: property("isAction") };
  const kind = (["query", "mutation", "action"] as const).find((one) => kinds[one] === true);
  if (kind === undefined) return [];
  const exported = (key: string) => {
    const exporter = property(key);
    return typeof exporter === "function" ? String(exporter()) : "";
  };
  return [
    {
      path: `${file.slice(2, -3)}:${name}`,
      kind,
      visibility: property("isPublic") === true ? "public" : "internal",
      wrapper: wrapperOf(file, name),
      args: exported("exportArgs"),
      returns: exported("exportReturns"),
    },
  ];
}

function wrapperOf(file: string, name: string): string | null {
  if (!Object.hasOwn(modules, file)) return null;
  const source = readSource(file);
  const [, builder = ""] = new RegExp(`export const ${name} = (\\w+)\\(`).exec(source) ?? [];
  const [, imported = ""] = /import \{([^}]*)\} from "[./]+\/functions\.ts"/.exec(source) ?? [];
  return imported.split(",").some((one) => one.trim() === builder) ? builder : null;
}
