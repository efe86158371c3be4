"use client";

import { useTranslations } from "next-intl";
import { createContext, type ReactNode, useContext } from "react";
import { Card } from "@/components/ui/card.tsx";
import { LanguageTabs } from "./language-tabs.tsx";
import type { SectionId } from "./sections.ts";

/** Whether this person may only read. */
export const ReadOnlyContext = createContext(false);

type SectionProps = {
  id: SectionId;
  /** It has texts that exist once for each language. */
  localized?: boolean;
  children: ReactNode;
};

export function Section({ id, localized = false, children }: SectionProps) {
  const t = useTranslations("agent");
  const isReadOnly = useContext(ReadOnlyContext);
  return (
    <div id={id} data-section={id} className="scroll-mt-4">
      <Card
        title={t(`sections.${id}.title`)}
        description={t(`sections.${id}.hint`)}
        status={localized ? <LanguageTabs /> : null}
      >
        <fieldset disabled={isReadOnly} className="grid min-w-0 gap-5">
          <legend className="sr-only">{t(`sections.${id}.title`)}</legend>
          {children}
        </fieldset>
      </Card>
    </div>
  );
}
