/** Builders for suites: a backend of their own, organizations with people in all roles, and who calls. */
import { readFileSync } from "node:fs";
import { register as registerRateLimiter } from "@convex-dev/rate-limiter/test";
import { convexTest } from "convex-test";
import type { FunctionReturnType } from "convex/server";
import type { InboundEvent, MessageEvent, StatusEvent } from "../lib/connectors/events.ts";
import { fingerprintMessage } from "../lib/connectors/fingerprint.ts";
import { NEW_LANE } from "../lib/domain/lane-state.ts";
import type { Role } from "../lib/domain/permissions.ts";
import { defaultPlaybook } from "../lib/domain/playbook-default.ts";
import { newQualification } from "../lib/domain/qualification-state.ts";
import { renderVisitorSubject, SERVICE_ISSUER, VISITOR_ISSUER } from "../lib/tokens.ts";
import { api } from "./_generated/api";
import type { Id, TableNames } from "./_generated/dataModel";
import type { MutationCtx } from "./_generated/server";
import schema from "./schema.ts";

export const modules = import.meta.glob<Record<string, unknown>>([
  "./**/*.ts",
  "./_generated/*.js",
  "!./**/*.test.ts",
  "!./**/test.setup.ts",
  "!./convex.config.ts",
]);

/**
 * Every suite runs on two oracles, by the projects of vitest.config.ts: on convex-test, and on local/engine, where each
 * mutation runs twice. They must agree.
 */
export const oracle = parseOracle(process.env.QIFY_ORACLE);

const makeEngineBackend =
  oracle === "engine"
    ? await (await import("../local/engine/testkit/engine-test.ts")).loadEngineTest(import.meta.dirname, schema)
    : null;

export type Backend = ReturnType<typeof makeBackend>;
/** A backend as somebody sees it: functions run with their token. */
export type Caller = Pick<Backend, "query" | "mutation" | "action">;

/** An empty backend with all functions of convex/, and `planted` ones beside them. */
export function makeBackend(planted: typeof modules = {}) {
  const backend =
    makeEngineBackend === null
      ? convexTest({ schema, modules: { ...modules, ...planted } })
      : makeEngineBackend({ planted });
  registerRateLimiter(backend);
  return backend;
}

function parseOracle(name: string | undefined): "convex-test" | "engine" {
  if (name === "convex-test" || name === "engine") return name;
  throw new Error(`QIFY_ORACLE is "${name}": it names the oracle of a project in vitest.config.ts`);
}

/** The function of a scheduled job: its row says `module.js:name` in production, and `module:name` in convex-test. */
export function jobPath(name: string): string {
  return name.replace(".js:", ":");
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
  return withToken(backend, { issuer: SERVICE_ISSUER, subject: `service:${name}` });
}

export const VISITOR_ID = "c0ffee".padEnd(32, "0");

/** Calls with a token that Qify signed for somebody on an organization's chat page. */
export function asVisitor(
  backend: Backend,
  { orgId, visitorId = VISITOR_ID }: { orgId: string; visitorId?: string },
): Caller {
  return withToken(backend, { issuer: VISITOR_ISSUER, subject: renderVisitorSubject({ orgId, visitorId }) });
}

/** Calls with any token that Convex has verified. */
export function withToken(backend: Backend, { issuer, subject }: { issuer: string; subject: string }): Caller {
  return backend.withIdentity({ subject, issuer, tokenIdentifier: `${issuer}|${subject}` });
}

export type TestConnection = {
  connectionId: Id<"connections">;
  secretId: Id<"connectionSecrets">;
};

/** A connected Evolution account with sealed secrets that are no real ones. */
export async function makeConnection(
  backend: Backend,
  { orgId, name = "main" }: { orgId: Id<"organizations">; name?: string },
): Promise<TestConnection> {
  return backend.run(async (ctx) => {
    const connectionId = await ctx.db.insert("connections", {
      orgId,
      connector: "evolution",
      channel: "whatsapp",
      name,
      account: name,
      liveAccount: `evolution.test/${name}`,
      config: { baseUrl: "https://evolution.test" },
      status: { kind: "connected", since: 1 },
    });
    const secret = { orgId, connectionId, keyId: "test", ciphertext: `sealed ${name}` };
    await ctx.db.insert("connectionSecrets", { ...secret, kind: "token" });
    return { connectionId, secretId: await ctx.db.insert("connectionSecrets", { ...secret, kind: "webhook" }) };
  });
}

/** One row of every table, for an organization whose every text contains `mark`. Answers the ids by table. */
export async function fillTenant(backend: Backend, mark: string) {
  const { orgId, members, as } = await makeOrg(backend, mark);
  const { connectionId, secretId } = await makeConnection(backend, { orgId, name: mark });
  const storageId = await backend.run(async (ctx) => ctx.storage.store(new Blob([mark])));
  const inbox = await backend.run(async (ctx) =>
    fillInbox(ctx, { orgId, connectionId, memberId: members.owner, mark }),
  );
  const rest = await backend.run(async (ctx) => {
    const of = { orgId, connectionId };
    const summary = { total: 1, processed: 1, deduped: 0, failed: 0 };
    const content = { company: mark, sells: mark, tone: "warm", locale: "pt-BR", timezone: "America/Recife" } as const;
    return {
      connectionHealth: await ctx.db.insert("connectionHealth", { ...of, lastEventAt: 1 }),
      pairings: await ctx.db.insert("pairings", { ...of, code: mark, expiresAt: 1 }),
      receipts: await ctx.db.insert("receipts", { ...of, correlationId: mark, bytes: 1, sha256: mark, summary }),
      rawEvents: await ctx.db.insert("rawEvents", { ...of, name: mark, reason: "unknown_event", raw: mark }),
      deadLetters: await ctx.db.insert("deadLetters", {
        ...of,
        kind: "media",
        ref: inbox.messages,
        reason: mark,
        at: 1,
      }),
      events: await ctx.db.insert("events", {
        orgId,
        key: mark,
        at: 1,
        event: {
          type: "contact.opted_out",
          version: 1,
          payload: { conversationId: inbox.conversations, contactId: inbox.contacts },
        },
      }),
      playbooks: await ctx.db.insert("playbooks", {
        orgId,
        version: 1,
        state: "published",
        authorId: members.owner,
        content: defaultPlaybook(content),
      }),
      visitorLimits: await ctx.db.insert("visitorLimits", { orgId, key: mark, level: 1, at: 1 }),
      audit: await ctx.db.insert("audit", {
        orgId,
        actor: { kind: "member", memberId: members.owner },
        action: mark,
        target: mark,
        at: 1,
      }),
    };
  });
  const own = { organizations: orgId, members: members.owner, connections: connectionId, connectionSecrets: secretId };
  const agent = await backend.run(async (ctx) => fillAgent(ctx, { orgId, mark, ...inbox }));
  return { ids: { ...own, ...inbox, ...rest, ...agent }, storageId, as };
}

type Tenant = { orgId: Id<"organizations">; connectionId: Id<"connections">; memberId: Id<"members">; mark: string };

async function fillInbox(ctx: Pick<MutationCtx, "db">, { orgId, connectionId, memberId, mark }: Tenant) {
  const of = { orgId, connectionId };
  const externalId = `external ${mark}`;
  const contactId = await ctx.db.insert("contacts", { orgId, name: mark, searchText: `text ${mark}` });
  const identityId = await ctx.db.insert("identities", { orgId, kind: "lid", scope: "", value: mark, contactId });
  const conversationId = await ctx.db.insert("conversations", {
    ...of,
    contactId,
    replyIdentityId: identityId,
    channel: "whatsapp",
    isGroup: false,
    title: mark,
    status: "open",
    active: true,
    handler: { kind: "agent" },
    assigneeId: memberId,
    level: "auto",
    lastActivityAt: 1,
    inboundSeq: 1,
    answeredSeq: 0,
    revision: 0,
    nextSeq: 3,
    lastSortAt: 1,
  });
  const messageId = await ctx.db.insert("messages", {
    ...of,
    conversationId,
    seq: 1,
    sortAt: 1,
    direction: "inbound",
    author: { kind: "contact" },
    kind: "text",
    text: mark,
    reactions: [],
    externalId,
  });
  return {
    contacts: contactId,
    identities: identityId,
    conversations: conversationId,
    messages: messageId,
    reads: await ctx.db.insert("reads", { orgId, memberId, conversationId, seq: 0 }),
    readMarks: await ctx.db.insert("readMarks", { orgId, conversationId, seq: 0 }),
    inboundKeys: await ctx.db.insert("inboundKeys", { ...of, key: `msg:${externalId}` }),
    earlyStatuses: await ctx.db.insert("earlyStatuses", { ...of, externalId: mark, status: "read", at: 1 }),
    earlyChanges: await ctx.db.insert("earlyChanges", {
      ...of,
      externalId: mark,
      change: {
        type: "delete",
        key: mark,
        chat: { kind: "lid", value: mark },
        aliases: [],
        fromMe: false,
        externalId: mark,
      },
    }),
    lanes: await ctx.db.insert("lanes", { orgId, conversationId, ...NEW_LANE }),
    deliveries: await ctx.db.insert("deliveries", {
      ...of,
      conversationId,
      messageId,
      seq: 2,
      origin: "agent",
      state: "sent",
      token: 1,
      attempt: 1,
      nextAttemptAt: 1,
      fingerprint: mark,
    }),
    typing: await ctx.db.insert("typing", { orgId, conversationId, expiresAt: 1 }),
  };
}

async function fillAgent(
  ctx: Pick<MutationCtx, "db">,
  given: {
    orgId: Id<"organizations">;
    mark: string;
    conversations: Id<"conversations">;
    contacts: Id<"contacts">;
    messages: Id<"messages">;
  },
) {
  const { orgId, mark, conversations: conversationId, contacts: contactId, messages: messageId } = given;
  const of = { orgId, conversationId };
  const runId = await ctx.db.insert("turnRuns", { ...of, outcome: "silent", startedAt: 1, endedAt: 2 });
  const evidence = { messageId, quote: mark };
  const trace = {
    brain: mark,
    promptVersion: mark,
    playbookVersion: 1,
    understanding: null,
    facts: [],
    move: mark,
    why: [mark],
    score: { from: 0, to: 1, reasons: [{ part: "fit" as const, subject: mark, points: 1, of: 2, evidence }] },
    outcome: { from: "open" as const, to: "open" as const },
    stages: [],
    wording: mark,
    rejections: [],
    fallback: null,
    usage: { inputTokens: 0, outputTokens: 0, costMicros: 0 },
  };
  return {
    turnRuns: runId,
    turns: await ctx.db.insert("turns", { ...of, turn: { state: "idle", token: 1 } }),
    traces: await ctx.db.insert("traces", { ...of, runId, trace }),
    qualifications: await ctx.db.insert("qualifications", { ...of, contactId, state: newQualification() }),
    facts: await ctx.db.insert("facts", {
      orgId,
      contactId,
      key: "company",
      value: mark,
      confidence: 1,
      source: "lead",
      ...evidence,
    }),
  };
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

/** What a connector would have parsed: a text by phone unless said otherwise. */
export function messageEvent(externalId: string, given: Partial<MessageEvent> = {}): MessageEvent {
  const text = given.text ?? `text of ${externalId}`;
  const kind = given.kind ?? "text";
  const chat = given.chat ?? { kind: "phone" as const, value: "5511987654321" };
  return {
    type: "message",
    key: `msg:${externalId}`,
    chat,
    aliases: [],
    fromMe: false,
    externalId,
    viaApi: false,
    senders: given.fromMe === true ? [] : [chat],
    kind,
    text,
    providerKind: "conversation",
    fingerprint: fingerprintMessage({ kind, text }),
    ...given,
  };
}

export function statusEvent(externalId: string, status: StatusEvent["status"]): StatusEvent {
  const chat = { kind: "phone" as const, value: "5511987654321" };
  return { type: "status", key: `status:${externalId}:${status}`, chat, aliases: [], fromMe: true, externalId, status };
}

/** Sends items through the webhook's mutation, as the route does. */
export async function receive(
  backend: Backend,
  { connectionId, secretId }: TestConnection,
  events: InboundEvent[],
): Promise<FunctionReturnType<typeof api.inbox.ingest.ingest>> {
  const receipt = { bytes: 1, sha256: "digest" };
  const batch = { connectionId, secretId, correlationId: "correlation", receipt, events };
  return asService(backend, "webhooks").mutation(api.inbox.ingest.ingest, batch);
}

/** All rows of some tables, to compare before and after. */
export async function dump(backend: Backend, tables: readonly TableNames[]): Promise<string> {
  return backend.run(async (ctx) => {
    const rows = await Promise.all(tables.map((table) => ctx.db.query(table).collect()));
    return JSON.stringify(rows);
  });
}
