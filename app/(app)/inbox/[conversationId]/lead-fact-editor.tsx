"use client";

import { useTranslations } from "next-intl";
import { useState, type FormEvent, type KeyboardEvent } from "react";
import { Button } from "@/components/ui/button.tsx";
import { Field } from "@/components/ui/field.tsx";
import { Input } from "@/components/ui/input.tsx";
import { Segmented } from "@/components/ui/segmented.tsx";
import { type FactProblem, parseTypedFact } from "@/lib/domain/qualification-correction.ts";
import type { FactValue } from "@/lib/domain/qualification-facts.ts";
import type { LeadFact, MissingFact } from "./lead-actions.ts";
import { useLeadWords } from "./lead-words.ts";

type LeadFactEditorProps = {
  fact: MissingFact | LeadFact;
  value?: FactValue;
  /** Of an amount typed without one. */
  currency: string;
  onSave: (value: FactValue) => void;
  onCancel: () => void;
};

type Choice = "yes" | "no";

/** In the place of the fact: Enter saves, Escape leaves it as it was. */
export function LeadFactEditor({ fact, value, currency, onSave, onCancel }: LeadFactEditorProps) {
  const t = useTranslations("inbox.lead");
  const { labelOf, valueOf } = useLeadWords();
  const [text, setText] = useState(value === undefined ? "" : valueOf(value));
  const [choice, setChoice] = useState<Choice>(value === false ? "no" : "yes");
  const [problem, setProblem] = useState<FactProblem | null>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (fact.type === "boolean") return onSave(choice === "yes");
    const typed = parseTypedFact({ key: fact.key, type: fact.type, text, currency });
    return typed.ok ? onSave(typed.value) : setProblem(typed.reason);
  };
  const leave = (event: KeyboardEvent) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    onCancel();
  };
  const label = labelOf(fact);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape from any control of the form
    <form onSubmit={submit} onKeyDown={leave} className="my-1 grid gap-2 rounded-lg bg-sunken p-2.5">
      {fact.type === "boolean" ? (
        <YesNo label={label} choice={choice} onChoose={setChoice} />
      ) : (
        <Field label={label} error={problem === null ? undefined : t(`problems.${problem}`)}>
          <Input
            // oxlint-disable-next-line jsx-a11y/no-autofocus -- it stands where one has just asked to write
            autoFocus
            value={text}
            inputMode={fact.type === "number" ? "decimal" : fact.key === "email" ? "email" : undefined}
            onChange={(event) => setText(event.target.value)}
            onFocus={(event) => event.target.select()}
          />
        </Field>
      )}
      <div className="flex justify-end gap-1.5">
        <Button variant="ghost" size="sm" onClick={onCancel}>
          {t("cancel")}
        </Button>
        <Button type="submit" variant="primary" size="sm">
          {t("save")}
        </Button>
      </div>
    </form>
  );
}

function YesNo({ label, choice, onChoose }: { label: string; choice: Choice; onChoose: (choice: Choice) => void }) {
  const t = useTranslations("inbox.lead");
  return (
    <>
      <p className="text-sm font-medium">{label}</p>
      <Segmented
        label={label}
        value={choice}
        onValueChange={onChoose}
        options={[
          { value: "yes", label: t("yes") },
          { value: "no", label: t("no") },
        ]}
      />
    </>
  );
}
