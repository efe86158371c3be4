// Where in the form a problem of the content shows. The check of lib/domain is the one rule book, here and on the server.
import { checkPlaybook } from "@/lib/domain/playbook-check.ts";
import type { PlaybookProblem } from "@/lib/domain/playbook-problem.ts";
import type { PlaybookContent } from "@/lib/domain/playbook.ts";
import { type FormValues, formShape, fromForm, LANGUAGES, STAGES } from "./form-values.ts";

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
  return checkPlaybook(fromForm(values, base)).map(({ path, problem }) => ({ path: fieldOf(path, values), problem }));
}

/** From the content's path to the field's. */
function fieldOf(path: string, values: FormValues): (string | number)[] {
  const [main = "pt"] = values.languages;
  const keys = path.split(".").map((key) => (/^\d+$/.test(key) ? Number(key) : key));
  const [head, second, third] = keys;
  if (path === "offer.summary" || /^offer\.benefits\.\d+$/.test(path) || /^faq\.\d+\.answer$/.test(path)) {
    return [...keys, main];
  }
  if (head === "offer" && second === "links" && third !== undefined) return [...keys, "url"];
  if (head === "prices" && third === "amountCents") return [head, second ?? 0, "amount"];
  if (path === "pacing.debounceMs") return ["pacing", "debounceSeconds"];
  if (path === "pacing.maxWaitMs") return ["pacing", "maxWaitSeconds"];
  if (head === "workingHours" && second === "openings")
    return ["workingHours", "days", ...spanAt(Number(third), values)];
  if (head === "questions" && keys[3] === "wordings") return wordingOf(keys, values);
  return keys;
}

/** Openings are the spans of all days in their order. */
function spanAt(index: number, { workingHours }: FormValues): [number, number] {
  const all = workingHours.days.flatMap((spans, day) => spans.map((_, at) => [day, at] as const));
  const [day, at] = all[index] ?? [0, 0];
  return [day, at];
}

/** Blank wordings are not content: the third that was written may be the second of the content. */
function wordingOf(keys: (string | number)[], values: FormValues): (string | number)[] {
  const [, stageName, at, , languageName, nth] = keys;
  const [main = "pt"] = values.languages;
  const stage = STAGES.find((known) => known === stageName) ?? "situation";
  const language = LANGUAGES.find((known) => known === languageName) ?? main;
  const written = values.questions[stage][Number(at)]?.wordings[language] ?? [];
  const filled = written.flatMap((text, index) => (text.trim() === "" ? [] : [index]));
  return ["questions", stage, Number(at), "wordings", language, filled[Number(nth)] ?? 0];
}
