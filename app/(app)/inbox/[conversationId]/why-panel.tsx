"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useEffectEvent, useRef } from "react";
import { Button } from "@/components/ui/button.tsx";
import type { Conversation } from "../rows.ts";
import { useWhy } from "./use-why.ts";
import { WhyBoundary } from "./why-boundary.tsx";
import { WhyContent } from "./why-content.tsx";

type WhyPanelProps = { turnId: string; conversation: Conversation };

/** Beside the thread. The focus comes in, and goes back to where it was; Escape closes. */
export function WhyPanel({ turnId, conversation }: WhyPanelProps) {
  const t = useTranslations("inbox.why");
  const { hide } = useWhy();
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    title.current?.focus({ preventScroll: true });
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, []);
  useEscape(hide);
  return (
    <aside aria-labelledby="why-title" className="flex min-h-0 flex-1 flex-col">
      <header className="flex h-12 shrink-0 items-center justify-between border-b border-line ps-4 pe-2">
        <h2 id="why-title" ref={title} tabIndex={-1} className="text-sm font-semibold tracking-tight outline-none">
          {t("title")}
        </h2>
        <Button variant="ghost" size="icon" aria-label={t("close")} onClick={hide}>
          <X aria-hidden />
        </Button>
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <WhyBoundary>
          <WhyContent turnId={turnId} conversation={conversation} />
        </WhyBoundary>
      </div>
    </aside>
  );
}

/** Unless something on top of it, or a field, wants the key. */
function useEscape(onEscape: () => void): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    if (document.querySelector("[role='dialog'], [role='menu'], [role='listbox']") !== null) return;
    if (event.target instanceof HTMLElement && event.target.closest("input, textarea") !== null) return;
    event.preventDefault();
    onEscape();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => press(event);
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, []);
}
