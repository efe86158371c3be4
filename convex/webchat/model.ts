/** The chat on an organization's page: its connection, a visitor's thread in it, and how often they may do something. */
import type { Address } from "../../lib/connectors/events.ts";
import { foldForSearch } from "../../lib/domain/search-text.ts";
import { type BucketRule, takeToken } from "../../lib/domain/token-bucket.ts";
import { fail } from "../../lib/errors.ts";
import type { Doc, Id } from "../_generated/dataModel";
import type { MutationCtx, QueryCtx } from "../_generated/server";
import { loadThreadOf } from "../inbox/model.ts";

type Read = Pick<QueryCtx, "db">;
type Write = Pick<MutationCtx, "db">;
type Connection = Doc<"connections">;
type Conversation = Doc<"conversations">;
/** What the `visitor*` wrappers give. */
export type Visitor = { org: Doc<"organizations">; visitorId: string };

const RULES = {
  message: { burst: 8, perMinute: 20 },
  /** Typing and having read. */
  signal: { burst: 20, perMinute: 60 },
  /** Tokens for pages: each open page asks for one in a quarter of an hour. */
  session: { burst: 30, perMinute: 30 },
  /** The same where the host does not say who asks: all callers share it. */
  anySession: { burst: 300, perMinute: 300 },
} as const satisfies Record<string, BucketRule>;

const NAMELESS = { "pt-BR": "Visitante", en: "Visitor", es: "Visitante" } as const;

/** The organization's chat while it is on; null when it is off or never was on. */
export async function loadOpenChat(ctx: Read, orgId: Id<"organizations">): Promise<Connection | null> {
  return ctx.db
    .query("connections")
    .withIndex("by_connector_and_liveAccount", (q) => q.eq("connector", "webchat").eq("liveAccount", orgId))
    .unique();
}

export async function requireOpenChat(ctx: Read & Visitor): Promise<Connection> {
  return (await loadOpenChat(ctx, ctx.org._id)) ?? fail("unavailable", { what: "webchat" });
}

/** The organization whose page has this address: one that is active, if there is one. */
export async function loadOrganizationBySlug(ctx: Read, slug: string): Promise<Doc<"organizations"> | null> {
  if (slug === "") return null;
  const found = await ctx.db
    .query("organizations")
    .withIndex("by_slug", (q) => q.eq("slug", slug))
    .take(10);
  return found.find(({ status }) => status === "active") ?? found[0] ?? null;
}

export function addressOf(visitorId: string): Address {
  return { kind: "webchat", value: visitorId };
}

/** The visitor's own thread; null before their first message. */
export async function loadThread(
  ctx: Read & Visitor,
  connection: Connection,
): Promise<{ conversation: Conversation; messages: (limit: number) => Promise<Doc<"messages">[]> } | null> {
  const conversation = await loadThreadOf(ctx, { connection, address: addressOf(ctx.visitorId) });
  if (conversation === null) return null;
  const messages = (limit: number) =>
    ctx.db
      .query("messages")
      .withIndex("by_conversation_and_sortAt_and_seq", (q) => q.eq("conversationId", conversation._id))
      .order("desc")
      .take(limit);
  return { conversation, messages };
}

/** Somebody who did not say their name is told apart by the end of their id, in the team's list and its search. */
export async function nameVisitor(ctx: Write & Visitor, connection: Connection): Promise<void> {
  const conversation = await loadThreadOf(ctx, { connection, address: addressOf(ctx.visitorId) });
  if (conversation?.title !== ctx.visitorId) return;
  const title = `${NAMELESS[ctx.org.locale]} ${ctx.visitorId.slice(-4).toUpperCase()}`;
  await ctx.db.patch("conversations", conversation._id, { title });
  await ctx.db.patch("contacts", conversation.contactId, { searchText: foldForSearch({ name: title }) });
}

type Spending = { orgId: Id<"organizations">; what: keyof typeof RULES; whose: string };

/** Counts one more; answers 0, or how long to wait when it is too much, and nothing is counted. */
export async function spend(ctx: Write, { orgId, what, whose }: Spending): Promise<number> {
  const key = `${what}:${whose}`;
  const row = await ctx.db
    .query("visitorLimits")
    .withIndex("by_org_and_key", (q) => q.eq("orgId", orgId).eq("key", key))
    .unique();
  const taken = takeToken(RULES[what], row, Date.now());
  if (!taken.ok) return taken.retryAfterMs;
  if (row === null) await ctx.db.insert("visitorLimits", { orgId, key, ...taken.bucket });
  else await ctx.db.patch("visitorLimits", row._id, taken.bucket);
  return 0;
}
