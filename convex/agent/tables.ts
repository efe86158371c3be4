import { defineTable } from "convex/server";
import { v } from "convex/values";
import { playbookContentValidator } from "../../lib/domain/playbook.ts";
import { factSourceValidator, factValueValidator } from "../../lib/domain/qualification-facts.ts";
import { qualificationStateValidator } from "../../lib/domain/qualification-state.ts";
import { idleTurn, runningTurn, waitingTurn } from "../../lib/domain/turn-state.ts";
import { attentionValidator, runOutcomeValidator, traceValidator } from "./validators.ts";

const ofConversation = { orgId: v.id("organizations"), conversationId: v.id("conversations") };

export const agentTables = {
  /**
   * What the agent knows and how it sells, a row a version. Published by a member; the one before becomes archived and
   * stays, since turns name the version they spoke from.
   */
  playbooks: defineTable({
    orgId: v.id("organizations"),
    version: v.number(), // 1, 2, …
    state: v.union(v.literal("published"), v.literal("archived")),
    content: playbookContentValidator,
    authorId: v.id("members"),
  })
    .index("by_org_and_version", ["orgId", "version"])
    .index("by_org_and_state", ["orgId", "state"]),

  /** Whether the agent waits, thinks or rests, a row a conversation (I6). Made by the first message that is the agent's to answer. */
  turns: defineTable({ ...ofConversation, turn: v.union(idleTurn, waitingTurn, runningTurn) })
    .index("by_conversation", ["conversationId"])
    .index("by_state_and_dueAt", ["turn.state", "turn.dueAt"])
    .index("by_state_and_leaseUntil", ["turn.state", "turn.leaseUntil"]),

  /** Runs that ended, however they did. Append-only. */
  turnRuns: defineTable({
    ...ofConversation,
    outcome: runOutcomeValidator,
    reason: v.optional(v.string()),
    startedAt: v.optional(v.number()), // absent when nobody lived to tell
    endedAt: v.number(),
    throughSeq: v.optional(v.number()),
  }).index("by_conversation_and_outcome_and_endedAt", ["conversationId", "outcome", "endedAt"]),

  /** Why a committed run did what it did: "why this reply". Read on demand. */
  traces: defineTable({ ...ofConversation, runId: v.id("turnRuns"), trace: traceValidator }).index("by_run", ["runId"]),

  /** What the agent remembers of a conversation beside the facts. Replaced by every committed run. */
  qualifications: defineTable({
    ...ofConversation,
    contactId: v.id("contacts"),
    state: qualificationStateValidator,
    /** Set when the agent leaves the conversation to people; gone when it is given back. */
    attention: v.optional(attentionValidator),
    /** What `attention` was before somebody took over, for who takes that back. */
    pastAttention: v.optional(attentionValidator),
  }).index("by_conversation", ["conversationId"]),

  /** What is known of a contact. A fact that was replaced stays and names its successor; one that a person removed stays too. */
  facts: defineTable({
    orgId: v.id("organizations"),
    contactId: v.id("contacts"),
    key: v.string(),
    value: factValueValidator,
    confidence: v.number(),
    source: factSourceValidator,
    messageId: v.optional(v.id("messages")),
    quote: v.optional(v.string()),
    supersededBy: v.optional(v.id("facts")),
    memberId: v.optional(v.id("members")), // who said so, for source `member`
    forgottenAt: v.optional(v.number()), // a person removed it, and what it had replaced: not to be read again
  })
    .index("by_contact_and_supersededBy", ["contactId", "supersededBy"])
    .index("by_contact_and_forgottenAt", ["contactId", "forgottenAt"]),
};
