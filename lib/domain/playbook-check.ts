// What a validator cannot say about a playbook: ranges, references, and texts that would make the agent break its own rules.
import { checkTexts } from "./playbook-check-texts.ts";
import { isWithin, PLAYBOOK_RANGES } from "./playbook-limits.ts";
import type { PlaybookProblem } from "./playbook-problem.ts";
import type { PlaybookContent } from "./playbook.ts";
import { shapeOfFact } from "./qualification-facts.ts";
import { isTimezone } from "./working-hours.ts";

const DAY_MINUTES = 1_440;

/** Everything that has to be put right before a playbook may be published. */
export function checkPlaybook(playbook: PlaybookContent): PlaybookProblem[] {
  return [
    ...checkTexts(playbook),
    ...whenTrue(playbook.languages.length === 0, "languages", "empty"),
    ...whenTrue(!isTimezone(playbook.workingHours.timezone), "workingHours.timezone", "unknown"),
    ...checkNumbers(playbook),
    ...checkOpenings(playbook),
    ...checkFacts(playbook),
    ...checkQuestions(playbook),
  ];
}

function checkNumbers({ pacing, threshold, prices, handoff }: PlaybookContent): PlaybookProblem[] {
  const { maxWaitMs, amountCents, ...ranges } = PLAYBOOK_RANGES;
  const numbers = [
    { path: "pacing.debounceMs", value: pacing.debounceMs, range: ranges.debounceMs },
    { path: "pacing.maxWaitMs", value: pacing.maxWaitMs, range: { ...maxWaitMs, least: pacing.debounceMs } },
    { path: "pacing.maxUnanswered", value: pacing.maxUnanswered, range: ranges.maxUnanswered },
    { path: "pacing.maxTurnsPerMinute", value: pacing.maxTurnsPerMinute, range: ranges.maxTurnsPerMinute },
    { path: "handoff.maxUnknownQuestions", value: handoff.maxUnknownQuestions, range: ranges.maxUnknownQuestions },
    { path: "threshold", value: threshold, range: ranges.threshold },
    ...prices.map((price, at) => ({ path: `prices.${at}.amountCents`, value: price.amountCents, range: amountCents })),
  ];
  return [
    ...numbers.flatMap(({ path, value, range }) => whenTrue(!isWithin(value, range), path, "out_of_range")),
    ...prices.flatMap(({ currency }, at) => whenTrue(!/^[A-Z]{3}$/.test(currency), `prices.${at}.currency`, "unknown")),
  ];
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

/** One question per turn: a wording may hold no second one, in any language that is spoken. */
function checkQuestions(playbook: PlaybookContent): PlaybookProblem[] {
  return Object.entries(playbook.questions).flatMap(([stage, questions]) =>
    questions.flatMap(({ wordings }, at) =>
      playbook.languages.flatMap((language) =>
        (wordings[language] ?? []).flatMap((wording, nth) =>
          whenTrue(
            (wording.match(/\?+/g) ?? []).length > 1,
            `questions.${stage}.${at}.wordings.${language}.${nth}`,
            "many_questions",
          ),
        ),
      ),
    ),
  );
}

function whenTrue(isWrong: boolean, path: string, problem: PlaybookProblem["problem"]): PlaybookProblem[] {
  return isWrong ? [{ path, problem }] : [];
}
