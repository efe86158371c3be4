import { useTranslations } from "next-intl";
import { cn } from "@/lib/cn.ts";
import type { Channel } from "./rows.ts";

const bubble = "M7.9 20A9 9 0 1 0 4 16.1L2 22Z";

/** Plain strokes on a 24 grid, one look for all: a line of the list is no place for the providers' colours. */
const strokes: Record<Channel, string> = {
  whatsapp: `${bubble} M9 8.2c-.7.7-.6 2.3 1.3 4.3s3.7 2.3 4.4 1.6l.5-.6-1.7-1.6-1 .6-1.4-1.4.6-1-1.6-1.7Z`,
  instagram:
    "M7 2h10a5 5 0 0 1 5 5v10a5 5 0 0 1-5 5H7a5 5 0 0 1-5-5V7a5 5 0 0 1 5-5Z M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8Z M17.5 6.5h.01",
  messenger: `${bubble} m5.5-8.5 3-3 3 3 3-3`,
  email: "M4 4h16a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2Z m-2 3 10 7 10-7",
  webchat: "M4 3h16a2 2 0 0 1 2 2v14a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2Z M2 8h20 M6 5.5h.01",
};

/** Where a conversation takes place. Says the channel to those who cannot see it. */
export function ChannelIcon({ channel, className }: { channel: Channel; className?: string }) {
  const t = useTranslations("inbox");
  return (
    <>
      <svg
        aria-hidden
        viewBox="0 0 24 24"
        fill="none"
        stroke="currentColor"
        strokeWidth={2}
        strokeLinecap="round"
        strokeLinejoin="round"
        className={cn("size-3.5 shrink-0", className)}
      >
        <path d={strokes[channel]} />
      </svg>
      <span className="sr-only">{t(`channels.${channel}`)}</span>
    </>
  );
}
