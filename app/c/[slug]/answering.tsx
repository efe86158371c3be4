import { useTranslations } from "next-intl";

const dots = ["", "[animation-delay:150ms]", "[animation-delay:300ms]"];

export function Answering() {
  const t = useTranslations("webchat");
  return (
    <p className="flex w-fit items-center gap-1.5 py-2 text-sm text-muted">
      {t("answering")}
      <span aria-hidden className="flex gap-0.5">
        {dots.map((delay) => (
          <span key={delay} className={`size-1 animate-pulse rounded-full bg-current ${delay}`} />
        ))}
      </span>
    </p>
  );
}
