"use client";

import { useTranslations } from "next-intl";
import { type RefObject, useEffect, useRef, useState } from "react";
import { useFormContext, useFormState } from "react-hook-form";
import { cn } from "@/lib/cn.ts";
import type { FormValues } from "./form-values.ts";
import { SECTIONS, type SectionId } from "./sections.ts";

/** The parts of the form, where one is, and which of them have something to put right. */
export function SectionNavigation({ scroller }: { scroller: RefObject<HTMLElement | null> }) {
  const t = useTranslations("agent");
  const here = useSectionInView(scroller);
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

/** The topmost section that reaches into the upper part of the scrolled area. */
function useSectionInView(scroller: RefObject<HTMLElement | null>): SectionId {
  const [here, setHere] = useState<SectionId>("company");
  useEffect(() => {
    const root = scroller.current;
    if (root === null) return;
    const seen = new Set<string>();
    const observer = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) {
          if (isIntersecting) seen.add(target.id);
          else seen.delete(target.id);
        }
        const first = SECTIONS.find(({ id }) => seen.has(id));
        if (first !== undefined) setHere(first.id);
      },
      { root, rootMargin: "0px 0px -70% 0px" },
    );
    for (const section of root.querySelectorAll("[data-section]")) observer.observe(section);
    return () => observer.disconnect();
  }, [scroller]);
  return here;
}
