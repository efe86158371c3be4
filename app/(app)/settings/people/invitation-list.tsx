"use client";

import type { useOrganization } from "@clerk/nextjs";
import { Mail } from "lucide-react";
import { useFormatter, useNow, useTranslations } from "next-intl";
import { useTransition } from "react";
import { toast } from "sonner";
import { useErrorToast } from "@/components/shell/use-error-toast.ts";
import { Button } from "@/components/ui/button.tsx";
import { parseRole } from "@/lib/domain/permissions.ts";

type Invitation = NonNullable<
  NonNullable<NonNullable<ReturnType<typeof useOrganization>["invitations"]>["data"]>[number]
>;

type InvitationListProps = { invitations: readonly Invitation[]; onChanged: () => unknown };

export function InvitationList({ invitations, onChanged }: InvitationListProps) {
  const t = useTranslations("people");
  return (
    <section>
      <h2 className="text-base font-semibold tracking-tight">{t("pending")}</h2>
      <ul className="mt-3 divide-y divide-line overflow-hidden rounded-xl border border-line bg-surface shadow-low">
        {invitations.map((invitation) => (
          <InvitationRow key={invitation.id} invitation={invitation} onChanged={onChanged} />
        ))}
      </ul>
    </section>
  );
}

function InvitationRow({ invitation, onChanged }: { invitation: Invitation; onChanged: () => unknown }) {
  const t = useTranslations("people");
  const roleText = useTranslations("roles");
  const format = useFormatter();
  const now = useNow({ updateInterval: 60_000 });
  const showError = useErrorToast();
  const [revoking, startRevoke] = useTransition();
  const revoke = () =>
    startRevoke(async () => {
      try {
        await invitation.revoke();
        await onChanged();
        toast.success(t("revoked", { email: invitation.emailAddress }));
      } catch (error) {
        showError(error);
      }
    });
  return (
    <li className="flex items-center gap-3 px-4 py-2.5">
      <span className="grid size-8 shrink-0 place-items-center rounded-full border border-dashed border-line-strong text-faint">
        <Mail aria-hidden className="size-4" />
      </span>
      <div className="min-w-0 flex-1 text-sm">
        <p className="truncate font-medium">{invitation.emailAddress}</p>
        <p className="text-xs text-muted">
          {roleText(`${parseRole(invitation.role)}.name`)} ·{" "}
          <time dateTime={invitation.createdAt.toISOString()} title={format.dateTime(invitation.createdAt, "full")}>
            {t("invitedAt", { when: format.relativeTime(invitation.createdAt, now) })}
          </time>
        </p>
      </div>
      <Button
        size="sm"
        busy={revoking}
        aria-label={t("revokeFor", { email: invitation.emailAddress })}
        onClick={revoke}
      >
        {t("revoke")}
      </Button>
    </li>
  );
}
