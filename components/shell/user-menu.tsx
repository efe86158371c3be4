"use client";

import { useUser } from "@clerk/nextjs";
import { useTranslations } from "next-intl";
import { Avatar } from "@/components/ui/avatar.tsx";
import { Menu } from "@/components/ui/menu.tsx";
import { Skeleton } from "@/components/ui/skeleton.tsx";
import { cn } from "@/lib/cn.ts";
import { UserMenuItems } from "./user-menu-items.tsx";

type UserMenuProps = {
  /** Without an organization there are no settings to go to. */
  hasSettings: boolean;
  side: "top" | "bottom";
  className?: string;
  /** Classes of the name beside the picture: where there is room for it. */
  nameClassName?: string;
};

export function UserMenu({ hasSettings, side, className, nameClassName }: UserMenuProps) {
  const t = useTranslations("shell");
  const { user } = useUser();
  if (!user) return <Skeleton className="m-1 size-6 rounded-full" />;
  const email = user.primaryEmailAddress?.emailAddress ?? "";
  const name = user.fullName ?? email;
  return (
    <Menu
      side={side}
      align={side === "top" ? "start" : "end"}
      trigger={
        <button
          type="button"
          className={cn(
            "flex items-center gap-2 rounded-md p-1.5 text-start hover:bg-hover data-[state=open]:bg-hover",
            "touch:min-h-11 touch:min-w-11 touch:justify-center",
            className,
          )}
        >
          <Avatar name={name} size="sm" />
          <span className="sr-only">{t("accountMenu")}</span>
          <span className={cn("min-w-0 flex-1 truncate text-sm", nameClassName)}>{name}</span>
        </button>
      }
    >
      <div className="px-2 py-1.5">
        <p className="truncate text-sm font-medium">{name}</p>
        {name === email ? null : <p className="truncate text-xs text-muted">{email}</p>}
      </div>
      <UserMenuItems hasSettings={hasSettings} />
    </Menu>
  );
}
