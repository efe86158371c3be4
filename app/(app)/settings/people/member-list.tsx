"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button.tsx";
import { parseRole } from "@/lib/domain/permissions.ts";
import { MemberRow } from "./member-row.tsx";
import type { Membership } from "./membership.ts";

type MemberListProps = {
  members: readonly Membership[];
  own: Membership;
  hasMore: boolean;
  onMore: () => void;
  onChanged: () => unknown;
};

export function MemberList({ members, own, hasMore, onMore, onChanged }: MemberListProps) {
  const t = useTranslations("people");
  const owners = members.filter((member) => parseRole(member.role) === "owner").length;
  return (
    <div className="overflow-hidden rounded-xl border border-line bg-surface shadow-low">
      <table className="w-full table-fixed text-sm">
        <caption className="sr-only">{t("members")}</caption>
        <thead className="border-b border-line text-xs text-muted">
          <tr>
            <th scope="col" className="py-2 ps-4 text-start font-medium">
              {t("person")}
            </th>
            <th scope="col" className="w-32 py-2 text-start font-medium sm:w-44">
              <span className="ps-2">{t("role")}</span>
            </th>
            <th scope="col" className="w-12">
              <span className="sr-only">{t("actions")}</span>
            </th>
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {members.map((member) => (
            <MemberRow key={member.id} member={member} own={own} owners={owners} onChanged={onChanged} />
          ))}
        </tbody>
      </table>
      {hasMore ? (
        <div className="border-t border-line p-2 text-center">
          <Button variant="ghost" onClick={onMore}>
            {t("more")}
          </Button>
        </div>
      ) : null}
    </div>
  );
}
