/** What other domains know of the agent: its playbook, and when it may, must or must no longer speak (I6). */
import type { PlaybookContent } from "../../lib/domain/playbook.ts";
import { barrierToThink, type Gate } from "../../lib/domain/turn-gate.ts";
import { NEW_TURN, type Said, type Turn, type TurnJob } from "../../lib/domain/turn-state.ts";
import * as rules from "../../lib/domain/turn.ts";
import { internal } from "../_generated/api";
import type { Doc, Id } from "../_generated/dataModel";
import type { MutationCtx, QueryCtx } from "../_generated/server";

type Read = Pick<QueryCtx, "db">;
type Write = Pick<MutationCtx, "db" | "scheduler">;
type Conversation = Doc<"conversations">;
type TurnRow = Doc<"turns">;

/** The version that the agent speaks from; null before the first run. */
export async function loadPublishedPlaybook(ctx: Read, orgId: Id<"organizations">): Promise<Doc<"playbooks"> | null> {
  return ctx.db
    .query("playbooks")
    .withIndex("by_org_and_state", (q) => q.eq("orgId", orgId).eq("state", "published"))
    .unique();
}

/**
 * Makes `content` the next version and archives the one before; one of an organization's is published at any time. The
 * first one lets the agent speak: what was said before it gets its turn.
 */
export async function publishPlaybook(
  ctx: Write,
  { orgId, authorId, content }: { orgId: Id<"organizations">; authorId: Id<"members">; content: PlaybookContent },
): Promise<number> {
  const current = await loadPublishedPlaybook(ctx, orgId);
  if (current !== null) await ctx.db.patch("playbooks", current._id, { state: "archived" });
  else await resumeAll(ctx, orgId);
  const version = (current?.version ?? 0) + 1;
  await ctx.db.insert("playbooks", { orgId, version, state: "published", content, authorId });
  return version;
}

/** What may be the agent's to answer in any conversation of the organization gets its turn, soon. */
export async function resumeAll(ctx: Pick<MutationCtx, "scheduler">, orgId: Id<"organizations">): Promise<void> {
  await ctx.scheduler.runAfter(0, internal.agent.jobs.resume, { orgId, cursor: null });
}

/** What turns and deliveries are allowed to do now. Read in the transaction that acts on it. */
export async function loadGate(ctx: Read, { orgId, level, handler }: Conversation): Promise<Gate> {
  const org = await ctx.db.get("organizations", orgId);
  return { agentEnabled: org?.agentEnabled ?? false, level, handler: handler.kind };
}

export function saidIn({ inboundSeq, answeredSeq, revision, lastInboundAt = 0 }: Conversation): Said {
  return { inboundSeq, answeredSeq, revision, lastInboundAt };
}

/** The contact said something; `conversation` as it is after that. */
export async function askForTurn(ctx: Write, conversation: Conversation, now: number): Promise<void> {
  const facts = await loadAsking(ctx, conversation, now);
  if (facts === null) return;
  const row = await loadRow(ctx, conversation._id);
  await take(ctx, { conversation, row, decision: rules.askForTurn(turnOf(row), facts) });
}

/** The contact is writing. */
export async function extendTurn(ctx: Write, conversation: Conversation, now: number): Promise<void> {
  const row = await loadRow(ctx, conversation._id);
  const turn = turnOf(row);
  if (turn.state !== "waiting") return;
  const facts = await loadAsking(ctx, conversation, now);
  if (facts !== null) await take(ctx, { conversation, row, decision: rules.extendTurn(turn, facts) });
}

/** The agent may speak here again; `conversation` as it is after that. */
export async function resumeTurn(ctx: Write, conversation: Conversation, now: number): Promise<void> {
  const facts = await loadAsking(ctx, conversation, now);
  if (facts === null) return;
  const row = await loadRow(ctx, conversation._id);
  const decision = rules.resumeTurn(turnOf(row), { ...facts, said: saidIn(conversation) });
  await take(ctx, { conversation, row, decision });
}

/** Voids whatever the agent is about to say. Answers the `answeredSeq` that the caller writes with the new handler. */
export async function silenceTurn(
  ctx: Write,
  conversation: Conversation,
  cause: "took_over" | "replied",
): Promise<number> {
  const turn = await loadTurn(ctx, conversation._id);
  const silence = rules.silenceTurn(turn, { said: saidIn(conversation), cause });
  await saveTurn(ctx, conversation, silence.turn);
  return silence.answeredSeq;
}

/** People no longer need to be told why the agent left. */
export async function clearAttention(ctx: Pick<MutationCtx, "db">, conversationId: Id<"conversations">): Promise<void> {
  const row = await loadQualification(ctx, conversationId);
  if (row?.attention === undefined) return;
  await ctx.db.patch("qualifications", row._id, { attention: undefined, pastAttention: row.attention });
}

/** They need to be told again, as they were last. */
export async function restoreAttention(
  ctx: Pick<MutationCtx, "db">,
  conversationId: Id<"conversations">,
): Promise<void> {
  const row = await loadQualification(ctx, conversationId);
  if (row?.pastAttention === undefined) return;
  await ctx.db.patch("qualifications", row._id, { attention: row.pastAttention, pastAttention: undefined });
}

export async function loadQualification(
  ctx: Read,
  conversationId: Id<"conversations">,
): Promise<Doc<"qualifications"> | null> {
  return ctx.db
    .query("qualifications")
    .withIndex("by_conversation", (q) => q.eq("conversationId", conversationId))
    .unique();
}

export async function loadTurn(ctx: Read, conversationId: Id<"conversations">): Promise<Turn> {
  return turnOf(await loadRow(ctx, conversationId));
}

export async function saveTurn(ctx: Pick<MutationCtx, "db">, conversation: Conversation, turn: Turn): Promise<void> {
  await writeTurn(ctx, { conversation, row: await loadRow(ctx, conversation._id), turn });
}

async function writeTurn(
  ctx: Pick<MutationCtx, "db">,
  { conversation, row, turn }: { conversation: Conversation; row: TurnRow | null; turn: Turn },
): Promise<void> {
  const { _id: conversationId, orgId } = conversation;
  if (row === null) await ctx.db.insert("turns", { orgId, conversationId, turn });
  else await ctx.db.patch("turns", row._id, { turn });
}

export async function scheduleTurnJobs(
  ctx: Pick<MutationCtx, "scheduler">,
  { _id: conversationId, orgId }: Pick<Conversation, "_id" | "orgId">,
  jobs: readonly TurnJob[],
): Promise<void> {
  for (const { run, token, at } of jobs) {
    const args = { orgId, conversationId, token };
    if (run === "begin") await ctx.scheduler.runAt(at, internal.agent.turns.begin, args);
    else if (run === "expire") await ctx.scheduler.runAt(at, internal.agent.turns.expire, args);
    else await ctx.scheduler.runAt(at, internal.agent.think.think, args);
  }
}

async function take(
  ctx: Write,
  { conversation, row, decision }: { conversation: Conversation; row: TurnRow | null; decision: rules.AskDecision },
): Promise<void> {
  if (decision.kind === "keep") return;
  await writeTurn(ctx, { conversation, row, turn: decision.turn });
  await scheduleTurnJobs(ctx, conversation, decision.schedule);
}

/** Null while the agent may not speak here, or while there is no playbook: it has nothing to say then. */
async function loadAsking(ctx: Read, conversation: Conversation, now: number) {
  const gate = await loadGate(ctx, conversation);
  if (barrierToThink(gate) !== null) return null;
  const playbook = await loadPublishedPlaybook(ctx, conversation.orgId);
  return playbook === null ? null : { now, gate, pacing: playbook.content.pacing };
}

function turnOf(row: TurnRow | null): Turn {
  return row?.turn ?? NEW_TURN;
}

async function loadRow(ctx: Read, conversationId: Id<"conversations">): Promise<TurnRow | null> {
  return ctx.db
    .query("turns")
    .withIndex("by_conversation", (q) => q.eq("conversationId", conversationId))
    .unique();
}
