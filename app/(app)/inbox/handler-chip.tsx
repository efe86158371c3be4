"use client";

import { Bot, Check, Clock, Hand, Moon, User, UserRound, Users } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ComponentProps } from "react";
import { useViewer } from "@/components/shell/viewer.ts";
import { Badge } from "@/components/ui/badge.tsx";
import { cn } from "@/lib/cn.ts";
import { handlerOf, type Handler } from "./handler.ts";
import type { ConversationRow } from "./rows.ts";

type Look = { icon: typeof Bot; tone: ComponentProps<typeof Badge>["tone"] };

const looks: Record<Handler["kind"], Look> = {
  ai: { icon: Bot, tone: "brand" },
  waiting: { icon: Hand, tone: "warn" },
  you: { icon: UserRound, tone: "neutral" },
  member: { icon: User, tone: "neutral" },
  team: { icon: Users, tone: "neutral" },
  nobody: { icon: Clock, tone: "neutral" },
  group: { icon: Users, tone: "neutral" },
  done: { icon: Check, tone: "success" },
  snoozed: { icon: Moon, tone: "neutral" },
};

/** Who answers this conversation, in a word and an icon; the colour only helps. */
export function HandlerChip({ row }: { row: ConversationRow }) {
  const t = useTranslations("inbox");
  const handler = handlerOf(row, useViewer().memberId);
  const { icon: Icon, tone } = looks[handler.kind];
  return (
    <Badge
      tone={tone}
      className={cn("max-w-28", tone === "neutral" && "bg-transparent ring-1 ring-line-strong ring-inset")}
    >
      <Icon aria-hidden className="shrink-0" />
      <span className="truncate">{handler.kind === "member" ? handler.name : t(`handlers.${handler.kind}`)}</span>
    </Badge>
  );
}
