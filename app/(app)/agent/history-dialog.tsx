"use client";

import { useConvex, useQuery } from "convex/react";
import { History } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import { useErrorToast } from "@/components/shell/use-error-toast.ts";
import { Button } from "@/components/ui/button.tsx";
import { Dialog } from "@/components/ui/dialog.tsx";
import { Skeleton } from "@/components/ui/skeleton.tsx";
import { api } from "@/convex/_generated/api";
import type { Published } from "./use-playbook-form.ts";
import { VersionRow } from "./version-row.tsx";

type HistoryDialogProps = {
  published: Published;
  canRestore: boolean;
  onRestore: (old: Pick<Published, "version" | "content">) => void;
};

/** Who saved which version and when. Restoring fills the form with it: it is saved like anything else that was written. */
export function HistoryDialog({ published, canRestore, onRestore }: HistoryDialogProps) {
  const t = useTranslations("agent");
  const common = useTranslations("common");
  const [isOpen, setOpen] = useState(false);
  const convex = useConvex();
  const showError = useErrorToast();
  const [isLoading, startLoad] = useTransition();
  const restore = (version: number) =>
    startLoad(async () => {
      try {
        onRestore(await convex.query(api.agent.playbooks.load, { version }));
        setOpen(false);
      } catch (error) {
        showError(error);
      }
    });
  return (
    <>
      <Button variant="ghost" className="-me-3" onClick={() => setOpen(true)}>
        <History aria-hidden />
        {t("versionNumber", { version: published.version })}
        <span className="sr-only">{t("openHistory")}</span>
      </Button>
      <Dialog
        open={isOpen}
        onOpenChange={setOpen}
        title={t("history")}
        description={canRestore ? t("historyHint") : undefined}
        closeLabel={common("close")}
      >
        <VersionList onRestore={canRestore && !isLoading ? restore : null} />
      </Dialog>
    </>
  );
}

function VersionList({ onRestore }: { onRestore: ((version: number) => void) | null }) {
  const versions = useQuery(api.agent.playbooks.versions, {});
  if (versions === undefined) return <Skeleton className="h-24" />;
  return (
    <ul className="-mx-2 max-h-[60dvh] divide-y divide-line overflow-y-auto px-2">
      {versions.map((version) => (
        <VersionRow key={version.version} {...version} onRestore={onRestore} />
      ))}
    </ul>
  );
}
