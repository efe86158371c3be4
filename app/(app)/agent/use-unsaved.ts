"use client";

import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useEffect, useEffectEvent, useState } from "react";
import { toast } from "sonner";
import { useViewer } from "@/components/shell/viewer.ts";
import { type Unsaved, unsavedByKey, unsavedKey } from "./unsaved.ts";

const TOAST = "unsaved playbook";

/** What this member wrote here before they went elsewhere; null when everything was saved or thrown away. */
export function useUnsaved(): Unsaved | null {
  const key = useUnsavedKey();
  const [unsaved] = useState(() => unsavedByKey.get(key) ?? null);
  return unsaved;
}

/** Keeps what is written when one goes elsewhere, by whatever way, and says so. Null: there is nothing to keep. */
export function useKeepUnsaved(collect: () => Unsaved | null): void {
  const t = useTranslations("agent");
  const router = useRouter();
  const key = useUnsavedKey();
  const leave = useEffectEvent(() => {
    const unsaved = collect();
    if (unsaved === null) {
      unsavedByKey.delete(key);
      return;
    }
    unsavedByKey.set(key, unsaved);
    const back = { label: t("keptBack"), onClick: () => router.push("/agent") };
    toast(t("kept"), { id: TOAST, description: t("keptEffect"), action: back });
  });
  useEffect(() => {
    toast.dismiss(TOAST);
    return () => leave();
  }, []);
}

/** Asks before a reload or closing the tab, which do lose it. */
export function useKeepTab(isDirty: boolean): void {
  useEffect(() => {
    if (!isDirty) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [isDirty]);
}

function useUnsavedKey(): string {
  const { organization, memberId } = useViewer();
  return unsavedKey({ orgId: organization._id, memberId });
}
