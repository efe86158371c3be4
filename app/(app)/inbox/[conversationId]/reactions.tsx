"use client";

import { useTranslations } from "next-intl";
import type { MessageRow } from "./message-row.ts";
import { groupReactions, type ReactionGroup } from "./reaction-groups.ts";

export function Reactions({ reactions }: { reactions: MessageRow["reactions"] }) {
  const t = useTranslations("inbox");
  if (reactions.length === 0) return null;
  return (
    <ul aria-label={t("thread.reactions")} className="relative z-10 -mt-1 flex flex-wrap gap-1 px-2">
      {groupReactions(reactions).map((group) => (
        <Reaction key={group.emoji} {...group} />
      ))}
    </ul>
  );
}

function Reaction({ emoji, count, ours, names }: ReactionGroup) {
  const t = useTranslations("inbox");
  const people = ours ? [...names, t("authors.team")] : names;
  return (
    <li
      title={people.join(", ") || undefined}
      className="flex h-5.5 items-center gap-1 rounded-full border border-line bg-raised px-1.5 text-xs shadow-low"
    >
      {emoji}
      {count > 1 ? <span className="text-2xs text-muted">{count}</span> : null}
      <span className="sr-only">{people.join(", ")}</span>
    </li>
  );
}
