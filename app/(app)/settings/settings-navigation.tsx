"use client";

import { useTranslations } from "next-intl";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { cn } from "@/lib/cn.ts";

const sections = [
  { key: "general", path: "/settings/general" },
  { key: "people", path: "/settings/people" },
  { key: "account", path: "/settings/account" },
] as const;

export function SettingsNavigation() {
  const t = useTranslations("settings");
  const pathname = usePathname();
  return (
    <ul className="flex gap-0.5 md:flex-col">
      {sections.map(({ key, path }) => {
        const here = pathname === path;
        return (
          <li key={key}>
            <Link
              href={path}
              aria-current={here ? "page" : undefined}
              className={cn(
                "flex h-8 items-center rounded-md px-2.5 text-sm font-medium whitespace-nowrap text-muted hover:bg-hover hover:text-ink touch:h-11",
                here && "bg-active text-ink hover:bg-active",
              )}
            >
              {t(key)}
            </Link>
          </li>
        );
      })}
    </ul>
  );
}
