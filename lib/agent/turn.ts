// One turn: gather -> guard -> understand -> decide -> write -> verify. Pure but for the brain; the result is for one mutation
// to commit. A brain that fails costs the wording of a turn, never the turn.
import type { Language } from "../domain/playbook-language.ts";
import { SPIN_STAGES } from "../domain/playbook.ts";
import { applyFactChanges, type FactChange, type KnownFact, planFactChanges } from "../domain/qualification-facts.ts";
import { type Gathered, gather, readable } from "./gather.ts";
import { guard, type Stop } from "./guard.ts";
import { summarizeHandoff } from "./handoff.ts";
import { describeAbsence } from "./hours-text.ts";
import { offlineBrain } from "./offline/brain.ts";
import { decide, type Situation } from "./policy.ts";
import { evaluate, settle } from "./reduce.ts";
import { isStalled, wasUntrusted } from "./stall.ts";
import type { Brain, BrainUsage, Decision, Move, Reading, TurnInput, TurnResult, Understanding } from "./types.ts";
import { verifyQuotes } from "./verify-quotes.ts";
import { wordMove, type Wording } from "./wording.ts";

/** Changes when prompts, lexicons or templates change what a turn would say. */
const PROMPT_VERSION = "2026-11-21";
const NO_USAGE: BrainUsage = { inputTokens: 0, outputTokens: 0, costMicros: 0 };

type Understood = { reading: Reading; brain: Brain; fallback: string | null };

/** Never throws for what a brain does; the same input and brain give the same result. */
export async function runTurn(snapshot: TurnInput, brain: Brain = offlineBrain): Promise<TurnResult> {
  const input = {
    ...snapshot,
    contactName: spokenName(snapshot.contactName),
    messages: readable(snapshot.messages),
  };
  const gathered = gather(input);
  const stop = guard(input, gathered);
  if (stop) return stopped(input, gathered, { stop, brain });
  const understood = await understand(input, brain);
  const understanding = verifyQuotes(understood.reading.understanding, input);
  const changes = planFactChanges({
    known: input.facts,
    read: understanding.facts,
    custom: input.playbook.customFacts,
  });
  const facts = applyFactChanges(input.facts, changes);
  const language = replyLanguage(understanding, input);
  const situation = situate({ input, gathered, understanding, facts, language, brain: understood.brain });
  const decision = decide(situation);
  const wording = await wordMove({
    proposal: understood.reading.proposal,
    brain: understood.brain,
    gathered,
    request: {
      input,
      understanding,
      move: decision.move,
      language,
      facts,
      learned: learnedKeys(changes),
      absence: absenceFor(decision.move, input, language),
      rejections: [],
    },
  });
  return finished({ input, gathered, understood, understanding, changes, facts, situation, decision, wording });
}

/** A profile name that can be said; flowers and dots are not one, and the lead is asked. */
function spokenName(shown: string | undefined): string | undefined {
  return shown !== undefined && /\p{L}{2}/u.test(shown) ? shown : undefined;
}

async function understand(input: TurnInput, brain: Brain): Promise<Understood> {
  try {
    return { reading: await brain.understand(input), brain, fallback: null };
  } catch (error) {
    const reading = await offlineBrain.understand(input);
    return { reading, brain: offlineBrain, fallback: error instanceof Error ? error.message : "the brain failed" };
  }
}

/** The lead's language when it can be written at all; English is what a stranger most likely reads. */
function replyLanguage(understanding: Understanding, input: TurnInput): Language {
  if (understanding.language !== "other") return understanding.language;
  return input.playbook.languages.includes("en") ? "en" : (input.playbook.languages[0] ?? "en");
}

function situate(turn: {
  input: TurnInput;
  gathered: Gathered;
  understanding: Understanding;
  facts: readonly KnownFact[];
  language: Language;
  brain: Brain;
}): Situation {
  const { input, understanding, facts, language } = turn;
  const { spin, signals, score, reasons, asked } = evaluate({ input, understanding, facts, language });
  const read = understanding.language;
  return {
    playbook: input.playbook,
    contactName: input.contactName,
    gathered: turn.gathered,
    understanding,
    facts,
    spin,
    signals,
    score,
    state: { ...input.state, asked, reasons },
    language,
    isStalled: isStalled(input.messages, facts),
    wasUntrusted: wasUntrusted(input.messages),
    isServed: read !== "other" && input.playbook.languages.includes(read) && turn.brain.speaks.includes(read),
  };
}

/** The team's absence matters when the lead is told that a person will answer. */
function absenceFor(move: Move, input: TurnInput, language: Language): string | null {
  const isAnnounced = input.playbook.workingHours.outside === "announce" && move.kind === "hand_off";
  return isAnnounced ? describeAbsence(input.playbook.workingHours, input.now, language) : null;
}

function learnedKeys(changes: readonly FactChange[]): string[] {
  return changes.map((change) => change.fact.key);
}

function finished(turn: {
  input: TurnInput;
  gathered: Gathered;
  understood: Understood;
  understanding: Understanding;
  changes: readonly FactChange[];
  facts: readonly KnownFact[];
  situation: Situation;
  decision: Decision;
  wording: Wording;
}): TurnResult {
  const { input, situation, wording } = turn;
  const { move } = wording;
  const why = move === turn.decision.move ? turn.decision.why : [...turn.decision.why, "nothing_safe_to_say"];
  const state = settle(situation, move);
  return {
    understanding: turn.understanding,
    factChanges: turn.changes,
    state,
    change: describeChange(input, state),
    move,
    why,
    messages: wording.messages,
    handoff: move.kind === "hand_off" ? summarizeHandoff(move, input, turn.facts) : null,
    optOut: move.kind === "confirm_opt_out",
    pause: move.kind === "stay_silent" && move.reason === "abuse" ? "abuse" : null,
    waitUntil: null,
    trace: {
      brain: turn.understood.brain.id,
      promptVersion: PROMPT_VERSION,
      playbookVersion: input.playbookVersion,
      read: turn.gathered.fresh.map((message) => message.id),
      understanding: turn.understanding,
      move,
      why,
      wording: wording.by,
      rejections: wording.rejections,
      fallback: turn.understood.fallback ?? wording.fallback,
      usage: addUsage(turn.understood.reading.usage ?? NO_USAGE, wording.usage),
    },
  };
}

function describeChange(input: TurnInput, state: TurnResult["state"]): TurnResult["change"] {
  const stages = SPIN_STAGES.flatMap((stage) => {
    const to = state.spin[stage].state;
    return to === "open" || to === input.state.spin[stage].state ? [] : [{ stage, to }];
  });
  return {
    score: { from: input.state.score, to: state.score, reasons: state.reasons },
    outcome: { from: input.state.outcome, to: state.outcome, reason: state.outcomeReason },
    stages,
  };
}

function stopped(input: TurnInput, gathered: Gathered, by: { stop: Stop; brain: Brain }): TurnResult {
  const move: Move = { kind: "stay_silent", reason: by.stop.reason };
  return {
    understanding: null,
    factChanges: [],
    state: input.state,
    change: describeChange(input, input.state),
    move,
    why: [by.stop.reason],
    messages: [],
    handoff: null,
    optOut: false,
    pause: by.stop.pause ? by.stop.reason : null,
    waitUntil: by.stop.waitUntil,
    trace: {
      brain: by.brain.id,
      promptVersion: PROMPT_VERSION,
      playbookVersion: input.playbookVersion,
      read: gathered.fresh.map((message) => message.id),
      understanding: null,
      move,
      why: [by.stop.reason],
      wording: "none",
      rejections: [],
      fallback: null,
      usage: NO_USAGE,
    },
  };
}

function addUsage(a: BrainUsage, b: BrainUsage): BrainUsage {
  return {
    inputTokens: a.inputTokens + b.inputTokens,
    outputTokens: a.outputTokens + b.outputTokens,
    costMicros: a.costMicros + b.costMicros,
  };
}
