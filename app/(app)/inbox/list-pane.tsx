"use client";

import { useTranslations } from "next-intl";
import { useRef } from "react";
import { FilterTabs } from "./filter-tabs.tsx";
import { useInboxParams } from "./inbox-params.ts";
import { ListBoundary } from "./list-boundary.tsx";
import { FilteredList, SearchedList } from "./lists.tsx";
import { SearchField } from "./search-field.tsx";
import { SoundOffer } from "./sound-offer.tsx";
import { useDebounced } from "./use-debounced.ts";

const searchPauseMs = 150;

/** The heading is the page's own until a conversation takes that place. */
export function ListPane({ openId }: { openId: string | null }) {
  const t = useTranslations("inbox");
  const { filter, q, set } = useInboxParams();
  const text = useDebounced(q.trim(), searchPauseMs);
  const field = useRef<HTMLInputElement>(null);
  const Heading = openId === null ? "h1" : "h2";
  return (
    <section aria-label={t("title")} className="flex min-h-0 flex-1 flex-col">
      <header className="flex h-12 shrink-0 items-center gap-3 px-3 touch:h-14 md:px-4">
        <Heading className="text-base font-semibold tracking-tight">{t("title")}</Heading>
        <SearchField field={field} value={q} onChange={(next) => set({ q: next || null })} />
      </header>
      {text === "" ? <FilterTabs value={filter} onChange={(next) => set({ filter: next })} /> : null}
      {text === "" ? <SoundOffer /> : null}
      <ListBoundary key={`${filter} ${text}`}>
        {text === "" ? <FilteredList filter={filter} openId={openId} /> : <SearchedList text={text} openId={openId} />}
      </ListBoundary>
    </section>
  );
}
