"use client";

import { useOrganization, useOrganizationList } from "@clerk/nextjs";
import { ChevronsUpDown, Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { Avatar } from "@/components/ui/avatar.tsx";
import { Menu, MenuItem, MenuLabel, MenuOption, MenuOptions, MenuSeparator } from "@/components/ui/menu.tsx";
import { Skeleton } from "@/components/ui/skeleton.tsx";

/** Which organization this is, and the way to the others. */
export function OrganizationMenu() {
  const t = useTranslations("shell");
  const router = useRouter();
  const { organization } = useOrganization();
  const { setActive } = useOrganizationList();
  if (!organization) return <Skeleton className="m-1 size-6" />;
  const switchTo = async (id: string) => {
    await setActive?.({ organization: id });
    router.push("/inbox");
    router.refresh();
  };
  return (
    <Menu
      trigger={
        <button
          type="button"
          className="flex h-9 min-w-0 max-w-full items-center gap-2 rounded-md px-1.5 text-start hover:bg-hover data-[state=open]:bg-hover md:max-xl:px-1 xl:w-full touch:min-h-11"
        >
          <Avatar name={organization.name} size="sm" shape="square" />
          <span className="sr-only">{t("switchOrganization")}</span>
          <span className="min-w-0 flex-1 truncate text-sm font-semibold tracking-tight md:max-xl:sr-only">
            {organization.name}
          </span>
          <ChevronsUpDown aria-hidden className="size-3.5 shrink-0 text-faint md:max-xl:hidden" />
        </button>
      }
    >
      <Organizations activeId={organization.id} onChoose={switchTo} />
      <MenuSeparator />
      <MenuItem asChild>
        <Link href="/organizations">
          <Plus aria-hidden />
          {t("addOrganization")}
        </Link>
      </MenuItem>
    </Menu>
  );
}

type OrganizationsProps = { activeId: string; onChoose: (id: string) => Promise<void> };

function Organizations({ activeId, onChoose }: OrganizationsProps) {
  const t = useTranslations("shell");
  const { userMemberships } = useOrganizationList({ userMemberships: { infinite: true } });
  return (
    <>
      <MenuLabel>{t("organizations")}</MenuLabel>
      <MenuOptions value={activeId}>
        {userMemberships.data?.map(({ id, organization }) => (
          <MenuOption key={id} value={organization.id} onSelect={() => onChoose(organization.id)}>
            <Avatar name={organization.name} size="sm" shape="square" />
            <span className="truncate">{organization.name}</span>
          </MenuOption>
        ))}
      </MenuOptions>
    </>
  );
}
