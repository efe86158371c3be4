"use client";

import { useOrganizationList } from "@clerk/nextjs";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { Skeleton } from "@/components/ui/skeleton.tsx";
import { CreateOrganization } from "./create-organization.tsx";
import { InvitationRow, OrganizationRow } from "./organization-rows.tsx";

/** The organizations one is in, those one is invited to, and the way to make a new one. */
export function OrganizationChooser() {
  const t = useTranslations("organizations");
  const router = useRouter();
  const { isLoaded, setActive, userMemberships, userInvitations } = useOrganizationList({
    userMemberships: { infinite: true },
    userInvitations: { infinite: true, status: "pending" },
  });
  if (!isLoaded || userMemberships.isLoading || userInvitations.isLoading) return <ChooserSkeleton />;
  const memberships = userMemberships.data ?? [];
  const invitations = userInvitations.data ?? [];
  const known = memberships.length + invitations.length > 0;
  const enter = async (organization: string, path: "/inbox" | "/welcome") => {
    await setActive({ organization });
    router.push(path);
    router.refresh();
  };
  return (
    <div className="grid gap-8">
      {known ? (
        <section>
          <h1 className="text-xl font-semibold tracking-tight">{t("choose")}</h1>
          <ul className="mt-4 overflow-hidden rounded-xl border border-line bg-surface shadow-low">
            {invitations.map((invitation) => (
              <InvitationRow
                key={invitation.id}
                name={invitation.publicOrganizationData.name}
                onAccept={async () => {
                  await invitation.accept();
                  await enter(invitation.publicOrganizationData.id, "/inbox");
                }}
              />
            ))}
            {memberships.map((membership) => (
              <OrganizationRow
                key={membership.id}
                name={membership.organization.name}
                role={membership.role}
                onEnter={() => enter(membership.organization.id, "/inbox")}
              />
            ))}
          </ul>
        </section>
      ) : null}
      <CreateOrganization isFirst={!known} onCreated={(id) => enter(id, "/welcome")} />
    </div>
  );
}

function ChooserSkeleton() {
  return (
    <div className="grid gap-4 appear-late">
      <Skeleton className="h-7 w-56" />
      <Skeleton className="h-16 rounded-xl" />
      <Skeleton className="h-16 rounded-xl" />
    </div>
  );
}
