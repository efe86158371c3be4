"use client";

import { ArrowUp } from "lucide-react";
import { useTranslations } from "next-intl";
import { useId, useSyncExternalStore, type KeyboardEvent, type RefObject } from "react";
import { useCommands } from "@/components/command/use-commands.ts";
import { Button } from "@/components/ui/button.tsx";
import { cn } from "@/lib/cn.ts";
import { ComposerQuote } from "./composer-quote.tsx";
import { charactersLeft, isSendable, type ComposerState } from "./composer-state.ts";
import { drafts, type useComposer } from "./use-composer.ts";

type ComposerProps = {
  composer: ReturnType<typeof useComposer>;
  state: Exclude<ComposerState, { kind: "closed" }>;
  name: string;
};

/** Where one writes. What is written stays until it is sent, wherever one goes meanwhile. */
export function Composer({ composer: { key, field, send }, state, name }: ComposerProps) {
  const t = useTranslations("inbox.composer");
  const hintId = useId();
  const { text, quoted } = useDraft(key);
  const isBlocked = state.kind === "blocked";
  const left = charactersLeft(text);
  const canSend = !isBlocked && isSendable(text);
  const submit = () => {
    if (canSend) send();
    field.current?.focus();
  };
  useReplyCommand(field, !isBlocked);
  return (
    <form
      className={formStyle}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {quoted === null ? null : <ComposerQuote quoted={quoted} onRemove={() => drafts.change(key, { quoted: null })} />}
      <div className={cn(boxStyle, isBlocked && "bg-sunken")}>
        <textarea
          ref={field}
          rows={1}
          value={text}
          disabled={isBlocked}
          aria-label={t("label", { name })}
          aria-describedby={hintId}
          aria-invalid={left !== null && left < 0}
          placeholder={isBlocked ? t("blocked") : t("placeholder")}
          enterKeyHint="enter"
          onChange={(event) => drafts.change(key, { text: event.target.value })}
          onKeyDown={(event) => {
            if (event.key === "Escape")
              leave({ event, onRemove: quoted ? () => drafts.change(key, { quoted: null }) : null });
            if (!isSendStroke(event)) return;
            event.preventDefault();
            submit();
          }}
          className={fieldStyle}
        />
        <Button
          type="submit"
          variant="primary"
          size="icon"
          aria-label={t("send")}
          disabled={!canSend}
          className={sendStyle}
        >
          <ArrowUp aria-hidden />
        </Button>
      </div>
      <p id={hintId} className="flex min-h-4 items-start justify-between gap-3 px-1 text-2xs text-muted">
        <span>{isBlocked ? t("blockedHint") : t(`hints.${state.hint ?? "plain"}`)}</span>
        {left === null ? null : (
          <span className={cn("shrink-0", left < 0 && "font-medium text-danger")}>{t("left", { count: left })}</span>
        )}
      </p>
    </form>
  );
}

function useDraft(key: string) {
  const read = () => drafts.read(key);
  return useSyncExternalStore((listener) => drafts.subscribe(listener), read, read);
}

function useReplyCommand(field: RefObject<HTMLTextAreaElement | null>, isEnabled: boolean): void {
  const t = useTranslations("inbox.composer");
  const run = () => field.current?.focus();
  useCommands([{ id: "reply", keys: "r", label: t("reply"), group: "conversation", run, isEnabled }]);
}

/** Enter, but not the one that ends a word of an input method, and not on a screen keyboard, which has no Shift+Enter for a new line. */
function isSendStroke({ key, shiftKey, altKey, ctrlKey, metaKey, nativeEvent }: KeyboardEvent): boolean {
  if (key !== "Enter" || nativeEvent.isComposing || shiftKey || altKey) return false;
  return ctrlKey || metaKey || !window.matchMedia("(pointer: coarse)").matches;
}

/** First the quote goes, then the field is left. */
function leave({ event, onRemove }: { event: KeyboardEvent<HTMLElement>; onRemove: (() => void) | null }): void {
  if (onRemove === null) event.currentTarget.blur();
  else onRemove();
}

const formStyle =
  "shrink-0 grid gap-1.5 border-t border-line bg-surface px-3 pt-2.5 pb-2 md:px-5 [@media(min-height:40rem)]:pb-2.5";
const boxStyle =
  "flex items-end gap-1 rounded-xl border border-line-strong bg-surface py-1 ps-3 pe-1 shadow-low transition-colors focus-within:border-brand hover:border-control hover:focus-within:border-brand";
const fieldStyle = [
  "field-sizing-content max-h-[min(13rem,35dvh)] min-h-8 min-w-0 flex-1 resize-none self-center bg-transparent py-1.5 text-base leading-5",
  "outline-none placeholder:text-faint disabled:cursor-not-allowed touch:py-2.5 touch:text-lg touch:leading-6",
  // Where the field cannot grow by itself it has three lines.
  "not-supports-[field-sizing:content]:h-20",
].join(" ");
const sendStyle = "rounded-lg disabled:bg-active disabled:text-faint disabled:opacity-100 disabled:shadow-none";
