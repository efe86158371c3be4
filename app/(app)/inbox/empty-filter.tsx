"use client";

import { CheckCheck, Inbox, SearchX } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button.tsx";
import { EmptyState } from "@/components/ui/empty-state.tsx";
import type { Filter } from "./filters.ts";
import { useInboxParams } from "./inbox-params.ts";

const icons = { search: SearchX, all: Inbox, done: Inbox, mine: CheckCheck, waiting: CheckCheck, ai: Inbox };

/** Nothing here is good news in one view, and a search that missed in another: each says its own. */
export function EmptyFilter({ filter }: { filter: Filter | "search" }) {
  const t = useTranslations("inbox.none");
  const { set } = useInboxParams();
  const Icon = icons[filter];
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <EmptyState
        icon={<Icon aria-hidden />}
        title={t(`${filter}.title`)}
        heading="h2"
        action={
          filter === "all" ? null : (
            <Button size="sm" onClick={() => set({ filter: "all", q: null })}>
              {t("seeAll")}
            </Button>
          )
        }
      >
        {t(`${filter}.text`)}
      </EmptyState>
    </div>
  );
}
