"use client";

import { useClerk, useUser } from "@clerk/nextjs";
import { Languages, LogOut, SunMoon, UserRound } from "lucide-react";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { Avatar } from "@/components/ui/avatar.tsx";
import { Menu, MenuChoice, MenuItem, MenuSeparator } from "@/components/ui/menu.tsx";
import { Skeleton } from "@/components/ui/skeleton.tsx";
import { cn } from "@/lib/cn.ts";
import { languages, useLanguage } from "./use-language.ts";
import { themes, useThemeChoice } from "./use-theme-choice.ts";

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
  const clerk = useClerk();
  const language = useLanguage();
  const theme = useThemeChoice();
  if (!user) return <Skeleton className="size-8 rounded-full" />;
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
            "flex items-center gap-2 rounded-md p-1 text-start hover:bg-hover data-[state=open]:bg-hover",
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
        <p className="truncate text-xs text-muted">{email}</p>
      </div>
      <MenuSeparator />
      {hasSettings ? (
        <MenuItem asChild>
          <Link href="/settings/account">
            <UserRound aria-hidden />
            {t("account")}
          </Link>
        </MenuItem>
      ) : null}
      <MenuChoice
        label={t("theme")}
        icon={<SunMoon aria-hidden />}
        value={theme.theme}
        options={themes.map((value) => ({ value, label: t(`themes.${value}`) }))}
        onChoose={theme.choose}
      />
      <MenuChoice
        label={t("language")}
        icon={<Languages aria-hidden />}
        value={language.locale}
        options={languages}
        onChoose={language.choose}
      />
      <MenuSeparator />
      <MenuItem onSelect={() => clerk.signOut({ redirectUrl: "/sign-in" })}>
        <LogOut aria-hidden />
        {t("signOut")}
      </MenuItem>
    </Menu>
  );
}
