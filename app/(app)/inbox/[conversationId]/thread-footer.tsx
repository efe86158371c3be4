"use client";

import { Bot, Check, Eye, Hand, User } from "lucide-react";
import { useTranslations } from "next-intl";
import { useViewer } from "@/components/shell/viewer.ts";
import { handlerOf, type Handler } from "../handler.ts";
import type { Conversation } from "../rows.ts";

const icons: Record<Handler["kind"], typeof Bot> = {
  ai: Bot,
  waiting: Hand,
  you: User,
  member: User,
  team: User,
  nobody: User,
  group: Eye,
  done: Check,
  snoozed: Check,
};

/** Who answers here. */
export function ThreadFooter({ conversation }: { conversation: Conversation }) {
  const t = useTranslations("inbox");
  const handler = handlerOf(conversation, useViewer().memberId);
  const Icon = icons[handler.kind];
  return (
    <footer className="shrink-0 border-t border-line px-4 pt-3 pb-[calc(0.75rem+env(safe-area-inset-bottom))] text-sm text-muted max-md:text-xs md:px-5">
      <p className="flex items-start gap-2">
        <Icon aria-hidden className="mt-0.5 size-4 shrink-0 text-faint" />
        <span>
          {handler.kind === "member" ? t("answers.member", { name: handler.name }) : t(`answers.${handler.kind}`)}
        </span>
      </p>
    </footer>
  );
}
