"use client";

import { useMutation, useQuery } from "convex/react";
import { useTranslations } from "next-intl";
import { useId } from "react";
import { toast } from "sonner";
import { useClockTime } from "@/components/agent/use-clock-time.ts";
import { useErrorToast } from "@/components/shell/use-error-toast.ts";
import { useMay } from "@/components/shell/viewer.ts";
import { Skeleton } from "@/components/ui/skeleton.tsx";
import { Switch } from "@/components/ui/switch.tsx";
import { api } from "@/convex/_generated/api";
import { cn } from "@/lib/cn.ts";

/** The organization's one switch, and what it means right now. */
export function AgentSwitch() {
  const t = useTranslations("agent");
  const id = useId();
  const mayEdit = useMay("agent:edit");
  const clockTime = useClockTime();
  const control = useQuery(api.agent.control.get, {});
  const turn = useTurn();
  if (control === undefined) return <Skeleton className="m-3 h-10" />;
  const { enabled, switched } = control;
  const since = switched === null ? null : { time: clockTime(switched.at), name: switched.by };
  return (
    <section
      aria-label={t("switchLabel")}
      className={cn("flex items-center gap-3 border-b border-line px-4 py-3 md:px-5", !enabled && "bg-warn-soft")}
    >
      <span aria-hidden className={cn("size-2 shrink-0 rounded-full", enabled ? "bg-success" : "bg-warn")} />
      <output id={`${id}-state`} className="block min-w-0 flex-1">
        <span className={cn("block text-base font-semibold tracking-tight", !enabled && "text-warn")}>
          {enabled ? t("answering") : t("stopped")}
        </span>
        <span className={cn("block text-sm", enabled ? "text-muted max-sm:hidden" : "text-warn")}>
          {enabled ? t("answeringEffect") : since === null ? t("stoppedEffect") : t("stoppedSince", since)}
        </span>
      </output>
      <Switch
        checked={enabled}
        disabled={!mayEdit}
        aria-label={t("switchLabel")}
        aria-describedby={`${id}-state`}
        title={mayEdit ? undefined : t("onlyEditors")}
        onCheckedChange={turn}
      />
    </section>
  );
}

/** Acts at once; the toast takes it back. */
function useTurn() {
  const t = useTranslations("agent");
  const showError = useErrorToast();
  const setEnabled = useMutation(api.agent.control.setEnabled).withOptimisticUpdate((store, { enabled }) => {
    const shown = store.getQuery(api.agent.control.get, {});
    if (shown !== undefined) store.setQuery(api.agent.control.get, {}, { enabled, switched: null });
  });
  const turn = async (enabled: boolean) => {
    try {
      await setEnabled({ enabled });
      toast(enabled ? t("switchedOn") : t("switchedOff"), {
        action: { label: t("undo"), onClick: () => void turn(!enabled) },
      });
    } catch (error) {
      showError(error);
    }
  };
  return (enabled: boolean) => void turn(enabled);
}
