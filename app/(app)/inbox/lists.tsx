"use client";

import { usePaginatedQuery, useQuery } from "convex/react";
import { useTranslations } from "next-intl";
import { api } from "@/convex/_generated/api";
import { cn } from "@/lib/cn.ts";
import { ConversationList } from "./conversation-list.tsx";
import { EmptyFilter } from "./empty-filter.tsx";
import type { Filter } from "./filters.ts";
import { RowsSkeleton } from "./inbox-skeleton.tsx";

const pageSize = 30;

export function FilteredList({ filter, openId }: { filter: Filter; openId: string | null }) {
  const t = useTranslations("inbox");
  const { results, status, loadMore } = usePaginatedQuery(
    api.inbox.conversations.list,
    { filter },
    { initialNumItems: pageSize },
  );
  if (status === "LoadingFirstPage") return <RowsSkeleton />;
  if (results.length === 0 && status === "Exhausted") return <EmptyFilter filter={filter} />;
  return (
    <ConversationList
      label={t(`filters.${filter}`)}
      rows={results}
      openId={openId}
      isComplete={status === "Exhausted"}
      onNearEnd={() => loadMore(pageSize)}
    />
  );
}

export function SearchedList({ text, openId }: { text: string; openId: string | null }) {
  const t = useTranslations("inbox.search");
  const found = useQuery(api.inbox.conversations.search, { text });
  if (found === undefined) return <RowsSkeleton />;
  return (
    <>
      <output
        className={cn("block border-b border-line px-4 py-2 text-xs text-muted", found.length === 0 && "sr-only")}
      >
        {found.length === 0 ? t("foundNone") : t("found", { count: found.length })}
      </output>
      {found.length === 0 ? (
        <EmptyFilter filter="search" />
      ) : (
        <ConversationList label={t("results")} rows={found} openId={openId} isComplete />
      )}
    </>
  );
}
