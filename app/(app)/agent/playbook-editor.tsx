"use client";

import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { FormProvider } from "react-hook-form";
import { PageHeader } from "@/components/shell/page-header.tsx";
import { useMay } from "@/components/shell/viewer.ts";
import type { Language } from "@/lib/domain/playbook-language.ts";
import { AgentSwitch } from "./agent-switch.tsx";
import { EditLanguageContext } from "./edit-language.ts";
import { HistoryDialog } from "./history-dialog.tsx";
import { Overtaken } from "./overtaken.tsx";
import { PlaybookFields } from "./playbook-fields.tsx";
import { SaveBar } from "./save-bar.tsx";
import { ReadOnlyContext } from "./section.tsx";
import { type Published, usePlaybookForm } from "./use-playbook-form.ts";
import { useRevealProblem } from "./use-reveal-problem.ts";
import { useSaveCommand } from "./use-save-command.ts";

/** The switch, the form in its sections, and what was written and not saved yet. */
export function PlaybookEditor({ published }: { published: Published }) {
  const t = useTranslations("agent");
  const isReadOnly = !useMay("agent:edit");
  const scroller = useRef<HTMLFormElement>(null);
  const { form, base, restored, isDirty, isOvertaken, save, adopt, restore } = usePlaybookForm(published);
  const [language, choose] = useState<Language>(base.content.languages[0] ?? "pt");
  const reveal = useRevealProblem(scroller, choose);
  const saveOver = (version: number) => void form.handleSubmit((values) => save(values, version), reveal)();
  const saveNext = () => saveOver(base.version);
  useSaveCommand({ isEnabled: !isReadOnly && !isOvertaken, save: isDirty ? saveNext : null });
  return (
    <FormProvider {...form}>
      <PageHeader title={t("title")}>
        <HistoryDialog published={published} canRestore={!isReadOnly} onRestore={restore} />
      </PageHeader>
      <AgentSwitch />
      <ReadOnlyContext value={isReadOnly}>
        <EditLanguageContext value={{ language, choose }}>
          <PlaybookFields scroller={scroller} customFacts={(restored ?? base).content.customFacts} />
        </EditLanguageContext>
      </ReadOnlyContext>
      {isOvertaken ? (
        <Overtaken
          base={base}
          published={published}
          onLoadTheirs={() => adopt(published)}
          onSaveAnyway={() => saveOver(published.version)}
        />
      ) : null}
      {isDirty && !isOvertaken ? (
        <SaveBar
          nextVersion={published.version + 1}
          restored={restored?.version ?? null}
          onSave={saveNext}
          onDiscard={() => adopt(published)}
        />
      ) : null}
    </FormProvider>
  );
}
