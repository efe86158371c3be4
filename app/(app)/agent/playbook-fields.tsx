"use client";

import { useTranslations } from "next-intl";
import { type RefObject, useContext } from "react";
import { Banner } from "@/components/ui/banner.tsx";
import type { PlaybookContent } from "@/lib/domain/playbook.ts";
import { CompanySection } from "./company-section.tsx";
import { FaqSection } from "./faq-section.tsx";
import { HandoffSection } from "./handoff-section.tsx";
import { HoursSection } from "./hours-section.tsx";
import { OfferSection } from "./offer-section.tsx";
import { PacingSection } from "./pacing-section.tsx";
import { PricesSection } from "./prices-section.tsx";
import { QuestionsSection } from "./questions-section.tsx";
import { SectionNavigation } from "./section-navigation.tsx";
import { ReadOnlyContext } from "./section.tsx";
import { VoiceSection } from "./voice-section.tsx";

type PlaybookFieldsProps = Pick<PlaybookContent, "customFacts"> & { scroller: RefObject<HTMLFormElement | null> };

/** The form itself: the way to its sections, and the sections. */
export function PlaybookFields({ scroller, customFacts }: PlaybookFieldsProps) {
  const t = useTranslations("agent");
  const isReadOnly = useContext(ReadOnlyContext);
  return (
    <div className="flex min-h-0 flex-1 flex-col md:flex-row">
      <SectionNavigation scroller={scroller} />
      <form
        ref={scroller}
        noValidate
        aria-label={t("playbook")}
        className="relative min-h-0 flex-1 overflow-y-auto"
        onSubmit={(event) => event.preventDefault()}
      >
        <div className="mx-auto grid max-w-168 gap-5 px-4 py-6 md:px-8 md:py-8">
          {isReadOnly ? <Banner tone="info">{t("onlyEditors")}</Banner> : null}
          <Sections customFacts={customFacts} />
        </div>
      </form>
    </div>
  );
}

/** In the order of sections.ts. */
function Sections({ customFacts }: Pick<PlaybookContent, "customFacts">) {
  return (
    <>
      <CompanySection />
      <VoiceSection />
      <OfferSection />
      <PricesSection />
      <QuestionsSection customFacts={customFacts} />
      <FaqSection />
      <HoursSection />
      <HandoffSection />
      <PacingSection />
    </>
  );
}
