import { CircleAlert, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "@/lib/cn.ts";

const looks = {
  info: { icon: Info, style: "bg-info-soft text-info" },
  warn: { icon: TriangleAlert, style: "bg-warn-soft text-warn" },
  danger: { icon: CircleAlert, style: "bg-danger-soft text-danger" },
};

type BannerProps = { tone: keyof typeof looks; children: ReactNode; action?: ReactNode; className?: string };

/** Says what is wrong or worth knowing about all that is below it. */
export function Banner({ tone, children, action, className }: BannerProps) {
  const { icon: Icon, style } = looks[tone];
  return (
    <div className={cn("flex items-start gap-2 rounded-md px-3 py-2 text-sm", style, className)}>
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
      <div className="min-w-0 flex-1">{children}</div>
      {action}
    </div>
  );
}
