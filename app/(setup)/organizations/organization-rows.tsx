"use client";

import { ChevronRight } from "lucide-react";
import { useTranslations } from "next-intl";
import { useTransition } from "react";
import { useErrorToast } from "@/components/shell/use-error-toast.ts";
import { Avatar } from "@/components/ui/avatar.tsx";
import { Button } from "@/components/ui/button.tsx";
import { Spinner } from "@/components/ui/spinner.tsx";
import { parseRole } from "@/lib/domain/permissions.ts";

type OrganizationRowProps = { name: string; role: string; onEnter: () => Promise<void> };

export function OrganizationRow({ name, role, onEnter }: OrganizationRowProps) {
  const t = useTranslations("roles");
  const showError = useErrorToast();
  const [entering, startEnter] = useTransition();
  return (
    <li className="border-t border-line first:border-t-0">
      <button
        type="button"
        className="flex min-h-14 w-full items-center gap-3 px-4 text-start -outline-offset-2 hover:bg-hover"
        onClick={() => startEnter(() => onEnter().catch(showError))}
      >
        <Avatar name={name} shape="square" />
        <span className="min-w-0 flex-1">
          <span className="block truncate text-sm font-medium">{name}</span>
          <span className="block text-xs text-muted">{t(`${parseRole(role)}.name`)}</span>
        </span>
        {entering ? <Spinner className="text-faint" /> : <ChevronRight aria-hidden className="size-4 text-faint" />}
      </button>
    </li>
  );
}

type InvitationRowProps = { name: string; onAccept: () => Promise<void> };

export function InvitationRow({ name, onAccept }: InvitationRowProps) {
  const t = useTranslations("organizations");
  const showError = useErrorToast();
  const [accepting, startAccept] = useTransition();
  return (
    <li className="flex min-h-14 items-center gap-3 border-t border-line px-4 py-2 first:border-t-0">
      <Avatar name={name} shape="square" />
      <span className="min-w-0 flex-1">
        <span className="block truncate text-sm font-medium">{name}</span>
        <span className="block text-xs text-muted">{t("invited")}</span>
      </span>
      <Button variant="primary" busy={accepting} onClick={() => startAccept(() => onAccept().catch(showError))}>
        {t("accept")}
      </Button>
    </li>
  );
}
