"use client";

import { useOrganization } from "@clerk/nextjs";
import { UserPlus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Banner } from "@/components/ui/banner.tsx";
import { Button } from "@/components/ui/button.tsx";
import { Skeleton } from "@/components/ui/skeleton.tsx";
import { can, parseRole } from "@/lib/domain/permissions.ts";
import { InvitationList } from "./invitation-list.tsx";
import { InviteDialog } from "./invite-dialog.tsx";
import { MemberList } from "./member-list.tsx";

export function PeopleSettings() {
  const t = useTranslations("people");
  const [inviting, setInviting] = useState(false);
  const own = useOrganization().membership;
  const ownRole = parseRole(own?.role ?? "");
  const manages = can(ownRole, "members:manage");
  const { organization, memberships, invitations } = useOrganization({
    memberships: { infinite: true, keepPreviousData: true, pageSize: 50 },
    ...(manages ? { invitations: { infinite: true, keepPreviousData: true, status: ["pending"] } } : {}),
  });
  if (!organization || !own || !memberships || memberships.isLoading) return <PeopleSkeleton />;
  return (
    <>
      <div className="flex items-start justify-between gap-4">
        <div>
          <h2 className="text-base font-semibold tracking-tight">{t("title")}</h2>
          <p className="mt-0.5 text-sm text-muted">{t("hint")}</p>
        </div>
        {manages ? (
          <Button variant="primary" onClick={() => setInviting(true)}>
            <UserPlus aria-hidden />
            {t("invite")}
          </Button>
        ) : null}
      </div>
      {manages ? null : <Banner tone="info">{t("onlyManagers")}</Banner>}
      <MemberList
        members={memberships.data ?? []}
        own={own}
        hasMore={memberships.hasNextPage}
        onMore={() => memberships.fetchNext?.()}
        onChanged={() => memberships.revalidate?.()}
      />
      {manages && invitations?.data?.length ? (
        <InvitationList invitations={invitations.data} onChanged={() => invitations.revalidate?.()} />
      ) : null}
      <InviteDialog
        open={inviting}
        onOpenChange={setInviting}
        organization={organization}
        ownRole={ownRole}
        onInvited={() => invitations?.revalidate?.()}
      />
    </>
  );
}

function PeopleSkeleton() {
  return (
    <div className="grid gap-5 appear-late">
      <Skeleton className="h-10 w-64" />
      <Skeleton className="h-56 rounded-xl" />
    </div>
  );
}
