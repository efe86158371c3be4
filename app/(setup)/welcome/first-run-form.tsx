"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation } from "convex/react";
import { useLocale, useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { parseAsInteger, useQueryState } from "nuqs";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { useErrorText } from "@/components/shell/use-error-text.ts";
import { Banner } from "@/components/ui/banner.tsx";
import { Button } from "@/components/ui/button.tsx";
import { api } from "@/convex/_generated/api";
import { type FirstRunAnswers, firstRunSchema, steps } from "./first-run-schema.ts";
import { StepBody } from "./step-body.tsx";
import { StepProgress } from "./step-progress.tsx";

type FirstRunFormProps = {
  /** What the organization is called: a good guess at the company. */
  organizationName: string;
};

export function FirstRunForm({ organizationName }: FirstRunFormProps) {
  const t = useTranslations("welcome");
  const finish = useFinish();
  const blank: FirstRunAnswers = { company: organizationName, sells: "", tone: "warm" };
  const form = useForm({ resolver: zodResolver(firstRunSchema), defaultValues: blank });
  const [wanted, setStep] = useQueryState("step", parseAsInteger.withDefault(1).withOptions({ history: "push" }));
  // A step is open once those before it are answered: a link or a reload cannot jump over one.
  const unanswered = steps.findIndex((name) => !firstRunSchema.shape[name].safeParse(form.getValues(name)).success);
  const last = unanswered === -1 ? steps.length : unanswered + 1;
  const step = Math.max(1, Math.min(wanted, last));
  const field = steps[step - 1] ?? "company";
  const submit = form.handleSubmit((answers) => finish.run(answers));
  const advance = async () => {
    if (!(await form.trigger(field, { shouldFocus: true }))) return;
    if (step === steps.length) await submit();
    else await setStep(step + 1);
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void advance();
      }}
    >
      <StepProgress step={step} total={steps.length} />
      <StepBody key={field} field={field} form={form} />
      {finish.problem ? (
        <Banner tone="danger" className="mt-4">
          {finish.problem}
        </Banner>
      ) : null}
      <div className="mt-6 flex items-center justify-between gap-2">
        {step > 1 ? (
          <Button variant="ghost" size="lg" onClick={() => setStep(step - 1)}>
            {t("back")}
          </Button>
        ) : (
          <span />
        )}
        <Button type="submit" variant="primary" size="lg" busy={form.formState.isSubmitting}>
          {step === steps.length ? t("finish") : t("next")}
        </Button>
      </div>
    </form>
  );
}

function useFinish() {
  const complete = useMutation(api.organizations.settings.completeFirstRun);
  const locale = useLocale();
  const router = useRouter();
  const errorText = useErrorText();
  const [problem, setProblem] = useState<string | null>(null);
  const run = async (answers: FirstRunAnswers) => {
    setProblem(null);
    try {
      const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
      await complete({ ...answers, locale, timezone: timeZone });
      router.push("/inbox");
    } catch (error) {
      setProblem(errorText(error));
    }
  };
  return { run, problem };
}
