// What a validator cannot say about a playbook: ranges, references, and texts that would make the agent break its own rules.
import type { PlaybookContent } from "./playbook.ts";
import { shapeOfFact } from "./qualification-facts.ts";
import { isTimezone } from "./working-hours.ts";

/** `path` names the field for the form; `problem` is a code to be worded there. */
export type PlaybookProblem = { path: string; problem: "empty" | "out_of_range" | "unknown" | "many_questions" };

const LONGEST_WAIT_MS = 600_000;
const LONGEST_DEBOUNCE_MS = 120_000;
const DAY_MINUTES = 1_440;

/** Everything that has to be put right before a playbook may be published. */
export function checkPlaybook(playbook: PlaybookContent): PlaybookProblem[] {
  return [
    ...whenTrue(playbook.company.name.trim() === "", "company.name", "empty"),
    ...whenTrue(playbook.agentName.trim() === "", "agentName", "empty"),
    ...whenTrue(playbook.languages.length === 0, "languages", "empty"),
    ...whenTrue(!isTimezone(playbook.workingHours.timezone), "workingHours.timezone", "unknown"),
    ...checkNumbers(playbook),
    ...checkOpenings(playbook),
    ...checkFacts(playbook),
    ...checkQuestions(playbook),
  ];
}

function checkNumbers({ pacing, threshold, prices, handoff }: PlaybookContent): PlaybookProblem[] {
  const ranges = [
    { path: "pacing.debounceMs", value: pacing.debounceMs, least: 0, most: LONGEST_DEBOUNCE_MS },
    { path: "pacing.maxWaitMs", value: pacing.maxWaitMs, least: pacing.debounceMs, most: LONGEST_WAIT_MS },
    { path: "pacing.maxUnanswered", value: pacing.maxUnanswered, least: 1, most: 10 },
    { path: "pacing.maxTurnsPerMinute", value: pacing.maxTurnsPerMinute, least: 1, most: 60 },
    { path: "handoff.maxUnknownQuestions", value: handoff.maxUnknownQuestions, least: 1, most: 10 },
    { path: "threshold", value: threshold, least: 0, most: 100 },
    ...prices.map((price, at) => ({
      path: `prices.${at}.amountCents`,
      value: price.amountCents,
      least: 0,
      most: Number.MAX_SAFE_INTEGER,
    })),
  ];
  return ranges.flatMap(({ path, value, least, most }) =>
    whenTrue(!Number.isInteger(value) || value < least || value > most, path, "out_of_range"),
  );
}

function checkOpenings({ workingHours }: PlaybookContent): PlaybookProblem[] {
  return workingHours.openings.flatMap((opening, at) => {
    const isWeekday = Number.isInteger(opening.weekday) && opening.weekday >= 0 && opening.weekday <= 6;
    const isSpan = opening.opensAtMinute >= 0 && opening.opensAtMinute < opening.closesAtMinute;
    const isSound = isWeekday && isSpan && opening.closesAtMinute <= DAY_MINUTES;
    return whenTrue(!isSound, `workingHours.openings.${at}`, "out_of_range");
  });
}

/** Questions, criteria and requirements may only name facts that exist. */
function checkFacts(playbook: PlaybookContent): PlaybookProblem[] {
  const named = [
    ...playbook.requiredFacts.map((fact, at) => ({ fact, path: `requiredFacts.${at}` })),
    ...playbook.criteria.map(({ fact }, at) => ({ fact, path: `criteria.${at}.fact` })),
    ...Object.entries(playbook.questions).flatMap(([stage, questions]) =>
      questions.map(({ fact }, at) => ({ fact, path: `questions.${stage}.${at}.fact` })),
    ),
  ];
  return named.flatMap(({ fact, path }) => whenTrue(shapeOfFact(fact, playbook.customFacts) === null, path, "unknown"));
}

/** One question per turn: a wording may hold no second one. */
function checkQuestions(playbook: PlaybookContent): PlaybookProblem[] {
  return Object.entries(playbook.questions).flatMap(([stage, questions]) =>
    questions.flatMap(({ wordings }, at) => {
      const isMany = Object.values(wordings)
        .flat()
        .some((wording) => (wording.match(/\?+/g) ?? []).length > 1);
      return whenTrue(isMany, `questions.${stage}.${at}.wordings`, "many_questions");
    }),
  );
}

function whenTrue(isWrong: boolean, path: string, problem: PlaybookProblem["problem"]): PlaybookProblem[] {
  return isWrong ? [{ path, problem }] : [];
}
