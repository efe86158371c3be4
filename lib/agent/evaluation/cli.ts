// npm run eval:agent [-- --seeds 5] [-- --half tuning] [-- --wrong] [-- --show tp01]
// Plays the simulated leads against the offline brain, prints the table and fails when the held-out half misses the gate.
// `--show` prints the conversation of one lead of the tuning half; held-out conversations are not shown, only counted.
import { parseArgs } from "node:util";
import { judge, type Judgement } from "./judge.ts";
import { readLeads } from "./lead-file.ts";
import { type Conversation, play } from "./play.ts";
import { missedGates, renderTable, summarize } from "./report.ts";

const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "5" },
    half: { type: "string" },
    show: { type: "string" },
    wrong: { type: "boolean", default: false },
  },
});
const leads = readLeads();
const HALVES = (["tuning", "held-out"] as const).filter((half) => values.half === undefined || values.half === half);
const seeds = Array.from({ length: Number(values.seeds) }, (_, at) => at + 1);

if (values.show === undefined) await evaluate();
else await show(values.show);

async function evaluate(): Promise<void> {
  const rows: { name: string; half: string; judgements: Judgement[] }[] = [];
  for (const half of HALVES) {
    for (const seed of seeds) {
      const judgements: Judgement[] = [];
      for (const lead of leads.filter((candidate) => candidate.half === half))
        judgements.push(judge(await play(lead, seed)));
      rows.push({ name: `${half}, seed ${seed}`, half, judgements });
    }
  }
  const all = (half: string) => rows.filter((row) => row.half === half).flatMap((row) => row.judgements);
  const total = HALVES.map((half) => ({ name: `${half}, all`, scores: summarize(all(half)) }));
  print(renderTable([...rows.map(({ name, judgements }) => ({ name, scores: summarize(judgements) })), ...total]));
  if (values.wrong) printWrong(all("tuning"));
  const judged = HALVES.at(-1) ?? "held-out";
  const missed = missedGates(summarize(all(judged)));
  for (const gate of missed) print(`MISSED on the ${judged} half: ${gate}`);
  process.exitCode = missed.length > 0 ? 1 : 0;
}

/** What went wrong in the tuning half: the only half that is for looking at. */
function printWrong(judgements: readonly Judgement[]): void {
  for (const {
    id,
    isOutcomeRight,
    outcome,
    wrongFacts,
    repeatedQuestions,
    stagesDone,
    stagesExpected,
    inventions,
    wrongLanguage,
  } of judgements) {
    const isFine =
      isOutcomeRight &&
      wrongFacts.length === 0 &&
      repeatedQuestions === 0 &&
      stagesDone >= stagesExpected &&
      inventions + wrongLanguage === 0;
    if (!isFine)
      print(
        JSON.stringify({
          id,
          outcome: isOutcomeRight ? "ok" : outcome,
          stages: `${stagesDone}/${stagesExpected}`,
          repeatedQuestions,
          inventions,
          wrongLanguage,
          wrongFacts,
        }),
      );
  }
}

async function show(id: string): Promise<void> {
  const lead = leads.find((candidate) => candidate.id === id && candidate.half === "tuning");
  if (!lead) throw new Error(`no lead ${id} in the tuning half`);
  for (const seed of seeds) printConversation(await play(lead, seed));
}

function printConversation({ lead, messages, state, facts }: Conversation): void {
  print(`\n# ${lead.id} (${lead.persona}) -> ${state.outcome} (${state.outcomeReason ?? ""}), score ${state.score}`);
  for (const message of messages)
    print(`${message.from === "lead" ? "  lead " : "agent "} ${message.text ?? `[${message.kind}]`}`);
  print(facts.map((fact) => `${fact.key}=${JSON.stringify(fact.value)}`).join(" · "));
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
