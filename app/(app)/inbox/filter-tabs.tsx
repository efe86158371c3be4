"use client";

import { useQuery } from "convex/react";
import { useTranslations } from "next-intl";
import { api } from "@/convex/_generated/api";
import { cn } from "@/lib/cn.ts";
import { countLabel, filters, type Filter } from "./filters.ts";

type FilterTabsProps = { value: Filter; onChange: (value: Filter) => void };

export function FilterTabs({ value, onChange }: FilterTabsProps) {
  const t = useTranslations("inbox");
  const counts = useQuery(api.inbox.conversations.counts, {});
  const counted = new Map(Object.entries(counts ?? {}));
  return (
    <fieldset aria-label={t("filters.label")} className={barStyle}>
      {filters.map((filter) => {
        const count = countLabel(counted.get(filter));
        const chosen = filter === value;
        return (
          <button
            key={filter}
            type="button"
            aria-pressed={chosen}
            onClick={() => onChange(filter)}
            className={cn(tabStyle, chosen && chosenStyle)}
          >
            {t(`filters.${filter}`)}
            {count === null ? null : <span className="text-2xs font-normal text-muted">{count}</span>}
          </button>
        );
      })}
    </fieldset>
  );
}

const barStyle =
  "flex min-w-0 shrink-0 overflow-x-auto border-b border-line px-2 pb-2 [scrollbar-width:none] md:px-2.5 [&::-webkit-scrollbar]:hidden";
const tabStyle =
  "flex h-7 shrink-0 items-center gap-1 rounded-md px-1.75 text-xs font-medium text-muted -outline-offset-2 hover:bg-hover hover:text-ink touch:h-11 touch:px-3";
const chosenStyle = "bg-active text-ink hover:bg-active";
