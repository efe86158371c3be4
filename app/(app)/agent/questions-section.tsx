"use client";

import { useTranslations } from "next-intl";
import { useFieldArray, useFormContext } from "react-hook-form";
import { type FormValues, NO_QUESTION, type Stage, STAGES } from "./form-values.ts";
import { QuestionRow } from "./question-row.tsx";
import { Rows } from "./rows.tsx";
import { Section } from "./section.tsx";
import { Subsection } from "./subsection.tsx";

type QuestionsSectionProps = { customFacts: readonly { key: string; label: string }[] };

export function QuestionsSection({ customFacts }: QuestionsSectionProps) {
  return (
    <Section id="questions" localized>
      {STAGES.map((stage) => (
        <StageQuestions key={stage} stage={stage} customFacts={customFacts} />
      ))}
    </Section>
  );
}

function StageQuestions({ stage, customFacts }: QuestionsSectionProps & { stage: Stage }) {
  const t = useTranslations("agent");
  const { control } = useFormContext<FormValues>();
  const { fields, append, remove, move } = useFieldArray({ control, name: `questions.${stage}` });
  return (
    <Subsection title={t(`stages.${stage}.title`)} hint={t(`stages.${stage}.hint`)}>
      <Rows
        rows={fields}
        rowLabel={(at) => t("questionNumber", { number: at + 1 })}
        addLabel={t("addQuestion")}
        onAdd={() => append(NO_QUESTION)}
        onRemove={remove}
        onMove={move}
      >
        {(at, actions) => <QuestionRow stage={stage} at={at} customFacts={customFacts} actions={actions} />}
      </Rows>
    </Subsection>
  );
}
