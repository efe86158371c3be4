// A lead has to hear in every question what the agent meant to ask, or the evaluation judges another conversation.
import { describe, expect, test } from "vitest";
import { PHRASES } from "../offline/phrases.ts";
import { askedTopic } from "./asked.ts";
import { EVALUATION_PLAYBOOKS } from "./playbooks.ts";

const QUESTIONS = Object.values(EVALUATION_PLAYBOOKS).flatMap((playbook) =>
  Object.values(playbook.questions)
    .flat()
    .flatMap(({ fact, wordings }) =>
      [...(wordings.pt ?? []), ...(wordings.en ?? [])].map((wording) => ({ fact, wording })),
    ),
);

describe("what a lead hears", () => {
  test.each(QUESTIONS)("$wording asks for $fact", ({ fact, wording }) => {
    expect(askedTopic(["Certo!", wording])).toBe(fact);
  });

  test.each([...Object.values(PHRASES.pt.askForTime).flat(), ...Object.values(PHRASES.en.askForTime).flat()])(
    "%s asks for a time",
    (wording) => {
      expect(askedTopic([wording])).toBe("meeting");
    },
  );
});
