import { useTranslations } from "next-intl";
import { cn } from "@/lib/cn.ts";

export function StepProgress({ step, total }: { step: number; total: number }) {
  const t = useTranslations("welcome");
  return (
    <div className="flex items-center gap-3">
      <p className="text-xs text-muted">{t("progress", { step, total })}</p>
      <div aria-hidden className="flex flex-1 gap-1">
        {Array.from({ length: total }, (_, index) => (
          <span key={index} className={cn("h-1 flex-1 rounded-full", index < step ? "bg-brand" : "bg-active")} />
        ))}
      </div>
    </div>
  );
}
