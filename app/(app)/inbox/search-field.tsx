"use client";

import { Search, X } from "lucide-react";
import { useTranslations } from "next-intl";
import type { RefObject } from "react";
import { useCommands } from "@/components/command/use-commands.ts";

type SearchFieldProps = {
  field: RefObject<HTMLInputElement | null>;
  value: string;
  onChange: (value: string) => void;
};

export function SearchField({ field, value, onChange }: SearchFieldProps) {
  const t = useTranslations("inbox.search");
  const search = () => field.current?.focus();
  useCommands([{ id: "search", keys: "/", label: t("label"), group: "inbox", run: search }]);
  const clear = () => {
    onChange("");
    field.current?.focus();
  };
  return (
    <div className="relative min-w-0 flex-1">
      <Search
        aria-hidden
        className="pointer-events-none absolute start-2 top-1/2 size-3.5 -translate-y-1/2 text-faint"
      />
      <input
        ref={field}
        type="search"
        aria-label={t("label")}
        placeholder={t("placeholder")}
        autoComplete="off"
        enterKeyHint="search"
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          if (value === "") event.currentTarget.blur();
          else onChange("");
        }}
        className={fieldStyle}
      />
      {value === "" ? (
        <kbd aria-hidden className={hintStyle}>
          /
        </kbd>
      ) : (
        <button type="button" aria-label={t("clear")} onClick={clear} className={clearStyle}>
          <X aria-hidden className="size-3.5" />
        </button>
      )}
    </div>
  );
}

const fieldStyle = [
  "h-8 w-full rounded-md border border-transparent bg-sunken ps-7 pe-8 text-sm placeholder:text-faint hover:bg-hover",
  "focus-visible:border-brand focus-visible:bg-surface focus-visible:outline-offset-0 touch:h-11 touch:text-lg",
  "[&::-webkit-search-cancel-button]:hidden",
].join(" ");
const hintStyle =
  "pointer-events-none absolute end-2 top-1/2 -translate-y-1/2 rounded-sm border border-line-strong bg-surface px-1 font-mono text-2xs text-faint touch:hidden";
const clearStyle =
  "absolute end-0.5 top-1/2 grid size-7 -translate-y-1/2 place-items-center rounded-md text-faint hover:text-ink touch:size-10";
