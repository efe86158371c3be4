import { Bot, CircleAlert, RotateCw } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { splitLinks } from "@/components/chat/text-links.ts";
import { useViewerZone } from "@/components/time/use-viewer-zone.ts";
import { Button } from "@/components/ui/button.tsx";
import { cn } from "@/lib/cn.ts";
import type { ChatItem } from "./chat-items.ts";
import type { Unsent } from "./use-outbox.ts";

type BubbleProps = { item: ChatItem; onRetry: (unsent: Unsent) => void };

/** The visitor's words to the end, ours to the start. */
export function Bubble({ item, onRetry }: BubbleProps) {
  const { from, text, at, unsent, startsGroup } = item;
  const format = useFormatter();
  const timeZone = useViewerZone();
  const isOwn = from === "visitor";
  const isWaiting = unsent !== null && unsent.problem === null;
  return (
    <article className={cn("flex flex-col", isOwn ? "items-end" : "items-start", startsGroup ? "pt-2" : "pt-0.5")}>
      <Author item={item} />
      <div className={cn(bubbleStyle, isOwn ? "rounded-ee-sm bg-brand-soft" : ownGround, isWaiting && "opacity-70")}>
        <p className="min-w-0 wrap-anywhere whitespace-pre-wrap">
          <Words text={text} />
        </p>
        <time dateTime={new Date(at).toISOString()} className="ms-auto shrink-0 text-2xs text-muted tabular-nums">
          {format.dateTime(at, { timeZone, hour: "2-digit", minute: "2-digit" })}
        </time>
      </div>
      {unsent?.problem ? <NotSent unsent={unsent} onRetry={onRetry} /> : null}
    </article>
  );
}

/** Above each group for the eye, before each message for the ear. */
function Author({ item: { from, name, startsGroup } }: Pick<BubbleProps, "item">) {
  const t = useTranslations("webchat.authors");
  return (
    <p className={startsGroup && from !== "visitor" ? authorStyle : "sr-only"}>
      {from === "agent" ? <Bot aria-hidden className="size-3 text-brand-text" /> : null}
      {from === "team" && name !== null ? name : t(from)}
    </p>
  );
}

function Words({ text }: { text: string }) {
  return splitLinks(text).map(({ text: words, href }, index) =>
    href === null ? (
      words
    ) : (
      <a
        key={index}
        href={href}
        target="_blank"
        rel="noopener noreferrer nofollow"
        className="text-brand-text underline"
      >
        {words}
      </a>
    ),
  );
}

function NotSent({ unsent, onRetry }: { unsent: Unsent; onRetry: BubbleProps["onRetry"] }) {
  const t = useTranslations("webchat.problems");
  const { problem } = unsent;
  if (problem === null) return null;
  return (
    <div role="alert" className="mt-1 flex flex-wrap items-center justify-end gap-2 text-xs text-danger">
      <CircleAlert aria-hidden className="size-3.5" />
      {problem.kind === "tooFast"
        ? t("tooFast", { seconds: problem.seconds })
        : t(problem.kind === "closed" ? "closed" : "failed")}
      <Button size="sm" onClick={() => onRetry(unsent)}>
        <RotateCw aria-hidden />
        {t("again")}
      </Button>
    </div>
  );
}

const authorStyle = "mb-1 flex items-center gap-1 px-1 text-2xs font-medium text-muted";
const ownGround = "rounded-es-sm border border-line bg-canvas";
const bubbleStyle =
  "flex max-w-[88%] min-w-0 flex-wrap items-end gap-x-2.5 gap-y-0.5 rounded-xl px-3 py-2 text-base text-ink sm:max-w-[78%]";
