"use client";

import { useMutation, useQuery } from "convex/react";
import type { FunctionReturnType } from "convex/server";
import { MessageSquare, RotateCw } from "lucide-react";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { useTransition } from "react";
import { toast } from "sonner";
import { useErrorToast } from "@/components/shell/use-error-toast.ts";
import { useMay } from "@/components/shell/viewer.ts";
import { Button } from "@/components/ui/button.tsx";
import { api } from "@/convex/_generated/api";
import { LastEvent } from "./last-event.tsx";

type Letter = FunctionReturnType<typeof api.ops.deadLetters.list>[number];

const shown = 10;

/** What was given up on lately and nobody has tried again; nothing while there is none. */
export function Problems() {
  const t = useTranslations("connections.letters");
  const manages = useMay("connections:manage");
  const letters = useQuery(api.ops.deadLetters.list, manages ? {} : "skip") ?? [];
  const open = letters.filter(({ isSettled }) => !isSettled).slice(0, shown);
  if (open.length === 0) return null;
  return (
    <section aria-labelledby="problems">
      <h2 id="problems" className="text-base font-semibold tracking-tight">
        {t("title")}
      </h2>
      <p className="mt-0.5 text-sm text-muted">{t("hint")}</p>
      <ul className="mt-4 divide-y divide-line rounded-xl border border-line bg-surface shadow-low">
        {open.map((letter) => (
          <LetterRow key={letter._id} letter={letter} />
        ))}
      </ul>
    </section>
  );
}

function LetterRow({ letter }: { letter: Letter }) {
  const t = useTranslations("connections.letters");
  const { _id, kind, reason, at, conversationId } = letter;
  return (
    <li className="flex items-center gap-3 px-4 py-3 sm:px-5">
      <div className="min-w-0 flex-1">
        <p className="text-sm font-medium">{t(`kinds.${kind}`)}</p>
        <p className="flex flex-wrap gap-x-2 text-xs text-muted">
          <LastEvent at={at} />
          <span className="truncate font-mono">{reason}</span>
        </p>
      </div>
      {kind === "delivery" ? null : <Replay deadLetterId={_id} />}
      {conversationId === null ? null : (
        <Button asChild size="sm">
          <Link href={`/inbox/${conversationId}`}>
            <MessageSquare aria-hidden />
            {t("open")}
          </Link>
        </Button>
      )}
    </li>
  );
}

function Replay({ deadLetterId }: { deadLetterId: Letter["_id"] }) {
  const t = useTranslations("connections.letters");
  const replay = useMutation(api.ops.deadLetters.replay);
  const showError = useErrorToast();
  const [busy, start] = useTransition();
  const again = () =>
    start(async () => {
      try {
        await replay({ deadLetterId });
        toast.success(t("replayed"));
      } catch (error) {
        showError(error);
      }
    });
  return (
    <Button size="sm" busy={busy} onClick={again}>
      <RotateCw aria-hidden />
      {t("replay")}
    </Button>
  );
}
