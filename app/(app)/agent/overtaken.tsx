"use client";

import { useLocale, useTranslations } from "next-intl";
import { useFormContext, useWatch } from "react-hook-form";
import { Banner } from "@/components/ui/banner.tsx";
import { Button } from "@/components/ui/button.tsx";
import { type FormValues, fromForm, toForm } from "./form-values.ts";
import { changedSections, type SectionId } from "./sections.ts";
import type { Published } from "./use-playbook-form.ts";

type OvertakenProps = {
  /** What the form began with. */
  base: Pick<Published, "content">;
  published: Published;
  onLoadTheirs: () => void;
  onSaveAnyway: () => void;
};

/** A colleague saved first: who, where the two differ, and the ways on. Nothing that was written is touched. */
export function Overtaken({ base, published, onLoadTheirs, onSaveAnyway }: OvertakenProps) {
  const t = useTranslations("agent");
  const locale = useLocale();
  const { control, getValues } = useFormContext<FormValues>();
  useWatch({ control });
  const before = toForm(base.content, locale);
  const name = (id: SectionId) => t(`sections.${id}.title`);
  const theirs = changedSections(before, toForm(published.content, locale)).map(name);
  const mine = changedSections(before, toForm(fromForm(getValues(), base.content), locale)).map(name);
  return (
    <Banner tone="warn" className="rounded-none px-4 py-3 md:px-5">
      <div role="alert">
        <p className="font-medium">{t("overtaken", { name: published.authorName, version: published.version })}</p>
        <p>{t("overtakenEffect")}</p>
        <dl className="mt-1.5 grid grid-cols-[auto_minmax(0,1fr)] gap-x-2">
          <dt>{t("theirChanges")}</dt>
          <dd className="font-medium">{theirs.join(", ") || t("noChanges")}</dd>
          <dt>{t("yourChanges")}</dt>
          <dd className="font-medium">{mine.join(", ") || t("noChanges")}</dd>
        </dl>
      </div>
      <div className="mt-2.5 flex flex-wrap gap-2">
        <Button size="sm" onClick={onLoadTheirs}>
          {t("loadTheirs")}
        </Button>
        <Button size="sm" onClick={onSaveAnyway}>
          {t("saveAnyway")}
        </Button>
      </div>
    </Banner>
  );
}
