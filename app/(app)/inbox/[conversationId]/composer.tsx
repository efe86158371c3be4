"use client";

import { useTranslations } from "next-intl";
import { useId, useSyncExternalStore } from "react";
import { cn } from "@/lib/cn.ts";
import { ComposerField } from "./composer-field.tsx";
import { ComposerQuote } from "./composer-quote.tsx";
import { charactersLeft, isSendable, type ComposerState } from "./composer-state.ts";
import { drafts } from "./drafts.ts";
import type { useComposer } from "./use-composer.ts";

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
  const hint = isBlocked ? "blocked" : (state.hint ?? "plain");
  const removeQuote = quoted === null ? null : () => drafts.change(key, { quoted: null });
  const submit = () => {
    if (canSend) send();
    field.current?.focus();
  };
  return (
    <form
      className={formStyle}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {quoted === null || removeQuote === null ? null : (
        <ComposerQuote quoted={quoted} name={name} onRemove={removeQuote} />
      )}
      <ComposerField
        field={field}
        text={text}
        label={t("label", { name })}
        hintId={hintId}
        isBlocked={isBlocked}
        canSend={canSend}
        isTooLong={left !== null && left < 0}
        onChange={(words) => drafts.change(key, { text: words })}
        onSubmit={submit}
        onEscape={removeQuote ?? (() => field.current?.blur())}
      />
      <p id={hintId} className={cn(hintStyle, hint === "plain" && left === null && "touch:hidden")}>
        <span>{t(`hints.${hint}`)}</span>
        {left === null ? null : (
          <span className={cn("shrink-0", left < 0 && "font-medium text-danger")}>
            {left < 0 ? t("tooMany", { count: -left }) : t("left", { count: left })}
          </span>
        )}
      </p>
    </form>
  );
}

function useDraft(key: string) {
  const read = () => drafts.read(key);
  return useSyncExternalStore((listener) => drafts.subscribe(listener), read, read);
}

const formStyle =
  "grid shrink-0 grid-cols-1 gap-1.5 border-t border-line bg-surface px-3 pt-2.5 pb-[calc(0.5rem+env(safe-area-inset-bottom))] md:px-5 md:pb-2.5";
const hintStyle = "flex min-h-4 items-start justify-between gap-3 px-1 text-2xs text-muted";
