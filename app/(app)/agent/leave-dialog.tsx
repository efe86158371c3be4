"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button.tsx";
import { Dialog, DialogActions } from "@/components/ui/dialog.tsx";
import { useLeaveGuard } from "./use-leave-guard.ts";

export function LeaveDialog({ isDirty }: { isDirty: boolean }) {
  const t = useTranslations("agent");
  const common = useTranslations("common");
  const { isAsking, stay, leave } = useLeaveGuard(isDirty);
  return (
    <Dialog
      open={isAsking}
      onOpenChange={stay}
      title={t("leaveTitle")}
      description={t("leaveEffect")}
      closeLabel={common("close")}
    >
      <DialogActions>
        <Button variant="danger" onClick={leave}>
          {t("leave")}
        </Button>
        <Button variant="primary" onClick={stay}>
          {t("stay")}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
