"use client";

import { Bot, Inbox, Plug, Settings } from "lucide-react";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { Tooltip } from "@/components/ui/tooltip.tsx";
import { cn } from "@/lib/cn.ts";

const places = [
  { key: "inbox", path: "/inbox", icon: Inbox },
  { key: "agent", path: "/agent", icon: Bot },
  { key: "connections", path: "/connections", icon: Plug },
  { key: "settings", path: "/settings", icon: Settings },
] as const;

/** A bar at the bottom of a phone, a rail on a small desktop, and with names where there is room. */
export function Navigation() {
  const t = useTranslations("shell.places");
  const pathname = usePathname();
  return (
    <ul className="grid auto-cols-fr grid-flow-col md:grid-flow-row md:auto-cols-auto md:gap-0.5">
      {places.map(({ key, path, icon: Icon }) => {
        const here = pathname === path || pathname.startsWith(`${path}/`);
        return (
          <li key={key}>
            <Tooltip side="right" text={t(key)} className="max-md:hidden xl:hidden">
              <Link href={path} aria-current={here ? "page" : undefined} className={cn(placeStyle, here && hereStyle)}>
                <Icon aria-hidden className="size-5 md:size-4" />
                <span className="md:max-xl:sr-only">{t(key)}</span>
              </Link>
            </Tooltip>
          </li>
        );
      })}
    </ul>
  );
}

const placeStyle = [
  "flex h-14 flex-col items-center justify-center gap-1 rounded-md text-2xs font-medium text-muted transition-colors hover:text-ink",
  "md:h-9 md:hover:bg-hover xl:h-8 xl:flex-row xl:justify-start xl:gap-2.5 xl:px-2 xl:text-sm touch:xl:h-11",
].join(" ");
const hereStyle = "text-brand-text md:bg-active md:text-ink md:hover:bg-active";
