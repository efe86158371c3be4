import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { Button } from "@/components/ui/button.tsx";
import { Answering } from "./answering.tsx";
import { Bubble } from "./bubble.tsx";
import type { ChatItem } from "./chat-items.ts";
import { DayLine } from "./day-line.tsx";
import type { Unsent } from "./use-outbox.ts";

type ChatLogProps = {
  organization: string;
  /** Null until they are known. */
  items: readonly ChatItem[] | null;
  isAnswering: boolean;
  /** Absent when there is nothing earlier. */
  onEarlier: (() => void) | null;
  onRetry: (unsent: Unsent) => void;
};

/** The newest message is at the bottom, and stays in sight as others come. */
export function ChatLog({ organization, items, isAnswering, onEarlier, onRetry }: ChatLogProps) {
  const t = useTranslations("webchat");
  const end = useRef<HTMLDivElement>(null);
  const newest = items?.at(-1)?.key;
  useEffect(() => {
    end.current?.scrollIntoView({ block: "end" });
  }, [newest, isAnswering]);
  return (
    // It scrolls, so it must be reachable without a mouse.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div role="log" aria-label={t("log", { organization })} tabIndex={0} className={logStyle}>
      {onEarlier === null ? null : (
        <Button variant="ghost" size="sm" className="mx-auto mb-2" onClick={onEarlier}>
          {t("earlier")}
        </Button>
      )}
      <div className="mt-auto" />
      {items?.length === 0 ? <p className="py-10 text-center text-base text-muted">{t("empty")}</p> : null}
      {items?.map((item) => (
        <div key={item.key}>
          {item.startsDay ? <DayLine at={item.at} /> : null}
          <Bubble item={item} onRetry={onRetry} />
        </div>
      ))}
      {isAnswering ? <Answering /> : null}
      <div ref={end} className="h-3 shrink-0" />
    </div>
  );
}

const logStyle = "flex min-h-0 flex-1 flex-col overflow-y-auto overscroll-contain px-4 pt-4 -outline-offset-2";
