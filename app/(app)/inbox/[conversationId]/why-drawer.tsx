"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { Drawer } from "vaul";
import { Button } from "@/components/ui/button.tsx";
import type { Conversation } from "../rows.ts";
import { useWhy } from "./use-why.ts";
import { WhyBoundary } from "./why-boundary.tsx";
import { WhyContent } from "./why-content.tsx";

/** On a phone it comes up from below; pulled down, it is gone. */
export function WhyDrawer({ conversation }: { conversation: Conversation }) {
  const t = useTranslations("inbox.why");
  const { turnId, hide } = useWhy();
  return (
    <Drawer.Root open={turnId !== null} onOpenChange={(isOpen) => (isOpen ? undefined : hide())}>
      <Drawer.Portal>
        <Drawer.Overlay className="fixed inset-0 z-40 bg-scrim" />
        <Drawer.Content
          aria-describedby={undefined}
          className="fixed inset-x-0 bottom-0 z-50 flex max-h-[85dvh] flex-col rounded-t-2xl border-t border-line bg-surface outline-none"
        >
          <Drawer.Handle className="mt-2 bg-line-strong!" />
          <div className="flex items-center justify-between ps-4 pe-2 pt-1">
            <Drawer.Title className="text-base font-semibold tracking-tight">{t("title")}</Drawer.Title>
            <Drawer.Close asChild>
              <Button variant="ghost" size="icon" aria-label={t("close")}>
                <X aria-hidden />
              </Button>
            </Drawer.Close>
          </div>
          <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain pb-[env(safe-area-inset-bottom)]">
            {turnId === null ? null : (
              <WhyBoundary key={turnId}>
                <WhyContent turnId={turnId} conversation={conversation} />
              </WhyBoundary>
            )}
          </div>
        </Drawer.Content>
      </Drawer.Portal>
    </Drawer.Root>
  );
}
