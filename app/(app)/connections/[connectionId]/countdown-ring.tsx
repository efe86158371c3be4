import { useTranslations } from "next-intl";
import type { CodeLife } from "../code-life.ts";

const radius = 8;
const length = 2 * Math.PI * radius;

/** The time that a code still has. Not announced: a screen reader would count every second. */
export function CountdownRing({ life }: { life: Extract<CodeLife, { state: "live" }> }) {
  const t = useTranslations("connections.scan");
  return (
    <p className="flex items-center justify-center gap-2 text-sm text-muted tabular-nums">
      <svg aria-hidden viewBox="0 0 20 20" className="size-5 -rotate-90">
        <circle cx={10} cy={10} r={radius} fill="none" strokeWidth={2.5} className="stroke-active" />
        <circle
          cx={10}
          cy={10}
          r={radius}
          fill="none"
          strokeWidth={2.5}
          strokeLinecap="round"
          strokeDasharray={length}
          strokeDashoffset={length * (1 - life.fraction)}
          className="stroke-brand transition-[stroke-dashoffset] duration-1000 ease-linear motion-reduce:transition-none"
        />
      </svg>
      <span role="timer" aria-live="off">
        {t("next", { seconds: life.secondsLeft })}
      </span>
    </p>
  );
}
