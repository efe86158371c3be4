"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { clerkRoleOf } from "@/components/shell/roles.ts";
import { useErrorToast } from "@/components/shell/use-error-toast.ts";
import { Avatar } from "@/components/ui/avatar.tsx";
import { Select } from "@/components/ui/select.tsx";
import { parseRole } from "@/lib/domain/permissions.ts";
import { grantableRoles, whyFixed, type Fixed } from "./member-rules.ts";
import type { Membership } from "./membership.ts";
import { RemoveMember } from "./remove-member.tsx";

type MemberRowProps = { member: Membership; own: Membership; owners: number; onChanged: () => unknown };

export function MemberRow({ member, own, owners, onChanged }: MemberRowProps) {
  const t = useTranslations("people");
  const person = personOf(member);
  const isSelf = member.id === own.id;
  const fixed = whyFixed({ own: parseRole(own.role), other: parseRole(member.role), owners });
  return (
    <tr>
      <td className="py-2.5 ps-4">
        <div className="flex items-center gap-3">
          <Avatar name={person.name} />
          <div className="min-w-0">
            <p className="flex gap-1 font-medium">
              <span className="truncate">{person.name}</span>
              {isSelf ? <span className="shrink-0 font-normal text-faint">{t("you")}</span> : null}
            </p>
            {person.name === person.email ? null : <p className="truncate text-xs text-muted">{person.email}</p>}
          </div>
        </div>
      </td>
      <td className="py-2.5">
        <MemberRole member={member} own={own} fixed={fixed} name={person.name} onChanged={onChanged} />
      </td>
      <td className="py-2.5 pe-2 text-end">
        {fixed === null && !isSelf ? <RemoveMember member={member} name={person.name} onRemoved={onChanged} /> : null}
      </td>
    </tr>
  );
}

type MemberRoleProps = Omit<MemberRowProps, "owners"> & { fixed: Fixed | null; name: string };

function MemberRole({ member, own, fixed, name, onChanged }: MemberRoleProps) {
  const t = useTranslations("people");
  const roleText = useTranslations("roles");
  const showError = useErrorToast();
  const [wanted, setWanted] = useState<string | null>(null);
  if (fixed !== null) {
    return (
      <div className="px-2">
        <p>{roleText(`${parseRole(member.role)}.name`)}</p>
        {fixed === "notAllowed" ? null : <p className="text-xs text-muted">{t(`fixed.${fixed}`)}</p>}
      </div>
    );
  }
  const change = async (next: string) => {
    setWanted(next);
    try {
      await member.update({ role: next });
      await onChanged();
      toast.success(t("roleChanged", { name }));
    } catch (error) {
      showError(error);
    } finally {
      setWanted(null);
    }
  };
  return (
    <Select
      look="quiet"
      aria-label={t("roleOf", { name })}
      value={wanted ?? member.role}
      onValueChange={change}
      disabled={wanted !== null}
      options={grantableRoles(parseRole(own.role)).map((grantable) => ({
        value: clerkRoleOf(grantable),
        label: roleText(`${grantable}.name`),
        hint: roleText(`${grantable}.can`),
      }))}
    />
  );
}

function personOf({ publicUserData }: Membership): { name: string; email: string } {
  const email = publicUserData?.identifier ?? "";
  const name = [publicUserData?.firstName, publicUserData?.lastName].filter(Boolean).join(" ");
  return { name: name || email, email };
}
