import { Check } from "lucide-react";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { Button } from "@/components/ui/button.tsx";
import { cn } from "@/lib/cn.ts";

type StepProps = { id: "teach" | "connect" | "invite"; path: string; done: boolean; isNext: boolean };

export function Step({ id, path, done, isNext }: StepProps) {
  const t = useTranslations("inbox.steps");
  return (
    <li className="flex items-center gap-3.5 px-4 py-3.5">
      <span
        className={cn(
          "grid size-5 shrink-0 place-items-center rounded-full border",
          done ? "border-brand bg-brand text-brand-ink" : "border-dashed border-control",
        )}
      >
        {done ? <Check aria-hidden strokeWidth={3} className="size-3" /> : null}
        <span className="sr-only">{done ? t("done") : t("open")}</span>
      </span>
      <div className="min-w-0 flex-1">
        <p className={cn("text-sm font-medium", done && "text-muted")}>{t(`${id}.title`)}</p>
        {done ? null : <p className="text-sm text-muted">{t(`${id}.text`)}</p>}
      </div>
      {done ? null : (
        <Button asChild variant={isNext ? "primary" : "secondary"}>
          <Link href={path}>{t(`${id}.action`)}</Link>
        </Button>
      )}
    </li>
  );
}
