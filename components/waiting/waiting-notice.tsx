"use client";

import { useQuery } from "convex/react";
import { useTranslations } from "next-intl";
import { usePathname, useRouter } from "next/navigation";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { toast } from "sonner";
import { api } from "@/convex/_generated/api";
import { playWaitingSoundOnce, soundSetting } from "./waiting-sound.ts";
import { newcomersOf, titleWith } from "./waiting-title.ts";

/** Enough to see who is new; the number itself is counted by the server. */
const watched = { numItems: 30, cursor: null };
/** The server stops counting here. */
const countedUpTo = 100;

/** Makes a handoff noticed wherever one is in the app: in the title, in words for who listens, and by a sound where that was wished for. */
export function WaitingNotice() {
  const t = useTranslations("inbox.handover");
  const router = useRouter();
  const pathname = usePathname();
  const rows = useQuery(api.inbox.conversations.list, { filter: "waiting", paginationOpts: watched })?.page;
  const counts = useQuery(api.inbox.conversations.counts, {});
  const known = useRef<ReadonlySet<string> | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  useTitleCount(counts?.waiting ?? 0);
  const notice = useEffectEvent(() => {
    if (rows === undefined) return;
    const newcomers = newcomersOf(known.current, rows);
    known.current = new Set(rows.map(({ _id }) => _id));
    const [first] = newcomers;
    if (first === undefined) return;
    const words = t("nowWaiting", { name: first.title });
    setSaid(words);
    if (soundSetting.read() === "on") playWaitingSoundOnce();
    const path = `/inbox/${first._id}`;
    if (pathname.startsWith(path)) return;
    toast(words, { id: path, action: { label: t("open"), onClick: () => router.push(path) } });
  });
  useEffect(() => notice(), [rows]);
  return (
    <output aria-live="polite" className="sr-only">
      {said}
    </output>
  );
}

/** Next writes the title of each page; the number is put before it again whenever it does. */
function useTitleCount(count: number): void {
  const label = count === 0 ? null : count >= countedUpTo ? `${countedUpTo - 1}+` : String(count);
  useEffect(() => {
    const write = () => {
      const wanted = titleWith(document.title, label);
      if (document.title !== wanted) document.title = wanted;
    };
    write();
    const observer = new MutationObserver(write);
    observer.observe(document.head, { childList: true, subtree: true, characterData: true });
    return () => observer.disconnect();
  }, [label]);
}
