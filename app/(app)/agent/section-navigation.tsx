"use client";

import { useTranslations } from "next-intl";
import { type RefObject, useEffect, useRef, useState } from "react";
import { useFormContext, useFormState } from "react-hook-form";
import { cn } from "@/lib/cn.ts";
import type { FormValues } from "./form-values.ts";
import { sectionInView } from "./section-in-view.ts";
import { SECTIONS, type SectionId } from "./sections.ts";

/** The parts of the form, where one is, and which of them have something to put right. */
export function SectionNavigation({ scroller }: { scroller: RefObject<HTMLElement | null> }) {
  const t = useTranslations("agent");
  const { here, go } = useSectionInView(scroller);
  const current = useRef<HTMLAnchorElement>(null);
  // On a phone the strip is wider than the screen.
  useEffect(() => {
    // Not handed back: newer browsers answer with a promise, which is nothing to clean up with.
    current.current?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [here]);
  const { errors } = useFormState({ control: useFormContext<FormValues>().control });
  return (
    <nav
      aria-label={t("sectionsLabel")}
      className="shrink-0 overflow-x-auto border-b border-line p-2 md:w-48 md:overflow-y-auto md:border-e md:border-b-0 md:p-3"
    >
      <ul className="flex gap-0.5 md:flex-col">
        {SECTIONS.map(({ id, holds }) => (
          <li key={id}>
            <a
              ref={here === id ? current : null}
              href={`#${id}`}
              onClick={() => go(id)}
              aria-current={here === id ? "location" : undefined}
              className={cn(
                "flex h-8 items-center gap-2 rounded-md px-2.5 text-sm font-medium whitespace-nowrap text-muted hover:bg-hover hover:text-ink touch:h-11",
                here === id && "bg-active text-ink hover:bg-active",
              )}
            >
              {t(`sections.${id}.title`)}
              {holds.some((key) => errors[key] !== undefined) ? (
                <span className="ms-auto size-1.5 rounded-full bg-danger">
                  <span className="sr-only">{t("hasProblem")}</span>
                </span>
              ) : null}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** The section that one reads, or the one that was asked for, until one scrolls on from there. */
function useSectionInView(scroller: RefObject<HTMLElement | null>) {
  const [here, setHere] = useState<SectionId>("company");
  const isGoing = useRef(false);
  useEffect(() => {
    const root = scroller.current;
    if (root === null) return;
    const look = () => {
      const sections = [...root.querySelectorAll<HTMLElement>("[data-section]")];
      const tops = sections.map(({ offsetTop }) => offsetTop);
      if (!isGoing.current) setHere(sectionInView(tops, root));
    };
    const arrive = () => void (isGoing.current = false);
    root.addEventListener("scroll", look, { passive: true });
    for (const act of ["wheel", "touchmove", "keydown"] as const) root.addEventListener(act, arrive, { passive: true });
    return () => {
      root.removeEventListener("scroll", look);
      for (const act of ["wheel", "touchmove", "keydown"] as const) root.removeEventListener(act, arrive);
    };
  }, [scroller]);
  const go = (id: SectionId) => {
    isGoing.current = true;
    setHere(id);
  };
  return { here, go };
}
