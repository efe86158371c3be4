// From a move to messages that may go out: draft, verify, one rewrite, then the template, and when even that is refused a person.
import type { Gathered } from "./gather.ts";
import { writeFromTemplate } from "./offline/write.ts";
import type { Brain, BrainUsage, Draft, Move, Reading, Rejection, Trace, WriteRequest } from "./types.ts";
import { verify } from "./verify.ts";

export type Wording = {
  /** The policy's move, or a hand-off when nothing safe could be said for it. */
  move: Move;
  messages: readonly string[];
  by: Trace["wording"];
  rejections: readonly Rejection[];
  fallback: string | null;
  usage: BrainUsage;
};

type Job = { request: WriteRequest; brain: Brain; proposal: Reading["proposal"]; gathered: Gathered };

export async function wordMove(job: Job): Promise<Wording> {
  const { request } = job;
  const wording: Wording = {
    move: request.move,
    messages: [],
    by: "none",
    rejections: [],
    fallback: null,
    usage: noUsage(),
  };
  if (request.move.kind === "stay_silent") return wording;
  try {
    return await wordByBrain(job, wording);
  } catch (error) {
    const fallback = error instanceof Error ? error.message : "the brain failed";
    return wordByTemplate(job, { ...wording, fallback });
  }
}

async function wordByBrain(job: Job, wording: Wording): Promise<Wording> {
  const { request, brain } = job;
  const proposed = job.proposal?.move === request.move.kind ? job.proposal.draft : null;
  const first = proposed ?? (await brain.write(request));
  const refused = rejectionsOf(first, job);
  const usage = add(wording.usage, first.usage);
  if (refused.length === 0) return { ...wording, messages: first.messages, by: "brain", usage };
  const second = await brain.write({ ...request, rejections: refused });
  const refusedAgain = rejectionsOf(second, job);
  const spent = { rejections: [...refused, ...refusedAgain], usage: add(usage, second.usage) };
  if (refusedAgain.length === 0) return { ...wording, ...spent, messages: second.messages, by: "brain_rewrite" };
  return wordByTemplate(job, { ...wording, ...spent });
}

/** The template speaks from the playbook alone; should a tenant's own text break a rule, a person takes over. */
function wordByTemplate(job: Job, wording: Wording): Wording {
  const draft = { messages: writeFromTemplate(job.request) };
  const refused = rejectionsOf(draft, job);
  const rejections = [...wording.rejections, ...refused];
  if (refused.length === 0) return { ...wording, messages: draft.messages, by: "template", rejections };
  const move: Move = { kind: "hand_off", reason: "nothing_safe_to_say" };
  const messages = writeFromTemplate({ ...job.request, move, learned: [], absence: null });
  return { ...wording, move, messages, by: "template", rejections };
}

function rejectionsOf(draft: Draft, { request, gathered }: Job): Rejection[] {
  const { move, input, language, facts, absence } = request;
  return verify({ draft, move, input, language, facts, absence, lastSaid: gathered.lastSaid });
}

function add(usage: BrainUsage, more: BrainUsage | undefined): BrainUsage {
  if (!more) return usage;
  return {
    inputTokens: usage.inputTokens + more.inputTokens,
    outputTokens: usage.outputTokens + more.outputTokens,
    costMicros: usage.costMicros + more.costMicros,
  };
}

function noUsage(): BrainUsage {
  return { inputTokens: 0, outputTokens: 0, costMicros: 0 };
}
