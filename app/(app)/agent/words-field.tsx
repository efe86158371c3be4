"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ComponentProps, type KeyboardEvent, useContext, useState } from "react";
import { controlStyle } from "@/components/ui/input.tsx";
import { cn } from "@/lib/cn.ts";
import { ReadOnlyContext } from "./section.tsx";

type WordsInputProps = Omit<ComponentProps<"input">, "value" | "onChange"> & {
  value: readonly string[];
  onChange: (words: string[]) => void;
};

/** Words or short phrases. Enter or a comma ends one, Backspace in an empty box takes the last one back. */
export function WordsInput({ value, onChange, className, onBlur, ...rest }: WordsInputProps) {
  const [typed, setTyped] = useState("");
  const isReadOnly = useContext(ReadOnlyContext);
  const add = (text: string) => {
    const words = text.split(",").map((word) => word.trim());
    onChange([...new Set([...value, ...words.filter((word) => word !== "")])]);
    setTyped("");
  };
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Enter") event.preventDefault();
    if (event.key === "Enter" && typed.trim() !== "") add(typed);
    if (event.key === "Backspace" && typed === "") onChange(value.slice(0, -1));
  };
  return (
    <div
      className={cn(
        controlStyle,
        "flex min-h-9 flex-wrap items-center gap-1 px-1.5 py-1 touch:min-h-11",
        "has-[input:focus-visible]:border-brand has-[input:focus-visible]:outline-2 has-[input:focus-visible]:outline-brand",
        "has-[input[aria-invalid=true]]:border-danger has-[input:disabled]:bg-sunken has-[input:disabled]:shadow-none",
        className,
      )}
    >
      {value.map((word) => (
        <Word key={word} word={word} onRemove={() => onChange(value.filter((other) => other !== word))} />
      ))}
      <input
        {...rest}
        value={typed}
        className="h-6 min-w-24 flex-1 bg-transparent px-1 outline-none placeholder:text-faint"
        placeholder={isReadOnly || value.length > 0 ? undefined : rest.placeholder}
        onChange={({ target }) => (target.value.includes(",") ? add(target.value) : setTyped(target.value))}
        onKeyDown={press}
        onBlur={(event) => {
          if (typed.trim() !== "") add(typed);
          onBlur?.(event);
        }}
      />
    </div>
  );
}

function Word({ word, onRemove }: { word: string; onRemove: () => void }) {
  const t = useTranslations("agent");
  return (
    <span className="inline-flex h-6 max-w-full items-center gap-0.5 rounded-sm bg-active ps-2 pe-0.5 text-sm touch:h-8">
      <span className="truncate">{word}</span>
      <button
        type="button"
        aria-label={t("removeRow", { row: word })}
        className="grid size-5 place-items-center rounded-sm text-muted hover:bg-hover hover:text-ink disabled:hidden touch:size-8"
        onClick={onRemove}
      >
        <X aria-hidden className="size-3" />
      </button>
    </span>
  );
}
