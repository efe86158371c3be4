"use client";

import { UserMinus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import { toast } from "sonner";
import { useErrorToast } from "@/components/shell/use-error-toast.ts";
import { Button } from "@/components/ui/button.tsx";
import { Dialog, DialogActions } from "@/components/ui/dialog.tsx";
import { Tooltip } from "@/components/ui/tooltip.tsx";
import type { Membership } from "./membership.ts";

type RemoveMemberProps = { member: Membership; name: string; onRemoved: () => unknown };

export function RemoveMember({ member, name, onRemoved }: RemoveMemberProps) {
  const t = useTranslations("people");
  const common = useTranslations("common");
  const showError = useErrorToast();
  const [asking, setAsking] = useState(false);
  const [removing, startRemove] = useTransition();
  const remove = () =>
    startRemove(async () => {
      try {
        await member.destroy();
        setAsking(false);
        await onRemoved();
        toast.success(t("removed", { name }));
      } catch (error) {
        showError(error);
      }
    });
  return (
    <>
      <Tooltip text={t("remove")}>
        <Button variant="ghost" size="icon" aria-label={t("removeNamed", { name })} onClick={() => setAsking(true)}>
          <UserMinus aria-hidden />
        </Button>
      </Tooltip>
      <Dialog
        open={asking}
        onOpenChange={setAsking}
        title={t("removeTitle", { name })}
        description={t("removeEffect")}
        closeLabel={common("close")}
      >
        <DialogActions>
          <Button onClick={() => setAsking(false)}>{common("cancel")}</Button>
          <Button variant="danger" busy={removing} onClick={remove}>
            {t("remove")}
          </Button>
        </DialogActions>
      </Dialog>
    </>
  );
}
