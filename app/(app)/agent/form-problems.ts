// Where in the form a problem of the content shows. The check of lib/domain is the one rule book, here and on the server.
import { checkPlaybook } from "@/lib/domain/playbook-check.ts";
import type { Language } from "@/lib/domain/playbook-language.ts";
import type { PlaybookProblem } from "@/lib/domain/playbook-problem.ts";
import type { PlaybookContent } from "@/lib/domain/playbook.ts";
import { type FormValues, formShape, fromForm, LANGUAGES, type LocalizedText, STAGES } from "./form-values.ts";

export type FormProblem = { path: (string | number)[]; problem: PlaybookProblem["problem"] };

/** The form's schema: the shape, and everything that the server would refuse. */
export function formSchema(base: PlaybookContent) {
  return formShape.superRefine((values, context) => {
    for (const { path, problem } of findProblems(values, base)) {
      context.addIssue({ code: "custom", path, message: problem });
    }
  });
}

export function findProblems(values: FormValues, base: PlaybookContent): FormProblem[] {
  return checkPlaybook(fromForm(values, base)).map(({ path, problem }) => ({
    path: fieldOf(path, values, problem),
    problem,
  }));
}

/** From the content's path to the field's. */
function fieldOf(path: string, values: FormValues, problem: FormProblem["problem"]): (string | number)[] {
  const keys = path.split(".").map((key) => (/^\d+$/.test(key) ? Number(key) : key));
  const [head, second, third] = keys;
  const text = textAt(keys, values);
  if (text !== null) return [...keys, problem === "too_long" ? longestIn(text, values) : mainOf(values)];
  if (head === "offer" && second === "links" && third !== undefined) return [...keys, "url"];
  if (head === "prices" && third === "amountCents") return [head, second ?? 0, "amount"];
  if (path === "pacing.debounceMs") return ["pacing", "debounceSeconds"];
  if (path === "pacing.maxWaitMs") return ["pacing", "maxWaitSeconds"];
  if (head === "workingHours" && second === "openings")
    return ["workingHours", "days", ...spanAt(Number(third), values)];
  if (head === "questions" && keys[3] === "wordings") return wordingOf(keys, { values, problem });
  return keys;
}

/** The text in its languages that a path leads to; null when it leads elsewhere. */
function textAt([head, second, third, ...rest]: (string | number)[], { offer, faq }: FormValues): LocalizedText | null {
  if (rest.length > 0) return null;
  if (head === "offer" && second === "summary") return offer.summary;
  if (head === "offer" && second === "benefits") return offer.benefits[Number(third)] ?? null;
  return head === "faq" && third === "answer" ? (faq[Number(second)]?.answer ?? null) : null;
}

/** Of the languages that are spoken: the others have no field to show. */
function longestIn(texts: LocalizedText, values: FormValues): Language {
  const [longest = mainOf(values)] = values.languages.toSorted((one, other) => texts[other].length - texts[one].length);
  return longest;
}

function mainOf({ languages: [main = "pt"] }: FormValues): Language {
  return main;
}

/** Openings are the spans of all days in their order. */
function spanAt(index: number, { workingHours }: FormValues): [number, number] {
  const all = workingHours.days.flatMap((spans, day) => spans.map((_, at) => [day, at] as const));
  const [day, at] = all[index] ?? [0, 0];
  return [day, at];
}

/**
 * Blank wordings are not content: the third that was written may be the second of the content. What is said of all of them shows at
 * the longest, or else at the first of the main language.
 */
function wordingOf(
  keys: (string | number)[],
  { values, problem }: { values: FormValues } & Pick<FormProblem, "problem">,
) {
  const [, stageName, at, , languageName, nth] = keys;
  const stage = STAGES.find((known) => known === stageName) ?? "situation";
  const written = values.questions[stage][Number(at)]?.wordings;
  const most = (language: Language) => Math.max(0, ...(written?.[language] ?? []).map(({ length }) => length));
  const [longest = mainOf(values)] = values.languages.toSorted((one, other) => most(other) - most(one));
  const language =
    LANGUAGES.find((known) => known === languageName) ?? (problem === "too_long" ? longest : mainOf(values));
  const own = written?.[language] ?? [];
  const filled = own.flatMap((text, index) => (text.trim() === "" ? [] : [index]));
  const index = problem === "too_long" ? own.findIndex(({ length }) => length === most(language)) : filled[Number(nth)];
  return ["questions", stage, Number(at), "wordings", language, index ?? 0];
}
