"use client";

import { ArrowUp } from "lucide-react";
import { useTranslations } from "next-intl";
import type { KeyboardEvent, RefObject } from "react";
import { Button } from "@/components/ui/button.tsx";
import { cn } from "@/lib/cn.ts";

type ComposerFieldProps = {
  field: RefObject<HTMLTextAreaElement | null>;
  text: string;
  label: string;
  hintId: string;
  isBlocked: boolean;
  canSend: boolean;
  isTooLong: boolean;
  onChange: (text: string) => void;
  onSubmit: () => void;
  onEscape: () => void;
};

/** Grows with its words up to a third of the window. Enter sends, Shift+Enter begins a new line. */
export function ComposerField({
  field,
  text,
  label,
  hintId,
  onChange,
  onSubmit,
  onEscape,
  ...state
}: ComposerFieldProps) {
  const t = useTranslations("inbox.composer");
  return (
    <div className={cn(boxStyle, state.isBlocked ? "bg-sunken shadow-none" : "bg-surface hover:border-control")}>
      <textarea
        ref={field}
        rows={1}
        value={text}
        disabled={state.isBlocked}
        aria-label={label}
        aria-describedby={hintId}
        aria-invalid={state.isTooLong}
        placeholder={t(state.isBlocked ? "blocked" : "placeholder")}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape") onEscape();
          if (!isSendStroke(event)) return;
          event.preventDefault();
          onSubmit();
        }}
        className={fieldStyle}
      />
      <Button
        type="submit"
        variant="primary"
        size="icon"
        aria-label={t("send")}
        disabled={!state.canSend}
        // The focus stays in the field, and a screen keyboard where it is.
        onMouseDown={(event) => event.preventDefault()}
        className="rounded-lg disabled:bg-active disabled:text-faint disabled:opacity-100 disabled:shadow-none"
      >
        <ArrowUp aria-hidden />
      </Button>
    </div>
  );
}

/** Not the Enter that ends a word of an input method, nor that of a screen keyboard, which has no other way to a new line. */
function isSendStroke({ key, shiftKey, altKey, ctrlKey, metaKey, nativeEvent }: KeyboardEvent): boolean {
  if (key !== "Enter" || nativeEvent.isComposing || shiftKey || altKey) return false;
  return ctrlKey || metaKey || !window.matchMedia("(pointer: coarse)").matches;
}

const boxStyle =
  "flex min-w-0 items-end gap-1 rounded-xl border border-line-strong py-1 ps-3 pe-1 shadow-low transition-colors focus-within:border-brand! focus-within:outline-1 focus-within:-outline-offset-1 focus-within:outline-brand";
const fieldStyle = [
  "field-sizing-content [overflow-wrap:anywhere] max-h-[min(13rem,35dvh)] min-h-8 min-w-0 flex-1 resize-none self-center bg-transparent py-1.5 text-base leading-5",
  "outline-none placeholder:text-faint disabled:cursor-not-allowed touch:py-2.5 touch:text-lg touch:leading-6",
  // A browser in which it cannot grow by itself shows three lines.
  "not-supports-[field-sizing:content]:h-20",
].join(" ");
