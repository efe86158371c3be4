import { useFormatter, useNow, useTranslations } from "next-intl";
import { dayNameOf } from "@/components/time/days.ts";
import { useViewerZone } from "@/components/time/use-viewer-zone.ts";

/** Names the day of the messages below it. */
export function DayLine({ at }: { at: number }) {
  const t = useTranslations("webchat");
  const format = useFormatter();
  const timeZone = useViewerZone();
  const now = useNow({ updateInterval: 60_000 }).getTime();
  const name = dayNameOf({ at, now, timeZone });
  const shown =
    name === "today" || name === "yesterday"
      ? t(`days.${name}`)
      : format.dateTime(at, {
          timeZone,
          day: "numeric",
          month: "long",
          ...(name === "date" ? { year: "numeric" } : {}),
        });
  return <p className="py-3 text-center text-xs font-medium text-muted">{shown}</p>;
}
