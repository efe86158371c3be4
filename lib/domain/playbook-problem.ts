// What a check of a playbook says of a field.

/** `path` names the field for the form; `problem` is a code to be worded there. */
export type PlaybookProblem = {
  path: string;
  problem: "empty" | "out_of_range" | "unknown" | "many_questions" | "too_long" | "too_many" | "not_link";
};
