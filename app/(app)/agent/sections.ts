import type { FormValues } from "./form-values.ts";

/** The parts of the form in their order, and what each holds. */
export const SECTIONS = [
  { id: "company", holds: ["company"] },
  { id: "voice", holds: ["agentName", "tone", "languages", "optOutWords"] },
  { id: "offer", holds: ["offer"] },
  { id: "prices", holds: ["prices"] },
  { id: "questions", holds: ["questions"] },
  { id: "faq", holds: ["faq"] },
  { id: "hours", holds: ["workingHours"] },
  { id: "handoff", holds: ["handoff"] },
  { id: "pacing", holds: ["pacing"] },
] as const satisfies readonly { id: string; holds: readonly (keyof FormValues)[] }[];

export type SectionId = (typeof SECTIONS)[number]["id"];

/** Where two states of the form differ. */
export function changedSections(before: FormValues, after: FormValues): SectionId[] {
  return SECTIONS.filter(({ holds }) => holds.some((key) => fingerprint(before[key]) !== fingerprint(after[key]))).map(
    ({ id }) => id,
  );
}

/** Equal for equal values, in whatever order their keys came. */
function fingerprint(value: unknown): string {
  return JSON.stringify(value, (_, nested: unknown) =>
    typeof nested === "object" && nested !== null && !Array.isArray(nested)
      ? Object.fromEntries(Object.entries(nested).toSorted(([left], [right]) => left.localeCompare(right)))
      : nested,
  );
}
