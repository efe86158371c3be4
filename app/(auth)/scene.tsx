import { CalendarCheck, Check } from "lucide-react";
import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge.tsx";
import { cn } from "@/lib/cn.ts";

/** What the product does, in one conversation. An illustration: screen readers get its caption. */
export function Scene() {
  const t = useTranslations("auth.scene");
  return (
    <aside className="relative hidden flex-col justify-center gap-8 overflow-hidden border-s border-line bg-canvas px-12 lg:flex xl:px-20">
      <div className="max-w-104">
        <p className="text-2xl font-semibold tracking-tight text-balance">{t("headline")}</p>
        <p className="mt-2 text-base text-muted">{t("promise")}</p>
      </div>
      <div aria-hidden className="max-w-104 rounded-2xl border border-line bg-surface p-4 shadow-overlay">
        <div className="mb-4 flex items-center justify-between border-b border-line pb-3">
          <span className="text-sm font-semibold">{t("lead")}</span>
          <Badge tone="brand">{t("handledBy")}</Badge>
        </div>
        <ol className="grid gap-2">
          <Line time="21:47">{t("ask")}</Line>
          <Line time="21:47" ours>
            {t("answer")}
          </Line>
          <Line time="21:49">{t("need")}</Line>
        </ol>
        <div className="mt-4 grid gap-2 border-t border-line pt-3 text-sm">
          <Fact label={t("budget")} value={t("budgetValue")} />
          <Fact label={t("problem")} value={t("problemValue")} />
          <p className="flex items-center gap-2 font-medium text-success">
            <CalendarCheck className="size-4" />
            {t("booked")}
          </p>
        </div>
      </div>
    </aside>
  );
}

function Line({ children, time, ours = false }: { children: string; time: string; ours?: boolean }) {
  return (
    <li
      className={cn(
        "max-w-[85%] rounded-xl px-3 py-2 text-sm",
        ours ? "justify-self-end rounded-ee-sm bg-brand-soft" : "justify-self-start rounded-es-sm bg-sunken",
      )}
    >
      {children}
      <span className="ms-2 inline-flex translate-y-px items-center gap-0.5 text-2xs text-muted">
        {time}
        {ours ? <Check className="size-3" /> : null}
      </span>
    </li>
  );
}

function Fact({ label, value }: { label: string; value: string }) {
  return (
    <p className="flex justify-between gap-4">
      <span className="text-muted">{label}</span>
      <span className="truncate font-medium">{value}</span>
    </p>
  );
}
